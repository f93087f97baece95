"""Ask one person to visit stations, and take it back; who may be asked is settled here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role, UnitLevel, VisitMethod
from inspections.tasks.tables import VisitTask
from inspections.visits.tables import Inspection
from stations.people.access import VISITORS, Caller, in_scope
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.units.tables import OrgUnit

DONE, WITHDRAWN = "done", "withdrawn"


@dataclass(frozen=True)
class NewTasks:
    """Whom to ask, for which stations (by code), how, by when, and why."""

    account_id: int
    stations: Sequence[str]
    method: str
    due_on: dt.date | None = None
    reason: str | None = None


def assign(session: Session, caller: Caller, wanted: NewTasks, *, now: dt.datetime) -> list[int]:
    """Give the ids of the tasks, one for each station in the order asked; what the person has open stays as it is.

    All or none. Refuses with ACCOUNT_UNKNOWN who is closed or outside the caller's scope, with STATION_UNKNOWN, and
    with TASK_REFUSED (`why`, `station`) where the person may not go: no visitor, the station outside the person's
    scope, a cross-check of the person's own county, or an unannounced visit told to the county it is to surprise.
    """
    # Before anything is read: of two officers who ask for the same at once, the second finds the first's task.
    revision = next_revision(session)
    account, path = _assignee(session, caller, wanted.account_id)
    stations = _stations(session, caller, wanted.stations)
    counties = _counties(session, stations)
    for station in stations:
        _check(caller, account, path, station, wanted.method, counties)
    held = _open_tasks(session, account.id, wanted.method, stations)
    tasks = [held.get(station.id) or _new(caller, account, station, wanted, revision, now) for station in stations]
    session.add_all(tasks)
    session.flush()
    fresh = [task for task in tasks if task.station_id not in held]
    codes = {station.id: station.code for station in stations}
    for task in fresh:
        note_act(session, caller, "visit.assign", "visit_task", str(task.id), now=now, reason=wanted.reason,
                 after={"station": codes[task.station_id], "account": account.username, "method": task.method,
                        "due_on": None if task.due_on is None else task.due_on.isoformat()})  # fmt: skip
    return [task.id for task in tasks]


def withdraw(session: Session, caller: Caller, task_id: int, *, now: dt.datetime) -> None:
    """Withdraw a task; one that is closed stays as it is. Refuses with TASK_UNKNOWN outside the caller's scope."""
    revision = next_revision(session)
    mine = select(VisitTask).where(VisitTask.id == task_id, in_scope(caller, VisitTask.unit_path))
    task = session.scalars(mine.execution_options(populate_existing=True)).one_or_none()
    if task is None:
        raise Refusal("TASK_UNKNOWN")
    if task.closed_at is None:
        task.closed_at, task.closed_why, task.revision = now, WITHDRAWN, revision
        note_act(session, caller, "visit.withdraw", "visit_task", str(task.id), now=now)


def close_done(session: Session, visit: Inspection, revision: int, *, now: dt.datetime) -> None:
    """Close what the visitor was asked to do at this station before the visit was made.

    `revision` is from `next_revision`, taken in this transaction.
    """
    asked = (VisitTask.station_id == visit.station_id, VisitTask.account_id == visit.account_id,
             VisitTask.closed_at.is_(None), VisitTask.assigned_at <= visit.captured_at)  # fmt: skip
    done = {"closed_at": now, "closed_why": DONE, "inspection_id": visit.id, "revision": revision}
    session.execute(update(VisitTask).where(*asked).values(done))


def _assignee(session: Session, caller: Caller, account_id: int) -> tuple[Account, str]:
    found = session.execute(
        select(Account, OrgUnit.path).join(OrgUnit, OrgUnit.code == Account.unit_code)
        .where(Account.id == account_id, Account.closed_at.is_(None), in_scope(caller, OrgUnit.path))
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("ACCOUNT_UNKNOWN", errors={"account_id": ["没有这个账号 / no such account"]})
    if Role(found.Account.role) not in VISITORS:
        raise Refusal("TASK_REFUSED", why="no_visitor")
    return found.Account, found.path


def _stations(session: Session, caller: Caller, codes: Sequence[str]) -> list[Station]:
    wanted = list(dict.fromkeys(codes))
    mine = in_scope(caller, Station.unit_path, Station.id)
    found = {one.code: one for one in session.scalars(select(Station).where(Station.code.in_(wanted), mine))}
    for code in wanted:
        if code not in found:
            raise Refusal(
                "STATION_UNKNOWN", station=code, errors={"stations": [f"没有这个站点 / no such station: {code}"]}
            )
    return [found[code] for code in wanted]


def _counties(session: Session, stations: Sequence[Station]) -> list[str]:
    """Give the paths of the counties that these stations may lie in."""
    parts = {part for station in stations for part in station.unit_path.strip("/").split("/")}
    level = OrgUnit.level == UnitLevel.COUNTY.value
    return list(session.scalars(select(OrgUnit.path).where(OrgUnit.code.in_(parts), level)))


def _check(caller: Caller, account: Account, path: str, station: Station, method: str, counties: Sequence[str]) -> None:
    if not station.unit_path.startswith(path):
        raise Refusal("TASK_REFUSED", why="station_outside", station=station.code)
    own = any(station.unit_path.startswith(county) and path.startswith(county) for county in counties)
    if method == VisitMethod.CROSS and own:
        raise Refusal("TASK_REFUSED", why="own_county", station=station.code)
    # A county's inspectors may go for a higher office; its liaison would know beforehand.
    if method == VisitMethod.UNANNOUNCED and account.role == Role.COUNTY and caller.role is not Role.COUNTY:
        raise Refusal("TASK_REFUSED", why="unannounced", station=station.code)


def _open_tasks(session: Session, account_id: int, method: str, stations: Sequence[Station]) -> dict[int, VisitTask]:
    asked = select(VisitTask).where(
        VisitTask.account_id == account_id, VisitTask.method == method, VisitTask.closed_at.is_(None),
        VisitTask.station_id.in_([station.id for station in stations]),
    )  # fmt: skip
    return {task.station_id: task for task in session.scalars(asked)}


def _new(
    caller: Caller, account: Account, station: Station, wanted: NewTasks, revision: int, now: dt.datetime
) -> VisitTask:
    return VisitTask(
        station_id=station.id, account_id=account.id, method=wanted.method, reason=wanted.reason,
        due_on=wanted.due_on, assigned_by=caller.account_id, unit_path=caller.unit_path, assigned_at=now,
        revision=revision,
    )  # fmt: skip
