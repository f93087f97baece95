"""Visits as staff and their inspectors read them, with what became of them in review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.review.tables import VisitReturn
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
    """Give one visit with its return, if it was returned; refuses with INSPECTION_UNKNOWN."""
    line = read_visit_line(session, caller, visit_id)
    return replace(line, returned=_returns(session, [line.id]).get(line.id))


def list_reviewed(
    session: Session, caller: Caller, *, station: str | None, state: str | None, page: int, page_size: int
) -> VisitPage:
    """Give one page of the visits the caller may see, each with its return."""
    found = list_visits(session, caller, station=station, state=state, page=page, page_size=page_size)
    told = _returns(session, [line.id for line in found.inspections])
    return replace(found, inspections=[replace(line, returned=told.get(line.id)) for line in found.inspections])


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
