"""The visits that wait for a reviewer, the doubtful first; what was not checked yet is never shown as clean.

Before them stand the few that nothing but a reviewer can move: their photos came and were refused.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.plausibility.tables import VisitJudgement
from inspections.review.refused_photos import waits_for_refused
from inspections.visits.tables import Inspection
from stations.people.access import Caller, in_scope
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit

WAITING = (InspectionState.COMPLETE.value, InspectionState.UNDER_REVIEW.value)
# Doubtful by weight, then what was not checked yet, then what nothing speaks against.
precedence = func.coalesce(VisitJudgement.weight * 2, 1)
# Before all of them, by itself in the cursor.
STUCK = 2**31 - 1

# Where a page ends: rank, instant, id.
Place = tuple[int, dt.datetime, str]


@dataclass(frozen=True)
class QueueWish:
    """Which visits: of which unit (a code), with which reason, from behind which cursor, and how many."""

    unit: str | None = None
    reason: str | None = None
    after: str | None = None
    limit: int = 50


@dataclass(frozen=True)
class Waiting:
    """One visit of the queue; `judged` False: nothing was checked yet, and `reasons` says nothing.

    `completed_at` None: it waits for photos that were refused, and can only go back.
    """

    id: str
    station_code: str
    station_name: str
    county: str
    observed_state: str
    captured_at: dt.datetime
    completed_at: dt.datetime | None
    judged: bool
    weight: int
    reasons: list[str]
    cursor: str


@dataclass(frozen=True)
class Counts:
    """How many wait in scope: in all, doubtful, not checked yet; `own`: made by the asker, for another reviewer.

    `refused`: those among all that wait for photos which were refused.
    """

    total: int
    doubtful: int
    unjudged: int
    own: int
    refused: int = 0


def waiting_visits(session: Session, reviewer: Caller, wish: QueueWish) -> list[Waiting]:
    """Give the next visits that wait for this reviewer, whose own are not among them; refuses with UNIT_UNKNOWN.

    The order is by weight, then the longest waiting; `cursor` of the last one asks for what comes after it.
    """
    place = None if wish.after is None else _read_cursor(wish.after)
    stuck = _stuck_visits(session, reviewer, wish, place)
    return stuck + _complete_visits(session, reviewer, replace(wish, limit=wish.limit - len(stuck)), place)


def _complete_visits(session: Session, reviewer: Caller, wish: QueueWish, place: Place | None) -> list[Waiting]:
    if wish.limit == 0:
        return []
    county = aliased(OrgUnit)
    i, s, j, v = Inspection, Station, VisitJudgement, StationVersion
    # The rows of the page are chosen first, by what the index holds: names are fetched for them alone.
    chosen = _waiting(session, reviewer, wish, place).with_only_columns(i.id, precedence.label("rank"))
    chosen = chosen.order_by(precedence.desc(), i.completed_at, i.id).limit(wish.limit)
    page = chosen.subquery()
    rows = session.execute(
        select(i.id, s.code, v.name, county.name, i.observed_state, i.captured_at, i.completed_at, page.c.rank,
               j.inspection_id, j.reasons)
        .join(page, page.c.id == i.id).join(s, s.id == i.station_id).outerjoin(v, v.id == s.version_id)
        .outerjoin(county, county.code == func.substr(s.unit_code, 1, 6))
        .outerjoin(j, j.inspection_id == i.id)
        .order_by(page.c.rank.desc(), i.completed_at, i.id)
    ).all()  # fmt: skip
    return [_line(row) for row in rows]


def count_waiting(session: Session, reviewer: Caller, unit: str | None = None) -> Counts:
    """Count what waits in the reviewer's scope; refuses with UNIT_UNKNOWN."""
    i, j = Inspection, VisitJudgement
    other = i.account_id != reviewer.account_id
    row = session.execute(
        select(
            func.sum(case((other, 1), else_=0)),
            func.sum(case((and_(other, j.weight > 0), 1), else_=0)),
            func.sum(case((and_(other, j.inspection_id.is_(None)), 1), else_=0)),
            func.sum(case((other, 0), else_=1)),
        )
        .select_from(i).join(Station, Station.id == i.station_id).outerjoin(j, j.inspection_id == i.id)
        .where(i.state.in_(WAITING), *_inside(session, reviewer, unit))
    ).one()  # fmt: skip
    stuck = session.execute(
        select(func.sum(case((other, 1), else_=0)), func.sum(case((other, 0), else_=1)))
        .select_from(i).join(Station, Station.id == i.station_id)
        .where(waits_for_refused(), *_inside(session, reviewer, unit))
    ).one()  # fmt: skip
    total, doubtful, unjudged, own = (int(number or 0) for number in row)
    refused, own_refused = (int(number or 0) for number in stuck)
    return Counts(total + refused, doubtful, unjudged, own + own_refused, refused)


def _stuck_visits(session: Session, reviewer: Caller, wish: QueueWish, place: Place | None) -> list[Waiting]:
    if wish.reason is not None or (place is not None and place[0] != STUCK):
        return []
    county = aliased(OrgUnit)
    i, s, v = Inspection, Station, StationVersion
    wanted = [waits_for_refused(), *_inside(session, reviewer, wish.unit), i.account_id != reviewer.account_id]
    if place is not None:
        wanted.append(or_(i.received_at > place[1], and_(i.received_at == place[1], i.id > place[2])))
    rows = session.execute(
        select(i.id, s.code, v.name, county.name, i.observed_state, i.captured_at, i.received_at)
        .join(s, s.id == i.station_id).outerjoin(v, v.id == s.version_id)
        .outerjoin(county, county.code == func.substr(s.unit_code, 1, 6))
        .where(*wanted).order_by(i.received_at, i.id).limit(wish.limit)
    )  # fmt: skip
    return [
        Waiting(visit_id, code, name or code, in_county or "", observed, captured_at, None, judged=False, weight=0,
                reasons=[], cursor=f"{STUCK}~{received_at.isoformat()}~{visit_id}")
        for visit_id, code, name, in_county, observed, captured_at, received_at in rows
    ]  # fmt: skip


def _waiting(session: Session, reviewer: Caller, wish: QueueWish, place: Place | None) -> Select[Any]:
    i, j = Inspection, VisitJudgement
    wanted = [i.state.in_(WAITING), *_inside(session, reviewer, wish.unit), i.account_id != reviewer.account_id]
    if wish.reason is not None:
        # Reasons are kept as JSON text on both databases.
        wanted.append(cast(j.reasons, Text).contains(f'"code": "{wish.reason}"', autoescape=True))
    if place is not None:
        wanted.append(_after(place))
    joined = select(i).join(Station, Station.id == i.station_id).outerjoin(j, j.inspection_id == i.id)
    return joined.where(*wanted)


def _inside(session: Session, reviewer: Caller, unit: str | None) -> list[ColumnElement[bool]]:
    found = [in_scope(reviewer, Station.unit_path, Station.id)]
    if unit is not None:
        asked = session.get(OrgUnit, unit)
        if asked is None:
            raise Refusal("UNIT_UNKNOWN", errors={"ou": ["没有这个行政区划 / no such unit"]}, unit=unit)
        found.append(Station.unit_path.like(f"{asked.path}%"))
    return found


def _read_cursor(cursor: str) -> Place:
    """Read a cursor «rank~instant~id»; refuses with BAD_INPUT."""
    try:
        rank_text, instant_text, visit_id = cursor.split("~")
        rank, instant = int(rank_text), dt.datetime.fromisoformat(instant_text)
    except ValueError as error:
        raise Refusal("BAD_INPUT", errors={"after": ["不是这个列表的位置 / not a place in this list"]}) from error
    # Near either end of the calendar an instant has no equal in another zone.
    if instant.tzinfo is None or not 1900 <= instant.year <= 2200 or abs(rank) > STUCK:
        raise Refusal("BAD_INPUT", errors={"after": ["不是这个列表的位置 / not a place in this list"]})
    return rank, instant, visit_id


def _after(place: Place) -> ColumnElement[bool]:
    i = Inspection
    rank, instant, visit_id = place
    later = or_(i.completed_at > instant, and_(i.completed_at == instant, i.id > visit_id))
    return or_(precedence < rank, and_(precedence == rank, later))


def _line(row: Any) -> Waiting:
    (visit_id, code, name, county, observed, captured_at, completed_at, rank, judged, reasons) = row
    return Waiting(
        id=visit_id, station_code=code, station_name=name or code, county=county or "", observed_state=observed,
        captured_at=captured_at, completed_at=completed_at, judged=judged is not None,
        weight=0 if judged is None else rank // 2, reasons=[one["code"] for one in reasons or []],
        cursor=f"{rank}~{completed_at.isoformat()}~{visit_id}",
    )  # fmt: skip
