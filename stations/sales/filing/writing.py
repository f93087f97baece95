"""Write a version of a station's month, and only here: the version, the cached report, the change of state.

Who may, whether the month is open and whether the figures make sense is asked before; vitality is refreshed after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportSource, ReportState, Timeliness
from stations.batches import ALIKE, in_batches
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.sales.calendar.deadlines import timeliness
from stations.sales.filing.figures import Filed, content_sha256


def held_report(session: Session, station_id: int, period: int) -> SalesReport | None:
    """Give the report of a station's month as it stands now; to change it the caller holds the station's row."""
    row = SalesReport
    asked = select(row).where(row.station_id == station_id, row.period == period)
    return session.scalars(asked, execution_options={"populate_existing": True}).one_or_none()


def reports_of(
    session: Session, station_ids: Sequence[int], period: int
) -> dict[int, tuple[SalesReport, str | None]]:
    """Give each station's report of a month, as it stands now, with the note of its newest version."""
    row, version = SalesReport, SalesReportVersion
    newest = (version.report_id == row.id) & (version.version == row.version)
    found: dict[int, tuple[SalesReport, str | None]] = {}
    for ids in in_batches(station_ids):
        asked = select(row, version.note).outerjoin(version, newest).where(row.period == period)
        again = {"populate_existing": True}
        rows = session.execute(asked.where(row.station_id.in_(ids)), execution_options=again)
        found |= {report.station_id: (report, note) for report, note in rows}
    return found


@dataclass(frozen=True, slots=True)
class Writing:
    """One version to be written: of which report (None: there is none yet), what was told, and why it replaces one.

    `reason` is None for a first version; it may differ from the told one, by which a repeat is known.
    """

    report: SalesReport | None
    station_id: int
    period: int
    told: Filed
    is_expected: bool
    reason: str | None = None


def write_version(
    session: Session, report: SalesReport | None, station_id: int, period: int, told: Filed, *, source: ReportSource,
    reason: str | None, entered_by: int | None, is_expected: bool, policy: MonthlyPolicy, now: dt.datetime,
) -> SalesReportVersion:  # fmt: skip
    """Append one version; see `write_versions`."""
    one = Writing(report, station_id, period, told, is_expected, reason)
    return write_versions(session, [one], source=source, entered_by=entered_by, policy=policy, now=now)[0]


def write_versions(
    session: Session, writings: Sequence[Writing], *, source: ReportSource, entered_by: int | None,
    policy: MonthlyPolicy, now: dt.datetime,
) -> list[SalesReportVersion]:  # fmt: skip
    """Append versions of what was told and let the reports, made where there are none, show them as submitted.

    The caller has taken the next revision and locked the stations' rows, has found each `report` by `held_report` and
    `is_expected` by `expectations`, and refreshes the stations' vitality afterwards. No two are of one month of one
    station. Refuses nothing.
    """
    shown = [_show(session, one, source, entered_by, policy, now) for one in writings]
    session.flush()
    versions, changes = list[SalesReportVersion](), list[dict[str, Any]]()
    for one, (report, before, timely) in zip(writings, shown, strict=True):
        told = one.told
        versions.append(SalesReportVersion(
            **asdict(told.figures), is_nil=told.is_nil, source=source.value, entered_by=entered_by,
            version=report.version, report_id=report.id, client_uuid=told.client_uuid, note=told.note,
            reason=one.reason, content_sha256=content_sha256(one.station_id, one.period, told),
            timeliness=timely.value, captured_at=_captured_at(told, now), received_at=now,
            clock_offset_s=told.clock_offset_s, clock=told.clock,
        ))  # fmt: skip
        if before != ReportState.SUBMITTED:
            changes.append({"report_id": report.id, "version": report.version, "from_state": before, "fields": [],
                            "to_state": ReportState.SUBMITTED.value, "by": entered_by, "at": now})  # fmt: skip
    session.add_all(versions)
    session.flush()
    if changes:
        session.execute(insert(ReportStateChange), changes, execution_options=ALIKE)
    return versions


def _show(
    session: Session, one: Writing, source: ReportSource, entered_by: int | None, policy: MonthlyPolicy,
    now: dt.datetime,
) -> tuple[SalesReport, str | None, Timeliness]:  # fmt: skip
    """Let the cached report show what was told; give it with the state before and how timely this filing is."""
    told, report = one.told, one.report
    before = None if report is None else report.state
    timely = timeliness(one.period, captured_at=_captured_at(told, now), received_at=now,
                        clock_offset_s=told.clock_offset_s, policy=policy)  # fmt: skip
    if report is None:
        report = SalesReport(station_id=one.station_id, period=one.period, version=0, timeliness=timely.value,
                             first_received_at=now)  # fmt: skip
        session.add(report)
    elif not policy.resubmission_keeps_first_received_at:
        report.timeliness = timely.value
    shown = asdict(told.figures) | {
        "is_nil": told.is_nil, "source": source.value, "entered_by": entered_by, "version": report.version + 1,
        "state": ReportState.SUBMITTED.value, "is_expected": one.is_expected, "changed_at": now,
        "has_activity": told.figures.has_activity,
    }  # fmt: skip
    for name, value in shown.items():
        setattr(report, name, value)
    return report, before, timely


def _captured_at(told: Filed, now: dt.datetime) -> dt.datetime:
    return (told.captured_at or now).astimezone(dt.UTC)
