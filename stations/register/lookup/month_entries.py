"""The months in a station's story: each report with the states it went through, and each excuse. Never a figure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportState
from stations.people.access import Caller, may
from stations.records.days import day_in_china
from stations.records.months import PeriodExcuse, ReportStateChange, SalesReport
from stations.records.periods import first_day, written
from stations.register.lookup.entries import Entry


def reports(
    session: Session, caller: Caller, station_id: int, today: dt.date, known_at: dt.datetime | None
) -> Iterator[Entry]:
    """Give an entry a report, from the day it came, in the state it has, or had as known at an instant.

    Its id is the one by which the alive rule names it. Who may not read reports learns the month and its state only.
    """
    r, c = SalesReport, ReportStateChange
    changes: dict[int, list[ReportStateChange]] = defaultdict(list)
    moved = select(c).join(r, r.id == c.report_id).where(r.station_id == station_id).order_by(c.at, c.id)
    for change in session.scalars(moved if known_at is None else moved.where(c.at <= known_at)):
        changes[change.report_id].append(change)
    for row in session.scalars(select(r).where(r.station_id == station_id)):
        steps = changes[row.id]
        # A report that came in bulk, before changes were kept, has the state it has.
        state = steps[-1].to_state if steps else row.state
        details: dict[str, Any] = {"period": written(row.period)}
        is_open = may(caller, "report.read")
        if is_open:
            details |= {"source": row.source, "timeliness": row.timeliness, "steps": _told(steps)}
        on = day_in_china(row.first_received_at)
        yield Entry(f"report:{row.id}", "report", on, row.first_received_at, state, (today - on).days,
                    at=row.first_received_at, reason=steps[-1].reason_code if steps and is_open else None,
                    details=details)  # fmt: skip


def excuses(session: Session, caller: Caller, station_id: int, today: dt.date) -> Iterator[Entry]:
    """Give an entry an excuse, from the first day of its month; a withdrawn one stays, with `withdrawn_at`.

    Its note is for those who may read reports.
    """
    for row in session.scalars(select(PeriodExcuse).where(PeriodExcuse.station_id == station_id)):
        on = first_day(row.period)
        details = {"period": written(row.period), "withdrawn_at": row.withdrawn_at and row.withdrawn_at.isoformat()}
        yield Entry(f"excuse:{row.id}", "excuse", on, row.recorded_at, ReportState.EXCUSED, (today - on).days,
                    reason=row.reason_code, note=row.note if may(caller, "report.read") else None,
                    details=details)  # fmt: skip


def _told(steps: Sequence[ReportStateChange]) -> list[dict[str, Any]]:
    return [
        {"at": step.at.isoformat(), "to": step.to_state, "version": step.version, "reason": step.reason_code,
         "fields": step.fields}
        for step in steps
    ]  # fmt: skip
