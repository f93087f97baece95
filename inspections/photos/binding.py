"""Bind photos a visit expects to the bytes that arrived, whichever came first, and complete the visit with the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from field_app_schema.vocab import InspectionState
from inspections.photos.tables import Medium
from inspections.visits.states import COMPLETE, step
from inspections.visits.tables import Inspection, InspectionStep, Photo


def media_present(session: Session, hashes: Sequence[str]) -> dict[str, int]:
    """Give size in bytes by SHA-256 of those among `hashes` that are whole and accepted."""
    if not hashes:
        return {}
    rows = session.execute(select(Medium.sha256, Medium.size_bytes).where(Medium.sha256.in_(hashes)))
    return dict(rows.all())


def bind_medium(session: Session, sha256: str, *, now: dt.datetime) -> list[str]:
    """Mark every photo of this hash received and give the ids of the visits that became complete by it.

    The caller holds the register's revision, so a record that is arriving meanwhile is either wholly seen here or
    sees this medium itself.
    """
    waiting = (Photo.sha256 == sha256, Photo.received_at.is_(None))
    visits = session.scalars(select(Photo.inspection_id).where(*waiting).distinct()).all()
    session.execute(update(Photo).where(*waiting).values(received_at=now))
    return [visit_id for visit_id in visits if _complete(session, visit_id, now)]


def _complete(session: Session, visit_id: str, now: dt.datetime) -> bool:
    still = select(exists().where(Photo.inspection_id == visit_id, Photo.received_at.is_(None)))
    visit = session.get_one(Inspection, visit_id)
    if visit.state != InspectionState.SUBMITTED or session.scalar(still):
        return False
    visit.state = step(InspectionState.SUBMITTED, COMPLETE).value
    visit.completed_at = now
    session.add(InspectionStep(inspection_id=visit_id, from_state=InspectionState.SUBMITTED.value,
                               to_state=visit.state, at=now, reason="last_photo_arrived"))  # fmt: skip
    return True
