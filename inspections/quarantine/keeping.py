"""Keep aside, whole, what could not be accepted; the same bytes under the same name are kept once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.quarantine.tables import KeptAside
from stations.people.access import Caller

VISIT, FOUND, MEDIUM, BATCH = "visit", "found", "medium", "batch"
# What stands in `user_agent` of what staff read in from a phone's export file: no phone's token stood behind it.
FROM_FILE = "outbox file"


@dataclass(frozen=True)
class Sent:
    """What was sent: kind, the name it came under, its bytes, or for a photo where the store holds them."""

    kind: str
    name: str
    body: bytes
    user_agent: str | None = None
    stored_as: str | None = None
    stored_sha256: str | None = None
    stored_size: int | None = None

    @property
    def sha256(self) -> str:
        return self.stored_sha256 or hashlib.sha256(self.body).hexdigest()

    @property
    def record_id(self) -> str:
        """The name as any database can hold it: printable ASCII, at most 64 signs."""
        return ascii(self.name)[1:-1][:64]


def keep_aside(session: Session, caller: Caller, sent: Sent, refusal: Refusal, *, now: dt.datetime) -> KeptAside:
    """Write the row that holds what was sent and why it was refused, or give the one that already does."""
    found = find_kept(session, sent.kind, sent.record_id, sent.sha256)
    if found is not None:
        return found
    kept = KeptAside(
        record_kind=sent.kind, record_id=sent.record_id, body=sent.body, body_sha256=sent.sha256,
        refusal_code=refusal.code, errors=refusal.errors, stored_as=sent.stored_as,
        size_bytes=sent.stored_size if sent.stored_size is not None else len(sent.body),
        account_id=caller.account_id, device_id=caller.device_id, unit_path=caller.unit_path,
        user_agent=ascii(sent.user_agent)[1:-1][:300] if sent.user_agent else None, received_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(kept)
    except IntegrityError:
        # The same bytes came twice at once; the other was quicker.
        found = find_kept(session, sent.kind, sent.record_id, sent.sha256)
        if found is None:
            raise
        return found
    return kept


def keep_batch(
    session: Session, caller: Caller, body: bytes, refusal: Refusal, *, now: dt.datetime, user_agent: str | None
) -> KeptAside:
    """Keep a body that was to be many records and is none."""
    sent = Sent(BATCH, hashlib.sha256(body).hexdigest(), body, user_agent)
    return keep_aside(session, caller, sent, refusal, now=now)


def find_kept(session: Session, kind: str, record_id: str, sha256: str) -> KeptAside | None:
    """Give the row that keeps exactly these bytes under this name."""
    return session.scalars(
        select(KeptAside).where(
            KeptAside.record_kind == kind, KeptAside.record_id == record_id, KeptAside.body_sha256 == sha256
        )
    ).one_or_none()


def media_aside(session: Session, hashes: Sequence[str]) -> dict[str, int]:
    """Give size in bytes by SHA-256 of photos among `hashes` that came whole and were not accepted."""
    if not hashes:
        return {}
    rows = session.execute(
        select(KeptAside.record_id, KeptAside.size_bytes).where(
            KeptAside.record_kind == MEDIUM, KeptAside.record_id.in_(hashes),
            KeptAside.record_id == KeptAside.body_sha256,
        )
    )  # fmt: skip
    return dict(rows.all())


def supersede(session: Session, kind: str, record_id: str, sha256: str, *, now: dt.datetime) -> None:
    """Settle what was kept aside of a record whose very bytes have been accepted since."""
    session.execute(
        update(KeptAside)
        .where(KeptAside.record_kind == kind, KeptAside.record_id == record_id, KeptAside.body_sha256 == sha256,
               KeptAside.settled_at.is_(None))
        .values(settled_at=now, settlement="superseded")
    )  # fmt: skip
