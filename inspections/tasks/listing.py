"""The visits that were assigned, as the officers see them who may: those of the unit that assigned, and above it.

So what a prefecture or the province assigns, unannounced visits above all, is not shown to the county it is in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from inspections.tasks.own import OwnTask
from inspections.tasks.tables import VisitTask
from stations.people.access import Caller, in_scope
from stations.people.tables import Account
from stations.records.tables import Station, StationVersion


@dataclass(frozen=True)
class TaskLine(OwnTask):
    """An assigned visit; `inspector` and `assigned_by` are names."""

    station_name: str
    account_id: int
    inspector: str
    inspection_id: str | None
    closed_at: dt.datetime | None
    closed_why: str | None


@dataclass(frozen=True)
class TaskPage:
    """One page of assigned visits, newest first, and how many there are in all."""

    tasks: list[TaskLine]
    total: int
    page: int
    page_size: int


def list_tasks(
    session: Session, caller: Caller, *, state: str | None, account_id: int | None, page: int, page_size: int
) -> TaskPage:
    """Give one page; `state` is open or closed, None both."""
    wanted = [in_scope(caller, VisitTask.unit_path)]
    if state is not None:
        wanted.append(VisitTask.closed_at.is_(None) if state == "open" else VisitTask.closed_at.is_not(None))
    if account_id is not None:
        wanted.append(VisitTask.account_id == account_id)
    total = session.scalar(select(func.count(VisitTask.id)).where(*wanted)) or 0
    lines = _lines(session, wanted, page_size, (page - 1) * page_size)
    return TaskPage(lines, total, page, page_size)


def tasks_named(session: Session, ids: Sequence[int]) -> list[TaskLine]:
    """Give the tasks that `assign` made or found for its caller, in the order of `ids`."""
    found = {line.id: line for line in _lines(session, [VisitTask.id.in_(ids)], len(ids), 0)}
    return [found[id_] for id_ in ids]


def _lines(session: Session, wanted: Sequence[ColumnElement[bool]], limit: int, offset: int) -> list[TaskLine]:
    by, task = aliased(Account), VisitTask
    rows = session.execute(
        select(task, Station.code, func.coalesce(StationVersion.name, Station.code), Account.display_name,
               by.display_name)
        .join(Station, Station.id == task.station_id)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id)
        .join(Account, Account.id == task.account_id)
        .join(by, by.id == task.assigned_by)
        .where(*wanted).order_by(task.id.desc()).limit(limit).offset(offset)
    )  # fmt: skip
    return [
        TaskLine(row.id, code, row.method, row.reason, row.due_on, assigner, row.assigned_at, name, row.account_id,
                 inspector, row.inspection_id, row.closed_at, row.closed_why)
        for row, code, name, inspector, assigner in rows
    ]  # fmt: skip
