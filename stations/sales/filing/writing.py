"""Write a version of a station's month, and only here: the version, the cached report, the change of state.

Who may, whether the month is open and whether the figures make sense is asked before; vitality is refreshed after.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportSource, ReportState
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.sales.calendar.deadlines import timeliness
from stations.sales.filing.figures import COLUMNS, Filed, content_sha256


def held_report(session: Session, station_id: int, period: int) -> SalesReport | None:
    """Give the report of a station's month as it stands now; to change it the caller holds the station's row."""
    row = SalesReport
    asked = select(row).where(row.station_id == station_id, row.period == period)
    return session.scalars(asked, execution_options={"populate_existing": True}).one_or_none()


def write_version(
    session: Session, report: SalesReport | None, station_id: int, period: int, told: Filed, *, source: ReportSource,
    reason: str | None, entered_by: int | None, is_expected: bool, policy: MonthlyPolicy, now: dt.datetime,
) -> SalesReportVersion:  # fmt: skip
    """Append a version of what was told and let the report, made if there is None, show it as submitted.

    The caller has taken the next revision and locked the station's row, has found `report` by `held_report` and
    `is_expected` by `expectations`, and refreshes the station's vitality afterwards. `reason`: why it replaces an
    earlier version, None for a first one; it may differ from the told one, by which a repeat is known. Refuses nothing.
    """
    version = (0 if report is None else report.version) + 1
    captured_at = (told.captured_at or now).astimezone(dt.UTC)
    timely = timeliness(period, captured_at=captured_at, received_at=now, clock_offset_s=told.clock_offset_s,
                        policy=policy)  # fmt: skip
    before = None if report is None else report.state
    if report is None:
        report = SalesReport(station_id=station_id, period=period, timeliness=timely.value, first_received_at=now)
        session.add(report)
    elif not policy.resubmission_keeps_first_received_at:
        report.timeliness = timely.value
    shown = {column: getattr(told.figures, column) for column in COLUMNS.values()}
    shown |= {"is_nil": told.is_nil, "source": source.value, "entered_by": entered_by, "version": version}
    cached = {"state": ReportState.SUBMITTED.value, "is_expected": is_expected, "changed_at": now,
              "has_activity": told.figures.has_activity}  # fmt: skip
    for name, value in (shown | cached).items():
        setattr(report, name, value)
    session.flush()
    row = SalesReportVersion(
        **shown, report_id=report.id, client_uuid=told.client_uuid, note=told.note, reason=reason,
        content_sha256=content_sha256(station_id, period, told), timeliness=timely.value, captured_at=captured_at,
        received_at=now, clock_offset_s=told.clock_offset_s,
    )  # fmt: skip
    session.add(row)
    if before != ReportState.SUBMITTED:
        session.add(ReportStateChange(report_id=report.id, version=version, from_state=before,
                                      to_state=ReportState.SUBMITTED.value, by=entered_by, at=now))  # fmt: skip
    session.flush()
    return row
