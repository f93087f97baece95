"""Enter many months of the past at once, with what was decided of them: the same rows as filing and review, in bulk.

For a demonstration, or a county that brings its earlier months along. Nobody's rights and no lock are asked, because
who enters a history has the database; what a form may hold is checked as ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportSource, ReportState, ReturnReason
from stations.batches import ALIKE
from stations.records.expected import NOT_OWED, expectations
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.sales.calendar.deadlines import timeliness
from stations.sales.filing.figures import COLUMNS, Filed, check_filed, content_sha256

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """One station's month as it was filed, once, and decided: accepted or returned (with why) by somebody, or not."""

    station_id: int
    period: int
    told: Filed
    source: ReportSource
    received_at: dt.datetime
    entered_by: int | None = None
    decided: ReportState = ReportState.SUBMITTED
    decided_at: dt.datetime | None = None
    decided_by: int | None = None
    why: ReturnReason | None = None


def enter_history(session: Session, past: Sequence[Past]) -> None:
    """Enter the months, none of which may stand there yet; the caller refreshes the stations' vitality.

    Refuses like `check_filed`.
    """
    if not past:
        return
    for one in past:
        check_filed(one.told)
    policy = monthly_policy(session)
    due = expectations(session, sorted({one.station_id for one in past}), sorted({one.period for one in past}))
    expected = [due.get((one.station_id, one.period), NOT_OWED).is_expected for one in past]
    rows = [_report(one, is_expected, policy) for one, is_expected in zip(past, expected, strict=True)]
    made = insert(SalesReport).returning(SalesReport.id, sort_by_parameter_order=True)
    ids = list(session.scalars(made, rows, execution_options=ALIKE))
    versions = [_version(one, id_, row["timeliness"]) for one, id_, row in zip(past, ids, rows, strict=True)]
    session.execute(insert(SalesReportVersion), versions, execution_options=ALIKE)
    changes = [row for one, id_ in zip(past, ids, strict=True) for row in _changes(one, id_)]
    session.execute(insert(ReportStateChange), changes, execution_options=ALIKE)


def _shown(one: Past) -> Row:
    figures = {column: getattr(one.told.figures, column) for column in COLUMNS.values()}
    return figures | {"is_nil": one.told.is_nil, "source": one.source.value, "entered_by": one.entered_by, "version": 1}


def _report(one: Past, is_expected: bool, policy: MonthlyPolicy) -> Row:
    timely = timeliness(
        one.period, captured_at=one.told.captured_at or one.received_at, received_at=one.received_at,
        clock_offset_s=one.told.clock_offset_s, policy=policy,
    )  # fmt: skip
    return _shown(one) | {
        "station_id": one.station_id, "period": one.period, "state": one.decided.value, "timeliness": timely.value,
        "is_expected": is_expected, "has_activity": one.told.figures.has_activity,
        "first_received_at": one.received_at, "changed_at": one.decided_at or one.received_at,
    }  # fmt: skip


def _version(one: Past, report_id: int, timely: str) -> Row:
    told = one.told
    return _shown(one) | {
        "report_id": report_id, "client_uuid": told.client_uuid, "note": told.note, "reason": told.reason,
        "content_sha256": content_sha256(one.station_id, one.period, told), "timeliness": timely,
        "captured_at": told.captured_at or one.received_at, "received_at": one.received_at,
        "clock_offset_s": told.clock_offset_s,
    }  # fmt: skip


def _changes(one: Past, report_id: int) -> list[Row]:
    filed: Row = {"report_id": report_id, "version": 1, "from_state": None, "to_state": ReportState.SUBMITTED.value,
                  "reason_code": None, "note": None, "fields": [], "by": one.entered_by,
                  "at": one.received_at}  # fmt: skip
    if one.decided is ReportState.SUBMITTED:
        return [filed]
    decided = {"from_state": ReportState.SUBMITTED.value, "to_state": one.decided.value, "reason_code": one.why,
               "by": one.decided_by, "at": one.decided_at or one.received_at}  # fmt: skip
    return [filed, filed | decided]
