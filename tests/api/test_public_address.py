"""The address under which others reach an installation: read from the environment, or refused with its name."""

from __future__ import annotations

import pytest

from api.config import ConfigError, config_from_env


@pytest.mark.parametrize(
    ("said", "read"),
    [("", ""), ("https://cunzhan.example", "https://cunzhan.example"), ("https://a-b.example:8443/",
     "https://a-b.example:8443"), ("http://10.1.2.3", "http://10.1.2.3")],
    ids=["none", "host", "port", "inside"],
)  # fmt: skip
def test_an_address_is_a_host_without_a_path(said: str, read: str) -> None:
    assert config_from_env({"CUNZHAN_PUBLIC_URL": said}).public_url == read


@pytest.mark.parametrize("said", ["cunzhan.example", "ftp://x", "https://x/app", "https://x?a=1", "https://a@b", "https://"])
def test_anything_else_stops_the_start(said: str) -> None:
    with pytest.raises(ConfigError, match="CUNZHAN_PUBLIC_URL"):
        config_from_env({"CUNZHAN_PUBLIC_URL": said})
