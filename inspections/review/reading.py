"""Visits as staff and their inspectors read them, with what became of them in review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.plausibility.reading import shown_judgements
from inspections.review.tables import VisitDecision, VisitReturn
from inspections.visits.reading import VisitLine, VisitPage, list_visits, read_visit_line
from stations.people.access import Caller
from stations.people.tables import Account


@dataclass(frozen=True)
class ShownReturn:
    """Why a visit went back, by whom, and the visit that answered it."""

    note: str
    marks: list[dict[str, Any]]
    returned_by: str
    returned_at: dt.datetime
    answered_by: str | None


def read_reviewed(session: Session, caller: Caller, visit_id: str) -> VisitLine:
    """Give one visit with its return and, to staff, what asks for a second look; refuses with INSPECTION_UNKNOWN."""
    line = _with_review(session, [read_visit_line(session, caller, visit_id)])[0]
    told = shown_judgements(session, caller, [line.id]).get(line.id)
    return line if told is None else replace(line, reasons=told.reasons, times=told.times)


def list_reviewed(
    session: Session, caller: Caller, *, station: str | None, state: str | None, page: int, page_size: int
) -> VisitPage:
    """Give one page of the visits the caller may see, each with its return."""
    found = list_visits(session, caller, station=station, state=state, page=page, page_size=page_size)
    return replace(found, inspections=_with_review(session, found.inspections))


def revisions_of(session: Session, visits: Mapping[str, int]) -> dict[str, int]:
    """Give numbers that grow with every edit and every decision, for visits with their versions."""
    counted = session.execute(
        select(VisitDecision.inspection_id, func.count(VisitDecision.id))
        .where(VisitDecision.inspection_id.in_(visits)).group_by(VisitDecision.inspection_id)
    )  # fmt: skip
    decided = {row[0]: int(row[1]) for row in counted}
    return {visit_id: version + decided.get(visit_id, 0) for visit_id, version in visits.items()}


def _with_review(session: Session, lines: Sequence[VisitLine]) -> list[VisitLine]:
    returns = _returns(session, [line.id for line in lines])
    revisions = revisions_of(session, {line.id: line.version for line in lines})
    return [replace(line, returned=returns.get(line.id), revision=revisions[line.id]) for line in lines]


def _returns(session: Session, visit_ids: Sequence[str]) -> dict[str, ShownReturn]:
    rows = session.execute(
        select(VisitReturn, Account.display_name)
        .join(Account, Account.id == VisitReturn.returned_by)
        .where(VisitReturn.inspection_id.in_(visit_ids))
    )
    return {
        row.inspection_id: ShownReturn(row.note, row.marks, name, row.returned_at, row.answered_by)
        for row, name in rows
    }
