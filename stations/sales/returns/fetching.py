"""Fetch the months of a unit's stations, in four kinds of query whatever the number of stations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.people.access import STAFF, Caller, in_scope
from stations.records.expected import NOT_OWED, expectations
from stations.records.months import SalesReport
from stations.records.tables import Station, StationVersion
from stations.sales.filing.figures import COLUMNS, Figures
from stations.sales.returns.coverage import Report, StationMonth
from stations.units.tables import OrgUnit


class Listed(NamedTuple):
    """A station in a list of a month, with whom to ring; `phone` and `head_name` only for staff (F9)."""

    station: str
    name: str
    head_name: str | None
    phone: str | None
    township: str | None


def month_of_unit(session: Session, caller: Caller, unit_path: str, period: int) -> list[StationMonth]:
    """Give, by township and code, the months of the unit's stations that owed a report or made one."""
    inside = [in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit_path}%")]
    return months_where(session, inside, period)


def months_where(session: Session, conditions: Sequence[ColumnElement[bool]], period: int) -> list[StationMonth]:
    """Give the months of the stations that meet the conditions; the caller has bound them to somebody's scope."""
    columns = (Station.id, Station.code, Station.unit_path, Station.reporting_mode)
    stations = session.execute(select(*columns).where(*conditions)).all()
    due = expectations(session, [row.id for row in stations], [period])
    reports = _reports(session, conditions, period)
    found = [
        StationMonth(
            row.id, row.code, row.unit_path, due.get((row.id, period), NOT_OWED), reports.get(row.id),
            row.reporting_mode,
        )
        for row in stations
        if (row.id, period) in due or row.id in reports
    ]  # fmt: skip
    return sorted(found, key=lambda month: (township_in(month.unit_path) or "", month.code))


def township_in(unit_path: str) -> str | None:
    """Give the code of the township a path lies in (nine digits), or None."""
    return next((part for part in unit_path.split("/") if len(part) == 9), None)


def listed(session: Session, caller: Caller, months: Sequence[StationMonth]) -> list[Listed]:
    """Give names, and for staff telephones, of the stations, in the order given."""
    row = StationVersion
    names: dict[int, tuple[str, str | None, str | None]] = {}
    sees_phones = caller.role in STAFF
    for some in in_batches([month.station_id for month in months]):
        asked = select(Station.id, row.name, row.head_name, row.phone).join(row, row.id == Station.version_id)
        for station_id, name, head, phone in session.execute(asked.where(Station.id.in_(some))):
            names[station_id] = (name, head if sees_phones else None, phone if sees_phones else None)
    codes = sorted({code for month in months if (code := township_in(month.unit_path)) is not None})
    townships: dict[str, str] = {}
    for few in in_batches(codes):
        named = session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(few)))
        townships |= dict(named.all())
    return [
        Listed(month.code, *names.get(month.station_id, (month.code, None, None)),
               townships.get(township_in(month.unit_path) or ""))
        for month in months
    ]  # fmt: skip


def _reports(session: Session, conditions: Sequence[ColumnElement[bool]], period: int) -> dict[int, Report]:
    row = SalesReport
    columns = [getattr(row, column) for column in COLUMNS.values()]
    asked = (
        select(row.station_id, row.state, row.timeliness, row.source, row.is_nil, *columns)
        .join(Station, Station.id == row.station_id)
        .where(row.period == period, *conditions)
    )
    return {
        station_id: Report(state, timeliness, source, is_nil, Figures(*figures))
        for station_id, state, timeliness, source, is_nil, *figures in session.execute(asked)
    }
