"""Small builders for months: a report as it stands, its versions and states, an excuse, an obligation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.records.months import PeriodExcuse, ReportStateChange, SalesReport, SalesReportVersion
from stations.records.tables import ReportingObligation

FIGURES: dict[str, Any] = {"online_sales_out_fen": 120_000, "is_nil": False}
NIL: dict[str, Any] = {"is_nil": True}


def instant(day: str, hour: int = 4) -> dt.datetime:
    """Give an instant of a day; 4 o'clock UTC is noon in China."""
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), dt.UTC)


def report(
    session: Session, station_id: int, period: int, came: str, state: str = "accepted", *, source: str = "owner",
    nil: bool = False, changed: str | None = None, version: int = 1,
) -> SalesReport:  # fmt: skip
    """Put down where a month stands; nothing of its history."""
    row = SalesReport(
        station_id=station_id, period=period, version=version, state=state, timeliness="on_time", is_expected=True,
        has_activity=not nil, source=source, first_received_at=instant(came), changed_at=instant(changed or came),
        **(NIL if nil else FIGURES),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def version(session: Session, one: SalesReport, number: int, came: str, *, source: str = "owner", **told: Any) -> None:
    session.add(SalesReportVersion(
        report_id=one.id, version=number, client_uuid=f"{one.id}-{number}", content_sha256="0" * 64,
        timeliness="on_time", captured_at=instant(came), received_at=instant(came), source=source,
        **({"is_nil": False} | told),
    ))  # fmt: skip
    session.flush()


def step(session: Session, one: SalesReport, to: str, at: str, reason: str | None = None) -> None:
    session.add(ReportStateChange(report_id=one.id, version=1, to_state=to, at=instant(at), reason_code=reason))
    session.flush()


def excuse(session: Session, station_id: int, period: int, reason: str, **more: Any) -> PeriodExcuse:
    row = PeriodExcuse(station_id=station_id, period=period, reason_code=reason,
                       **({"recorded_at": instant("2026-01-01")} | more))  # fmt: skip
    session.add(row)
    session.flush()
    return row


def owe(session: Session, station_id: int, since: str) -> None:
    start = dt.date.fromisoformat(since)
    session.add(ReportingObligation(station_id=station_id, starts_on=start, recorded_at=instant(since)))
    session.flush()
