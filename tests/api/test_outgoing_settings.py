"""The settings of the outgoing door: what is read, and nonsense refused with one line that names the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.config import ConfigError, config_from_env
from api.outgoing.settings import MailSettings

SECRET = "a secret of more than thirty-two signs"
HOOK = {"CUNZHAN_WEBHOOK_URL": "https://gw.example/in", "CUNZHAN_WEBHOOK_SECRET": SECRET}
MAIL = {"CUNZHAN_SMTP_URL": "smtp://relay.example", "CUNZHAN_MAIL_FROM": "us@province.example"}


def test_nothing_goes_out_unless_it_is_set_up() -> None:
    config = config_from_env({})
    assert (config.webhook, config.mail) == (None, None)


def test_what_is_read(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("-")
    config = config_from_env(HOOK | MAIL | {
        "CUNZHAN_WEBHOOK_URL": "http://10.0.0.7:8080/in",
        "CUNZHAN_OUTGOING_ALLOW_HOSTS": "SMS.county.example, 10.0.0.7:8080",
        "CUNZHAN_OUTGOING_CA_FILE": str(authority), "CUNZHAN_SMTP_URL": "smtps://us%40x:p%3Aw@relay.example",
    })  # fmt: skip
    assert config.webhook is not None
    assert config.webhook.allowed_hosts == ("sms.county.example", "10.0.0.7:8080")
    sender = "us@province.example"
    assert config.mail == MailSettings("relay.example", 465, False, sender, "us@x", "p:w", str(authority))
    plain = config_from_env(MAIL).mail
    assert plain == MailSettings("relay.example", 587, True, "us@province.example")
    # Neither the secret nor the password stands in what a log would print.
    assert SECRET not in repr(config)
    assert "p:w" not in repr(config)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (HOOK | {"CUNZHAN_WEBHOOK_URL": "http://gw.example/in"}, "CUNZHAN_WEBHOOK_URL: http only"),
        (HOOK | {"CUNZHAN_WEBHOOK_URL": "https://0x7f000001/"}, "CUNZHAN_WEBHOOK_URL: an address in an unusual"),
        (HOOK | {"CUNZHAN_WEBHOOK_URL": "gw.example"}, "CUNZHAN_WEBHOOK_URL: only https"),
        (HOOK | {"CUNZHAN_WEBHOOK_SECRET": "short"}, "CUNZHAN_WEBHOOK_SECRET must have at least 32"),
        ({"CUNZHAN_WEBHOOK_SECRET": SECRET}, "CUNZHAN_WEBHOOK_SECRET is set and CUNZHAN_WEBHOOK_URL is not"),
        (HOOK | {"CUNZHAN_OUTGOING_ALLOW_HOSTS": "http://gw.example"}, "CUNZHAN_OUTGOING_ALLOW_HOSTS must hold"),
        (HOOK | {"CUNZHAN_OUTGOING_ALLOW_HOSTS": "*"}, "CUNZHAN_OUTGOING_ALLOW_HOSTS must hold"),
        ({"CUNZHAN_OUTGOING_CA_FILE": "/nowhere.pem"}, "CUNZHAN_OUTGOING_CA_FILE names no file"),
        (MAIL | {"CUNZHAN_SMTP_URL": "relay.example:25"}, "CUNZHAN_SMTP_URL must be"),
        (MAIL | {"CUNZHAN_SMTP_URL": "smtp://u:secret@relay.example:x"}, "CUNZHAN_SMTP_URL cannot be read"),
        (MAIL | {"CUNZHAN_SMTP_URL": "smtp://relay.example/inbox"}, "CUNZHAN_SMTP_URL must be"),
        (MAIL | {"CUNZHAN_MAIL_FROM": ""}, "CUNZHAN_MAIL_FROM must be one"),
        (MAIL | {"CUNZHAN_MAIL_FROM": "us@a.example, them@b.example"}, "CUNZHAN_MAIL_FROM must be one"),
        ({"CUNZHAN_MAIL_FROM": "us@a.example"}, "CUNZHAN_MAIL_FROM is set and CUNZHAN_SMTP_URL is not"),
    ],
)
def test_nonsense_is_refused_with_one_line(changed: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError) as refused:
        config_from_env(changed)
    said = str(refused.value)
    assert said.startswith(named)
    assert "\n" not in said
    assert "secret@" not in said
