"""Look again at photos that were kept aside: what the server has learned to read since then is taken in.

Such as HEIC, once its decoder is installed, or what a new make of phone puts behind its pictures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from inspections.arriving.arrivals import note_whole
from inspections.arriving.settling import sender_of
from inspections.photos.receiving import WholeFile, take_whole
from inspections.photos.store import PhotoStore
from inspections.quarantine.keeping import MEDIUM
from inspections.quarantine.tables import KeptAside
from stations.records.revision import next_revision

TAKEN_IN, NOTE = "accepted", "looked_again"


@dataclass(frozen=True)
class LookedAgain:
    """A photo kept aside, and why it still is; None: it was taken in now."""

    sha256: str
    still: str | None


def look_again(sessions: sessionmaker[Session], store: PhotoStore, *, now: dt.datetime) -> Iterator[LookedAgain]:
    """Look at every unsettled photo that came unaltered; done twice it does no harm."""
    with reading(sessions) as session:
        waiting = select(KeptAside.id, KeptAside.record_id, KeptAside.stored_as).where(
            KeptAside.record_kind == MEDIUM, KeptAside.record_id == KeptAside.body_sha256,
            KeptAside.settled_at.is_(None), KeptAside.account_id.is_not(None), KeptAside.stored_as.is_not(None),
        )  # fmt: skip
        rows = session.execute(waiting.order_by(KeptAside.id)).all()
    for kept_id, sha256, stored_as in rows:
        body = store.get(str(stored_as))
        if body is None:
            yield LookedAgain(sha256, "FILE_MISSING")
            continue
        whole = take_whole(store, sha256, body)
        still = _take_in(sessions, kept_id, whole, now) if whole.refusal is None else whole.refusal.code
        yield LookedAgain(sha256, still)


def _take_in(sessions: sessionmaker[Session], kept_id: int, whole: WholeFile, now: dt.datetime) -> str | None:
    with writing(sessions) as session:
        # Before the row, as whoever settles it by hand does.
        next_revision(session)
        kept = session.get_one(KeptAside, kept_id, with_for_update=True)
        if kept.settled_at is not None:
            return Refusal("QUARANTINE_SETTLED").code
        note_whole(session, sender_of(session, kept), whole, now=now)
        kept.settled_at, kept.settlement, kept.settlement_note = now, TAKEN_IN, NOTE
    return None
