"""The visits that went back to the own account, whole, so that each can be opened as a draft."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from inspections.review.tables import VisitReturn
from inspections.visits.tables import Inspection, Photo
from stations.people.access import Caller
from stations.people.tables import Account
from stations.records.tables import Station
from stations.register.lookup.changed import within


@dataclass(frozen=True)
class HeldPhoto:
    """A photo of the visit that is here: it need not be sent again."""

    sha256: str
    purpose: str
    size: int
    mime: str
    taken_at: dt.datetime | None


@dataclass(frozen=True)
class ReturnedVisit:
    """A visit with what its reviewer marked; `said` is the visit's own note, `returned_by` a name."""

    id: str
    station_code: str
    returned_at: dt.datetime
    returned_by: str
    note: str
    marks: list[dict[str, Any]]
    captured_at: dt.datetime
    method: str
    observed_state: str
    answers: dict[str, Any]
    checks: dict[str, str]
    not_answered: dict[str, str]
    said: str | None
    photos: list[HeldPhoto]


@dataclass
class Returns:
    """Those that wait for their correction, and the visits of those that were answered."""

    open: list[ReturnedVisit] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def changed_returns(caller: Caller, after: int, newest: int) -> ColumnElement[bool]:
    """Say that a return of one of the caller's visits changed between two revisions."""
    return (VisitReturn.account_id == caller.account_id) & within(VisitReturn.revision, after, newest)


def own_returns(session: Session, caller: Caller, after: int, newest: int) -> Returns:
    """Give the returns of the caller's visits that changed in (after, newest], in the order of their ids."""
    rows = session.execute(
        select(VisitReturn, Inspection, Station.code, Account.display_name)
        .join(Inspection, Inspection.id == VisitReturn.inspection_id)
        .join(Station, Station.id == Inspection.station_id)
        .join(Account, Account.id == VisitReturn.returned_by)
        .where(changed_returns(caller, after, newest)).order_by(VisitReturn.id)
    ).all()  # fmt: skip
    photos = _held(session, [back.inspection_id for back, _, _, _ in rows if back.answered_by is None])
    told = Returns()
    for back, visit, code, name in rows:
        if back.answered_by is None:
            told.open.append(_returned(back, visit, code, name, photos[visit.id]))
        else:
            told.closed.append(back.inspection_id)
    return told


def _held(session: Session, visit_ids: Sequence[str]) -> dict[str, list[HeldPhoto]]:
    found: dict[str, list[HeldPhoto]] = defaultdict(list)
    if visit_ids:
        here = (Photo.inspection_id.in_(visit_ids), Photo.received_at.is_not(None))
        for row in session.scalars(select(Photo).where(*here).order_by(Photo.position)):
            found[row.inspection_id].append(HeldPhoto(row.sha256, row.purpose, row.size_bytes, row.mime, row.taken_at))
    return found


def _returned(back: VisitReturn, visit: Inspection, code: str, name: str, photos: list[HeldPhoto]) -> ReturnedVisit:
    return ReturnedVisit(
        id=visit.id, station_code=code, returned_at=back.returned_at, returned_by=name, note=back.note,
        marks=back.marks, captured_at=visit.captured_at, method=visit.method, observed_state=visit.observed_state,
        answers=visit.answers, checks=visit.checks, not_answered=visit.not_answered, said=visit.note, photos=photos,
    )  # fmt: skip
