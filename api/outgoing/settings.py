"""What the operator sets up for the outgoing door, read from texts; nonsense is a ValueError of one line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from api.outgoing.addresses import Blocked, read_target

SHORTEST_SECRET = 32
# host or host:port, in ASCII; an IPv6 address stands in brackets.
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")


@dataclass(frozen=True)
class WebhookSettings:
    """Where messages go, the secret they are signed with, hosts of our own network that are meant, an own CA."""

    url: str
    secret: str = field(repr=False)
    allowed_hosts: Collection[str] = ()
    ca_file: str | None = None


@dataclass(frozen=True)
class MailSettings:
    """The relay (`starttls` on a plain port, or TLS from the first byte), who signs in there, and who writes."""

    host: str
    port: int
    starttls: bool
    sender: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None


def read_allowed_hosts(text: str) -> tuple[str, ...]:
    """Read «sms.county.example, 10.0.0.7:8080»: hosts that may lie inside the own network and be spoken to by http."""
    hosts = tuple(one.strip().lower() for one in text.split(",") if one.strip())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ValueError(f"CUNZHAN_OUTGOING_ALLOW_HOSTS must hold host or host:port, not {host!r}")
    return hosts


def read_webhook(url: str, secret: str, allowed: Collection[str], ca_file: str | None) -> WebhookSettings | None:
    """Read the webhook; without a URL there is none."""
    if not url:
        if secret:
            raise ValueError("CUNZHAN_WEBHOOK_SECRET is set and CUNZHAN_WEBHOOK_URL is not")
        return None
    try:
        read_target(url, allowed)
    except Blocked as blocked:
        raise ValueError(f"CUNZHAN_WEBHOOK_URL: {blocked}") from blocked
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"CUNZHAN_WEBHOOK_SECRET must have at least {SHORTEST_SECRET} signs")
    return WebhookSettings(url, secret, allowed, ca_file)


def read_mail(url: str, sender: str, ca_file: str | None) -> MailSettings | None:
    """Read «smtp://name:password@relay:587» (STARTTLS) or «smtps://…:465»; without a URL there is no mail."""
    if not url:
        if sender:
            raise ValueError("CUNZHAN_MAIL_FROM is set and CUNZHAN_SMTP_URL is not")
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        # Not the text itself: a password stands in it.
        raise ValueError("CUNZHAN_SMTP_URL cannot be read") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError("CUNZHAN_SMTP_URL must be smtp://[name:password@]host[:port] or smtps://…")
    if not _ADDRESS.fullmatch(sender):
        raise ValueError(f"CUNZHAN_MAIL_FROM must be one e-mail address, not {sender!r}")
    starttls = parts.scheme == "smtp"
    username, password = (None if text is None else unquote(text) for text in (parts.username, parts.password))
    port = port or (587 if starttls else 465)
    return MailSettings(parts.hostname, port, starttls, sender, username, password, ca_file)
