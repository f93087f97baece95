"""Read reports: one with its versions and what was decided about it, or a page of those of a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportState
from stations.people.access import Caller, in_scope
from stations.people.tables import Account
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.records.periods import shifted, written
from stations.records.tables import Station, StationVersion
from stations.sales.calendar.standing import Standing, standings
from stations.sales.filing.figures import Figures
from stations.sales.filing.hints import Hint, hints
from stations.units.tables import OrgUnit

# A year of a station's own months is what a figure is held against.
MONTHS_BEFORE = 12


@dataclass(frozen=True, slots=True)
class ReportStory:
    """A report with its station and month, its versions and changes oldest first, and who they were by."""

    station: Station
    name: str
    report: SalesReport
    standing: Standing
    versions: Sequence[SalesReportVersion]
    changes: Sequence[ReportStateChange]
    names: dict[int, str]
    hints: list[Hint]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of a list, with its station and month."""

    station: Station
    name: str
    report: SalesReport
    standing: Standing


def read_story(session: Session, caller: Caller, code: str, period: int, *, now: dt.datetime) -> ReportStory:
    """Give all there is of a station's month; refuses with REPORT_UNKNOWN, also outside the caller's scope."""
    row = SalesReport
    asked = (
        select(row, Station, StationVersion.name).join(Station, Station.id == row.station_id)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id)
        .where(Station.code == code, row.period == period, in_scope(caller, Station.unit_path, Station.id))
    )  # fmt: skip
    found = session.execute(asked).one_or_none() if code.isprintable() else None
    if found is None:
        raise Refusal("REPORT_UNKNOWN", station=code, period=written(period))
    report, station, name = found
    v, c = SalesReportVersion, ReportStateChange
    versions = session.scalars(select(v).where(v.report_id == report.id).order_by(v.version)).all()
    changes = session.scalars(select(c).where(c.report_id == report.id).order_by(c.id)).all()
    people = names_of(session, [one.entered_by for one in versions] + [one.by for one in changes])
    standing = standings(session, {station.id: station.unit_path}, [period], now=now)[station.id, period]
    return ReportStory(station, name or station.code, report, standing, versions, changes, people,
                       hints_for(session, station.id, period, versions[-1]))  # fmt: skip


def list_reports(
    session: Session, caller: Caller, unit: OrgUnit, *, periods: Collection[int], state: ReportState | None,
    offset: int, limit: int, now: dt.datetime,
) -> tuple[list[ReportLine], int]:  # fmt: skip
    """Give a page of the reports of a unit inside the caller's scope, newest month first, then by unit and code."""
    row = SalesReport
    # The stations first: a year of the nation's reports is never walked through for a county's page.
    inside = select(Station.id).where(
        in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%")
    )
    conditions: list[ColumnElement[bool]] = [row.station_id.in_(inside), row.period.in_(periods)]
    if state is not None:
        conditions.append(row.state == state)
    count = select(func.count(row.id)).where(*conditions)
    page = (
        select(row, Station, StationVersion.name).join(Station, Station.id == row.station_id)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id).where(*conditions)
        .order_by(row.period.desc(), Station.unit_path, Station.code).offset(offset).limit(limit)
    )  # fmt: skip
    rows = session.execute(page).all()
    paths = {station.id: station.unit_path for _, station, _ in rows}
    stand = standings(session, paths, {report.period for report, _, _ in rows}, now=now)
    lines = [
        ReportLine(station, name or station.code, report, stand[station.id, report.period])
        for report, station, name in rows
    ]
    return lines, session.scalar(count) or 0


def hints_for(session: Session, station_id: int, period: int, version: SalesReportVersion) -> list[Hint]:
    """Give what a version's figures look like beside the year before, as far as it was filed before this version.

    So a repeat of a filing is told what its first answer told, whatever was filed since.
    """
    row, report = SalesReportVersion, SalesReport
    asked = (
        select(report.period, row).join(row, row.report_id == report.id)
        .where(report.station_id == station_id, report.period < period, row.id < version.id,
               report.period >= shifted(period, -MONTHS_BEFORE))
        .order_by(row.id)
    )  # fmt: skip
    newest = {month: Figures.of(one) for month, one in session.execute(asked)}
    return hints(Figures.of(version), list(newest.values()))


def names_of(session: Session, account_ids: Iterable[int | None]) -> dict[int, str]:
    """Give the display names of accounts by their ids."""
    wanted = {one for one in account_ids if one is not None}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}


def is_in_future(version: SalesReportVersion, policy: MonthlyPolicy) -> bool:
    """Say whether a version claims to be captured after it arrived, beyond the clocks' tolerance."""
    return version.captured_at > version.received_at + dt.timedelta(minutes=policy.clock_tolerance_minutes)
