"""Take a filled workbook of a month in: all of it, or nothing and every wrong cell; what stands already is passed over.

What is new is filed as `import` by whoever imports it, so somebody else has to accept it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ExcuseReason, ReportField, ReportSource
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.periods import ends_at, written
from stations.records.revision import next_revision
from stations.register.ledger.cells import fold
from stations.register.ledger.result import SHOWN
from stations.sales.filing.figures import Figures, Filed, check_filed
from stations.sales.filing.taking_in import check_correction, check_month
from stations.sales.filing.writing import Writing, write_versions
from stations.sales.workbook.cells import shown_note
from stations.sales.workbook.columns import CODE, REASON
from stations.sales.workbook.reading import MonthFile, MonthRow, read_month
from stations.sales.workbook.stations import MonthOfStation, months_of
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality

# Where a refusal of a whole row is shown; the others stand at the station's code.
_CELL_OF = {"REPORT_REASON_REQUIRED": REASON, "REPORT_UPSTREAM_EXCEEDS": ReportField.UPSTREAM_SALES.value,
            "REPORT_NIL_WITH_VALUES": "is_nil"}  # fmt: skip
_NAMES = uuid.UUID("6f0c3c1e-5d0e-5d3b-9a55-2b1f3d9a7c10")


@dataclass
class ImportSummary:
    """Counts of rows: filed for the first time, corrected, standing already, left blank, wrong."""

    dry_run: bool
    saved: bool = False
    rows: int = 0
    imported: int = 0
    updated: int = 0
    ignored: int = 0
    blank: int = 0
    wrong_rows: int = 0
    error_count: int = 0


@dataclass(frozen=True, slots=True)
class _Filing:
    month: MonthOfStation
    told: Filed
    reason: str | None


def import_month(
    session: Session, caller: Caller, county: OrgUnit, period: int, content: bytes, *, dry_run: bool, now: dt.datetime
) -> dict[str, Any]:
    """Import a county's month; gives {period, summary, errors}, of a trial the same, with nothing stored.

    `county` lies inside the caller's scope (`unit_asked`). Refuses with PERIOD_NOT_ENDED, FILE_FORMAT, and with
    MONTH_ROWS where any cell is wrong and it was no trial; its details hold the result.
    """
    if now < ends_at(period):
        raise Refusal("PERIOD_NOT_ENDED", period=written(period))
    told = read_month(content, period)
    if not dry_run:
        next_revision(session)
    months = months_of(session, caller, county.path, period, now=now, lock=not dry_run)
    policy, summary = monthly_policy(session), ImportSummary(dry_run, rows=len(told.rows) + len(told.wrong))
    filings = _sift(session, caller, told, _by_code(months), summary, policy=policy, now=now)
    summary.wrong_rows, summary.error_count = len(told.wrong), len(told.problems)
    result = {"period": written(period), "summary": summary, "errors": told.problems[:SHOWN]}
    if dry_run:
        return result
    if told.problems:
        plain = {"summary": asdict(summary), "errors": [asdict(one) for one in told.problems[:SHOWN]]}
        raise Refusal("MONTH_ROWS", result={"period": written(period), **plain})
    summary.saved = True
    _write(session, caller, filings, policy=policy, now=now)
    return result


def _sift(
    session: Session, caller: Caller, told: MonthFile, months: dict[str, MonthOfStation], summary: ImportSummary, *,
    policy: MonthlyPolicy, now: dt.datetime,
) -> list[_Filing]:  # fmt: skip
    """Give what is to be filed; count what is not, and note the rows that are refused."""
    filings: list[_Filing] = []
    for row in told.rows:
        month = months.get(row.code)
        if month is None:
            told.refuse_row(row, CODE, "STATION_UNKNOWN")
        elif row.is_blank:
            summary.blank += 1
        elif _stands(row, month):
            summary.ignored += 1
        else:
            filed = _filed(row, month)
            try:
                reason = _check(session, caller, filed, month, policy=policy, now=now)
            except Refusal as refusal:
                told.refuse_row(row, _CELL_OF.get(refusal.code, CODE), refusal.code)
                continue
            filings.append(_Filing(month, filed, reason))
            summary.imported += month.report is None
            summary.updated += month.report is not None
    return filings


def _by_code(months: Sequence[MonthOfStation]) -> dict[str, MonthOfStation]:
    """Give the stations by code as a cell shows it; two that look alike there are known by neither."""
    times = Counter(fold(one.code) for one in months)
    return {fold(one.code): one for one in months if times[fold(one.code)] == 1}


def _stands(row: MonthRow, month: MonthOfStation) -> bool:
    report = month.report
    if report is None or row.is_nil != report.is_nil or row.figures != Figures.of(report):
        return False
    return row.note is None or row.note == shown_note(month.note)


def _filed(row: MonthRow, month: MonthOfStation) -> Filed:
    version = 0 if month.report is None else month.report.version
    # Named by what it replaces: two imports at once cannot both be the next version.
    name = f"{month.id}/{month.standing.period}/{version + 1}"
    return Filed(str(uuid.uuid5(_NAMES, name)), row.figures, is_nil=row.is_nil, note=row.note, reason=row.reason,
                 replaces_any=True)  # fmt: skip


def _check(
    session: Session, caller: Caller, told: Filed, month: MonthOfStation, *, policy: MonthlyPolicy, now: dt.datetime
) -> str | None:
    """Refuse what a form would be refused for, and any month that a feed reports; give the reason to keep."""
    check_filed(told)
    check_month(month.standing, now=now, policy=policy)
    by_feed = month.report is not None and month.report.source == ReportSource.FEED
    if by_feed or (month.report is None and month.standing.expectation.excuse == ExcuseReason.FEED):
        raise Refusal("REPORT_BY_FEED")
    return check_correction(session, caller, month.report, month.standing, told)


def _write(
    session: Session, caller: Caller, filings: list[_Filing], *, policy: MonthlyPolicy, now: dt.datetime
) -> None:
    writings = [
        Writing(one.month.report, one.month.id, one.month.standing.period, one.told,
                one.month.standing.expectation.is_expected, one.reason)
        for one in filings
    ]  # fmt: skip
    made = write_versions(
        session, writings, source=ReportSource.IMPORT, entered_by=caller.account_id, policy=policy, now=now
    )
    for one, version in zip(filings, made, strict=True):
        note_act(
            session, caller, "report.import", "sales_report",
            f"{one.month.code}/{written(one.month.standing.period)}", now=now, reason=one.reason,
            after={"version": version.version, "is_nil": one.told.is_nil},
        )  # fmt: skip
    refresh_vitality(session, [one.month.id for one in filings], now=now)
