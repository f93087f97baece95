"""Visits that wait for photos which came and could not be accepted: nobody sends those again unless asked to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import InspectionState
from inspections.quarantine.keeping import MEDIUM
from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection, Photo

# The very bytes that the visit names were kept aside; those that came spoilt are sent again by the phone itself.
_KEPT = and_(
    KeptAside.record_kind == MEDIUM, KeptAside.record_id == Photo.sha256, KeptAside.body_sha256 == Photo.sha256
)
_AWAITED = Photo.received_at.is_(None)


def waits_for_refused() -> ColumnElement[bool]:
    """Give the condition that a visit is not complete, and that every photo it waits for was kept aside."""
    refused = select(Photo.inspection_id).join(KeptAside, _KEPT).where(_AWAITED)
    coming = exists().where(Photo.inspection_id == Inspection.id, _AWAITED, ~exists().where(_KEPT))
    return and_(Inspection.state == InspectionState.SUBMITTED.value, Inspection.id.in_(refused), ~coming)


def is_stuck(session: Session, visit: Inspection) -> bool:
    """Say whether nothing more will come of this visit by itself."""
    asked = select(Inspection.id).where(Inspection.id == visit.id, waits_for_refused())
    return session.scalars(asked).first() is not None


def refusals_of(session: Session, visit_id: str) -> list[dict[str, str]]:
    """Give `sha256` and `code` (of the refusal) of the photos a visit waits for that came and could not be accepted."""
    rows = session.execute(
        select(Photo.sha256, KeptAside.refusal_code).join(KeptAside, _KEPT)
        .where(Photo.inspection_id == visit_id, _AWAITED).order_by(Photo.position)
    ).all()  # fmt: skip
    return [{"sha256": sha256, "code": code} for sha256, code in rows]
