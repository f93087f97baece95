"""One page of what changed for a phone since its cursor, in as many queries whatever the number of stations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import Role
from inspections.changes.cursor import BEGINNING, Cursor, read_cursor, write_cursor
from inspections.changes.returned import ReturnedVisit, changed_returns, own_returns
from inspections.review.tables import VisitReturn
from inspections.tasks.own import OwnTask, changed_own, own_tasks
from inspections.tasks.tables import VisitTask
from inspections.visits.last_visits import last_visits
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.tables import Station
from stations.register.lookup.changed import Window, changed_in, left_scope
from stations.register.lookup.map_rows import register_revision
from stations.register.lookup.reading import stations_changed
from stations.register.lookup.states import StationAt

_NAMES = [one.name for one in fields(StationAt)]


@dataclass(frozen=True)
class Changes:
    """One page; stations as they are on the wire but for the schema's choice of fields."""

    cursor: str
    more: bool
    reset: bool
    stations: list[dict[str, Any]]
    removed: list[str]
    tasks: list[OwnTask]
    closed_tasks: list[int]
    returned: list[ReturnedVisit]
    closed_returns: list[str]
    as_of: dt.date


def changes_for(session: Session, caller: Caller, cursor: str | None, *, limit: int, now: dt.datetime) -> Changes:
    """Give at most `limit` stations that changed after a cursor, and what else changed up to the last of them.

    Nothing is remembered of the phone, so an answer that was lost is asked for again with the old cursor. A station
    that changes while pages are fetched goes to the end of the order, where it is met again.
    """
    # Read first: what is committed later has a greater revision and is left for the next time.
    newest = register_revision(session)
    told = read_cursor(caller, cursor, newest)
    after = told or BEGINNING
    found = stations_changed(session, caller, Window(*after, newest), limit + 1)
    more, shown = len(found) > limit, found[:limit]
    end = Cursor(shown[-1].revision, shown[-1].station_id) if more else Cursor(newest)
    tasks = own_tasks(session, caller, after.revision, end.revision)
    returns = own_returns(session, caller, after.revision, end.revision)
    # A phone that begins has nothing that could be taken back.
    begins = after == BEGINNING
    removed = [] if begins else list(session.scalars(left_scope(caller, after.revision, end.revision)))
    return Changes(
        write_cursor(caller, end), more, told is None, _kept(session, caller, shown), removed, tasks.open,
        [] if begins else tasks.closed, returns.open, [] if begins else returns.closed, day_in_china(now),
    )  # fmt: skip


def has_news(session: Session, caller: Caller, cursor: str | None) -> bool:
    """Say whether `changes_for` would tell anything after this cursor; one number when nothing was written at all."""
    newest = register_revision(session)
    told = read_cursor(caller, cursor, newest)
    if told is None:
        return True
    if told == Cursor(newest):
        return False
    after = told.revision
    mine = in_scope(caller, Station.unit_path, Station.id)
    task = select(VisitTask.id).join(Station, Station.id == VisitTask.station_id)
    asked = or_(
        exists(select(Station.id).where(mine, changed_in(Window(*told, newest)))),
        exists(task.where(changed_own(caller, after, newest))),
        exists(select(VisitReturn.id).where(changed_returns(caller, after, newest))),
        exists(left_scope(caller, after, newest)),
    )
    return bool(session.scalar(select(asked)))


def _kept(session: Session, caller: Caller, shown: list[StationAt]) -> list[dict[str, Any]]:
    """Lay the last visit beside each station; an owner is told nothing of visits."""
    visits = {} if caller.role is Role.OWNER or not shown else last_visits(session, [one.station_id for one in shown])
    return [{name: getattr(one, name) for name in _NAMES} | {"last_visit": visits.get(one.station_id)} for one in shown]
