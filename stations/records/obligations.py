"""From when to when stations owe monthly reports: rows that are superseded, never changed (domain model F1, F4).

Reporting begins with a month that the county names: a month in which nobody could report is not owed.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import in_batches
from stations.records.expected import renew_expected
from stations.records.months import ReportingStart
from stations.records.periods import first_day
from stations.records.tables import ReportingObligation, Station, StationTransition
from stations.units.tables import OrgUnit


def standing(known_at: dt.datetime | None = None) -> ColumnElement[bool]:
    """Give the condition that keeps the obligations which stand now, or stood as known at an instant."""
    row = ReportingObligation
    if known_at is None:
        return row.superseded_at.is_(None)
    return and_(row.recorded_at <= known_at, or_(row.superseded_at.is_(None), row.superseded_at > known_at))


def begin_reporting(
    session: Session, county: OrgUnit, first_period: int, *, by: int | None, now: dt.datetime
) -> list[int]:
    """Let the county's active stations owe reports from a month on; give the ids of those that owe from now on.

    Asked again with an earlier month, reporting begins earlier; refuses a later one with REPORTING_BEGUN.
    A station accepted later owes from its acceptance on.
    """
    known = session.get(ReportingStart, county.code)
    if known is not None and first_period > known.first_period:
        raise Refusal("REPORTING_BEGUN", first_period=str(known.first_period))
    if known is not None and first_period == known.first_period:
        return []
    earlier_end = None if known is None else first_day(known.first_period)
    if known is None:
        session.add(ReportingStart(county_code=county.code, first_period=first_period, decided_by=by, recorded_at=now))
    else:
        known.first_period, known.decided_by, known.recorded_at = first_period, by, now
    begins = first_day(first_period)
    rows: list[dict[str, Any]] = [
        {"station_id": station_id, "starts_on": max(start, begins), "ends_on": end, "recorded_at": now}
        for station_id, start, end in _active_intervals(session, county.path)
        if end is None or end >= begins
    ]
    changed = sorted({row["station_id"] for row in rows})
    if earlier_end is not None:
        for ids in in_batches(changed):
            _supersede(session, ReportingObligation.station_id.in_(ids), now)
    if rows:
        session.execute(insert(ReportingObligation), rows)
    renew_expected(session, changed)
    return changed


def owe_from(session: Session, accepted: Iterable[tuple[Station, dt.date]], *, now: dt.datetime) -> None:
    """From the day given with it each station owes monthly reports (again), if its county collects them.

    A station that owes already is passed over.
    """
    days = {station.id: (station, on) for station, on in accepted}
    starts = _starts(session) if days else {}
    if not starts:
        return
    owing: set[int] = set()
    row = ReportingObligation
    for ids in in_batches(list(days)):
        open_rows = select(row.station_id).where(
            row.station_id.in_(ids), row.ends_on.is_(None), row.superseded_at.is_(None)
        )
        owing |= set(session.scalars(open_rows))
    rows: list[dict[str, Any]] = []
    for station, on in days.values():
        begun = next((starts[part] for part in station.unit_path.split("/") if part in starts), None)
        if begun is not None and station.id not in owing:
            rows.append({"station_id": station.id, "starts_on": max(on, first_day(begun)), "recorded_at": now})
    if rows:
        session.execute(insert(row), rows)
        renew_expected(session, [one["station_id"] for one in rows])


def end_obligation(session: Session, station_id: int, on: dt.date, *, now: dt.datetime) -> None:
    """The station owes no report after the day `on`; an obligation that would begin later falls away."""
    row = ReportingObligation
    reaching = select(row).where(
        row.station_id == station_id, row.superseded_at.is_(None), or_(row.ends_on.is_(None), row.ends_on > on)
    )
    for owed in session.scalars(reaching).all():
        owed.superseded_at = now
        if owed.starts_on <= on:
            session.add(row(station_id=station_id, starts_on=owed.starts_on, ends_on=on, recorded_at=now))
    renew_expected(session, [station_id])


def last_of_month(day: dt.date) -> dt.date:
    """Give the last day of the month: what is paused from the next period is owed until here."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _active_intervals(session: Session, county_path: str) -> list[tuple[int, dt.date, dt.date | None]]:
    """Give (station, first day, last day or None) of every stretch in which a station of the county was active.

    A suspension pauses from the next month on; delisting and merger end on their day.
    """
    t = StationTransition
    rows = session.execute(
        select(t.station_id, t.to_status, t.effective_on)
        .join(Station, Station.id == t.station_id)
        .where(Station.unit_path.like(f"{county_path}%"))
        .order_by(t.station_id, t.effective_on, t.id)
    )
    found: list[tuple[int, dt.date, dt.date | None]] = []
    since: dict[int, dt.date] = {}
    for station_id, status, on in rows:
        if status == "active":
            since.setdefault(station_id, on)
        elif station_id in since:
            end = last_of_month(on) if status == "suspended" else on
            found.append((station_id, since.pop(station_id), end))
    return [*found, *((station_id, on, None) for station_id, on in since.items())]


def _starts(session: Session) -> dict[str, int]:
    rows = session.execute(select(ReportingStart.county_code, ReportingStart.first_period))
    return {row.county_code: row.first_period for row in rows}


def _supersede(session: Session, which: ColumnElement[bool], now: dt.datetime) -> None:
    standing_rows = ReportingObligation.superseded_at.is_(None)
    session.execute(update(ReportingObligation).where(which, standing_rows).values(superseded_at=now))
