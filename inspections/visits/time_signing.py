"""Sign the server's time for a phone, and read it back from a visit, with the one key that the database keeps."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inspections.visits.signed_time import sign_time, verified_time
from inspections.visits.tables import TimeKey
from stations.people.access import Caller

# One statement for both databases; of two that make a key at once, the second finds the first's.
_MAKE = text("INSERT INTO time_key (id, secret) VALUES (1, :secret) ON CONFLICT (id) DO NOTHING")


def signed_now(session: Session, caller: Caller, *, now: dt.datetime) -> str:
    """Give the present signed for the caller's phone, nothing for who uses none; makes the key at the first time."""
    if caller.device_id is None:
        return ""
    secret = _secret(session)
    if secret is None:
        session.execute(_MAKE, {"secret": secrets.token_hex(32)})
        secret = _secret(session)
    return sign_time(secret or "", caller.device_id, now)


def signed_in_clock(session: Session, sender: Caller, clock: Mapping[str, Any]) -> dt.datetime | None:
    """Give the server time that a visit's clock proves to have heard; None where it proves none: no visit needs it."""
    told = clock.get("signed_time")
    secret = _secret(session) if told else None
    return None if secret is None else verified_time(secret, sender.device_id, told)


def _secret(session: Session) -> str | None:
    return session.scalar(select(TimeKey.secret).where(TimeKey.id == 1))
