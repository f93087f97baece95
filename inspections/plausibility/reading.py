"""Read what speaks against visits: for staff only, who learn nothing of stations outside their own units by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.plausibility.tables import VisitJudgement
from inspections.visits.tables import Inspection
from stations.people.access import STAFF, Caller, in_scope
from stations.records.tables import Station

# What names another visit in a reason's figures.
_NAMES_ANOTHER = ("visit", "station")


@dataclass(frozen=True)
class ShownJudgement:
    """Reasons ({code, photo, figures}), heaviest first, and times ({photo, not_before, not_after})."""

    reasons: list[dict[str, Any]]
    times: list[dict[str, Any]]


def judgement_of(session: Session, visit_id: str) -> VisitJudgement | None:
    """Give the stored judgement of a visit; None where none was made yet."""
    return session.get(VisitJudgement, visit_id)


def shown_judgements(session: Session, caller: Caller, visit_ids: Collection[str]) -> dict[str, ShownJudgement]:
    """Give by id what staff may read of these visits' judgements; nobody else reads any.

    The caller of this function has made sure that the visits are in scope. Where a reason names a visit outside of it,
    that visit and its station are left out (None).
    """
    if caller.role not in STAFF or not visit_ids:
        return {}
    rows = session.scalars(select(VisitJudgement).where(VisitJudgement.inspection_id.in_(visit_ids))).all()
    named = {reason["figures"].get("visit") for row in rows for reason in row.reasons} - {None}
    seen = set(session.scalars(
        select(Inspection.id).join(Station, Station.id == Inspection.station_id)
        .where(Inspection.id.in_(named), in_scope(caller, Station.unit_path, Station.id))
    )) if named else set()  # fmt: skip
    return {
        row.inspection_id: ShownJudgement([_shown(reason, seen) for reason in row.reasons], row.times) for row in rows
    }


def _shown(reason: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    figures = dict(reason["figures"])
    if figures.get("visit") not in seen:
        figures |= {name: None for name in _NAMES_ANOTHER if name in figures}
    return {"code": reason["code"], "photo": reason["photo"], "figures": figures}
