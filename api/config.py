"""The only file that reads the environment; it refuses to start on nonsense."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.outgoing.settings import MailSettings, WebhookSettings, read_allowed_hosts, read_mail, read_webhook
from api.tiles import NO_TILES, PRESETS, BaseTiles, preset_tiles


class ConfigError(Exception):
    """The environment asks for something that cannot be; the message says which variable and what is allowed."""


@dataclass(frozen=True)
class Config:
    """Every setting, checked: sizes in bytes, times in seconds."""

    database_url: str
    var_dir: Path
    photo_store_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    cookie_secure: bool = False
    tiles: BaseTiles = NO_TILES
    map_approval_no: str = ""
    outlines_file: Path | None = None
    max_body_bytes: int = 25_000_000
    session_hours: int = 12
    enrolment_minutes: int = 15
    trusted_proxies: int = 0
    web_workers: int = 2
    # «https://host» under which others reach this installation; written into marked photos where it is known.
    public_url: str = ""
    webhook: WebhookSettings | None = None
    mail: MailSettings | None = None

    @property
    def demo_accounts_file(self) -> Path:
        """Where the demonstration's accounts are kept; it is there only when what is shown is invented."""
        return self.var_dir / "demo-accounts.json"

    @property
    def staging_dir(self) -> Path:
        """Where pieces of photos wait until they are whole; on the same disk as `var`."""
        return self.var_dir / "staging"


def config_from_env(env: Mapping[str, str] = os.environ) -> Config:
    """Read and check the environment; raises ConfigError with the name of the variable at fault."""
    var_dir = Path(env.get("CUNZHAN_VAR", "var")).resolve()
    outlines = env.get("CUNZHAN_OUTLINES", "")
    webhook, mail = _outgoing(env)
    return Config(
        database_url=_database_url(env.get("DATABASE_URL", f"sqlite:///{var_dir / 'cunzhan.db'}")),
        var_dir=var_dir,
        photo_store_url=env.get("CUNZHAN_PHOTO_STORE", (var_dir / "photos").as_uri()),
        host=env.get("HOST", "127.0.0.1"),
        port=_int(env, "PORT", 8000, 1, 65535),
        cookie_secure=_flag(env, "CUNZHAN_COOKIE_SECURE"),
        tiles=_tiles(env),
        map_approval_no=env.get("CUNZHAN_MAP_APPROVAL_NO", ""),
        outlines_file=_existing("CUNZHAN_OUTLINES", outlines) if outlines else None,
        max_body_bytes=_int(env, "CUNZHAN_MAX_BODY_BYTES", 25_000_000, 100_000, 1_000_000_000),
        session_hours=_int(env, "CUNZHAN_SESSION_HOURS", 12, 1, 24 * 30),
        enrolment_minutes=_int(env, "CUNZHAN_ENROLMENT_MINUTES", 15, 1, 60 * 24 * 7),
        trusted_proxies=_int(env, "CUNZHAN_TRUSTED_PROXIES", 0, 0, 5),
        web_workers=_int(env, "CUNZHAN_WEB_WORKERS", 2, 1, 64),
        public_url=_public_url(env.get("CUNZHAN_PUBLIC_URL", "")),
        webhook=webhook,
        mail=mail,
    )


def _tiles(env: Mapping[str, str]) -> BaseTiles:
    """Read a provider by name, or the operator's own address with the datum it is drawn in."""
    own, provider = env.get("CUNZHAN_TILE_URL", ""), _one_of(env, "CUNZHAN_TILES", tuple(PRESETS), "none")
    if not own:
        try:
            return preset_tiles(provider, env.get("CUNZHAN_TILE_KEY", ""))
        except ValueError as error:
            raise ConfigError(str(error)) from error
    if provider != "none":
        raise ConfigError("CUNZHAN_TILES and CUNZHAN_TILE_URL exclude each other")
    return BaseTiles(
        own, subdomains=env.get("CUNZHAN_TILE_SUBDOMAINS", "abc"),
        datum=_one_of(env, "CUNZHAN_TILE_DATUM", ("cgcs2000", "gcj02"), "cgcs2000"),
        attribution=env.get("CUNZHAN_TILE_ATTRIBUTION", ""),
    )  # fmt: skip


def _outgoing(env: Mapping[str, str]) -> tuple[WebhookSettings | None, MailSettings | None]:
    ca_text = env.get("CUNZHAN_OUTGOING_CA_FILE", "")
    ca_file = str(_existing("CUNZHAN_OUTGOING_CA_FILE", ca_text)) if ca_text else None
    try:
        allowed = read_allowed_hosts(env.get("CUNZHAN_OUTGOING_ALLOW_HOSTS", ""))
        secret = env.get("CUNZHAN_WEBHOOK_SECRET", "")
        webhook = read_webhook(env.get("CUNZHAN_WEBHOOK_URL", ""), secret, allowed, ca_file)
        return webhook, read_mail(env.get("CUNZHAN_SMTP_URL", ""), env.get("CUNZHAN_MAIL_FROM", ""), ca_file)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _database_url(url: str) -> str:
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return url


def _public_url(url: str) -> str:
    if url and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/?", url):
        raise ConfigError(f"CUNZHAN_PUBLIC_URL must be https://host without a path, not {url!r}")
    return url.rstrip("/")


def _int(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ConfigError(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _flag(env: Mapping[str, str], name: str) -> bool:
    return _one_of(env, name, ("0", "1"), "0") == "1"


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = env.get(name, default)
    if value not in allowed:
        raise ConfigError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _existing(name: str, path: str) -> Path:
    if not Path(path).is_file():
        raise ConfigError(f"{name} names no file: {path}")
    return Path(path)
