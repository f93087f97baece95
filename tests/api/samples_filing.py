"""For the access test: filing reports: owners, proxies, excuses, lock exceptions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.records.months import LockException, PeriodExcuse, ReportingStart, SalesReport, SalesReportVersion
from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.api.sampling import HIDDEN, Sample
from tests.conftest import NOON

REPORT = {"station": "station", "period": "open_month"}
KEY = {"Idempotency-Key": "7f3c6f2e-7f6b-4f0e-8a3e-5f2d0c6b9a10"}

SAMPLES: dict[str, Sample] = {
    "sales_reports.file_report": Sample(
        path=REPORT, json={"parcels_in": 3, "reason": "漏记"}, headers=KEY | {"If-Match": "*"}
    ),
    "report_lines.file_text": Sample(json={"text": "{station} 202610 件3 更正 漏记", "dry_run": True}, foreign=HIDDEN),
    "sales_reports.one_report": Sample(path=REPORT),
    "sales_reports.reports": Sample(query="ou={unit}&period={open_month}", foreign=HIDDEN),
    "sales_reports.months": Sample(query="station={station}"),
    "reporting.begin_collecting": Sample(json={"unit_code": "{county_unit}", "first_period": "202512"}),
    "reporting.starts": Sample(foreign=HIDDEN),
    "reporting.excuse_months": Sample(json={"stations": ["{station}"], "period": "202609", "reason_code": "disaster"}),
    "reporting.excuses": Sample(query="ou={unit}", foreign=HIDDEN),
    "reporting.withdraw_excuse": Sample(path={"excuse_id": "excuse"}),
    "reporting.grant_exception": Sample(
        json={"unit_code": "{unit}", "period": "202609", "reason": "停电", "expires_at": "2026-12-01T00:00:00+08:00"}
    ),
    "reporting.exceptions": Sample(foreign=HIDDEN),
    "reporting.revoke_exception": Sample(path={"exception_id": "lock_exception"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    county = session.scalars(select(OrgUnit).where(OrgUnit.path == things["path"])).one()
    if session.get(ReportingStart, county.code) is None:
        begin_reporting(session, county, 202601, by=None, now=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))
    # October is locked on the noon of the tests, but for this leave.
    leave = LockException(unit_code=county.code, unit_path=county.path, period=202610, reason="停电", granted_at=NOON,
                          expires_at=NOON + dt.timedelta(days=30))  # fmt: skip
    excuse = PeriodExcuse(station_id=things["station_id"], period=202607, reason_code="disaster", recorded_at=NOON)
    session.add_all([leave, excuse])
    session.flush()
    made = {"open_month": "202610", "lock_exception": leave.id, "excuse": excuse.id, "county_unit": county.code}
    return made | _report_of(session, things["station_id"])


def _report_of(session: Session, station_id: int) -> dict[str, Any]:
    """Add an owner's report of October, as filed on the second of November."""
    at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    asked = select(SalesReport).where(SalesReport.station_id == station_id, SalesReport.period == 202610)
    if session.scalars(asked).one_or_none() is None:
        shown = {"parcels_in": 5, "is_nil": False, "source": "owner", "version": 1, "timeliness": "on_time"}
        report = SalesReport(**shown, station_id=station_id, period=202610, state="submitted", is_expected=True,
                             has_activity=True, first_received_at=at, changed_at=at)  # fmt: skip
        session.add(report)
        session.flush()
        session.add(SalesReportVersion(**shown, report_id=report.id, client_uuid=f"sample-{station_id}",
                                       content_sha256="0" * 64, captured_at=at, received_at=at))  # fmt: skip
    return {}
