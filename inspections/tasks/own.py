"""The visits the own account is asked to make, as its phone is told of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from inspections.tasks.tables import VisitTask
from stations.people.access import Caller, in_scope
from stations.people.tables import Account
from stations.records.tables import Station
from stations.register.lookup.changed import within


@dataclass(frozen=True)
class OwnTask:
    """A visit to be made; `assigned_by` is a name."""

    id: int
    station_code: str
    method: str
    reason: str | None
    due_on: dt.date | None
    assigned_by: str
    assigned_at: dt.datetime


@dataclass
class OwnTasks:
    """Those open, and the ids of those done, withdrawn or out of reach."""

    open: list[OwnTask] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)


def changed_own(caller: Caller, after: int, newest: int) -> ColumnElement[bool]:
    """Say that a task of the caller, joined with its station, is to be told again between two revisions.

    The station counts too: a task cannot be carried out while its station is out of the caller's reach.
    """
    changed = or_(within(VisitTask.revision, after, newest), within(Station.revision, after, newest))
    return (VisitTask.account_id == caller.account_id) & changed


def own_tasks(session: Session, caller: Caller, after: int, newest: int) -> OwnTasks:
    """Give the caller's tasks that changed in (after, newest], in the order of their ids."""
    task, told = VisitTask, OwnTasks()
    rows = session.execute(
        select(task, Station.code, Account.display_name, in_scope(caller, Station.unit_path, Station.id))
        .join(Station, Station.id == task.station_id)
        .join(Account, Account.id == task.assigned_by)
        .where(changed_own(caller, after, newest)).order_by(task.id)
    )  # fmt: skip
    for row, code, name, is_inside in rows:
        if row.closed_at is None and is_inside:
            told.open.append(OwnTask(row.id, code, row.method, row.reason, row.due_on, name, row.assigned_at))
        else:
            told.closed.append(row.id)
    return told
