"""The stations a county's workbook is about: whose month it is, what they filed, what they filed the month before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from stations.people.access import Caller, in_scope
from stations.records.months import SalesReport
from stations.records.tables import Station, StationVersion
from stations.sales.calendar.standing import Standing, standings
from stations.sales.filing.writing import reports_of


@dataclass(frozen=True, slots=True)
class MonthOfStation:
    """One station with its month: the report and the note of its newest version, where there is one."""

    id: int
    code: str
    unit_path: str
    name: str
    head_name: str | None
    standing: Standing
    report: SalesReport | None
    note: str | None


def months_of(
    session: Session, caller: Caller, path: str, period: int, *, now: dt.datetime, lock: bool = False
) -> list[MonthOfStation]:
    """Give the stations under a path, whether they owe the month or not, by unit and code.

    `lock` holds their rows until the transaction ends; the caller has taken the register's revision before.
    """
    inside = (in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{path}%"))
    if lock:
        session.execute(select(Station.id).where(*inside).order_by(Station.id).with_for_update(key_share=True)).all()
    described = _described(session, inside)
    stands = standings(session, {row[0]: row[2] for row in described}, [period], now=now)
    filed = reports_of(session, [row[0] for row in described], period)
    return [
        MonthOfStation(id_, code, unit_path, name or "", head, stands[id_, period], *filed.get(id_, (None, None)))
        for id_, code, unit_path, name, head in described
    ]


def _described(
    session: Session, inside: tuple[ColumnElement[bool], ...]
) -> list[tuple[int, str, str, str | None, str | None]]:
    version = StationVersion
    asked = (
        select(Station.id, Station.code, Station.unit_path, version.name, version.head_name)
        .outerjoin(version, version.id == Station.version_id)
        .where(*inside)
        .order_by(Station.unit_path, Station.code)
    )
    return [(id_, code, path, name, head) for id_, code, path, name, head in session.execute(asked)]
