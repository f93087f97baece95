"""Small builders for tests of the months' figures: rows as filing, obligations and excuses leave them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from stations.records.months import PeriodExcuse, ReportStateChange, SalesReport, SalesReportVersion
from stations.records.periods import ends_at
from stations.records.tables import ReportingObligation

EARLY = dt.datetime(2024, 5, 11, tzinfo=dt.UTC)
FIGURES = {"online_sales_out_fen": 1_200_000, "parcels_in": 35}


def owe(
    session: Session, station_id: int, start: str, end: str | None = None, *,
    recorded: dt.datetime = EARLY, superseded: dt.datetime | None = None,
) -> None:  # fmt: skip
    """Let a station owe reports from one day to another, both included."""
    session.add(ReportingObligation(
        station_id=station_id, starts_on=dt.date.fromisoformat(start), ends_on=end and dt.date.fromisoformat(end),
        recorded_at=recorded, superseded_at=superseded,
    ))  # fmt: skip
    session.flush()


def excuse(
    session: Session, station_id: int, period: int, reason: str = "disaster", *,
    recorded: dt.datetime = EARLY, withdrawn: dt.datetime | None = None,
) -> None:  # fmt: skip
    session.add(PeriodExcuse(station_id=station_id, period=period, reason_code=reason, recorded_at=recorded,
                             withdrawn_at=withdrawn))  # fmt: skip
    session.flush()


def report(
    session: Session, station_id: int, period: int, *, timeliness: str = "on_time", source: str = "owner",
    state: str = "accepted", is_nil: bool = False, received: dt.datetime | None = None, **figures: int | None,
) -> SalesReport:  # fmt: skip
    """File a month, whose only version came when the month was two days over unless said otherwise."""
    at = received or ends_at(period) + dt.timedelta(days=2)
    told = {} if is_nil else figures or FIGURES
    row = SalesReport(
        station_id=station_id, period=period, version=1, state=state, timeliness=timeliness, is_expected=True,
        has_activity=any(told.values()), first_received_at=at, changed_at=at, is_nil=is_nil, source=source, **told,
    )  # fmt: skip
    session.add(row)
    session.flush()
    version(session, row, 1, at)
    session.add(ReportStateChange(report_id=row.id, version=1, from_state=None, to_state=state, fields=[], at=at))
    session.flush()
    return row


def version(session: Session, row: SalesReport, number: int, at: dt.datetime) -> None:
    """Keep the report as it stands as the version of that number."""
    session.add(SalesReportVersion(
        report_id=row.id, version=number, client_uuid=f"{row.id:08d}-{number:027d}", content_sha256="0" * 64,
        timeliness=row.timeliness, captured_at=at, received_at=at, is_nil=row.is_nil, source=row.source,
        online_sales_out_fen=row.online_sales_out_fen, parcels_in=row.parcels_in,
    ))  # fmt: skip
    session.flush()
