"""The reports of very many stations as one short text each, made by the database from its index alone.

A province's year is 180,000 reports: as rows they take half a second to fetch, as texts of ten signs a month, joined
for each station, a tenth of that; and each station asks the index for its own months, so that the whole table's size
does not matter. The texts come in no order; a text of a month is «yyyymm», the length of its timeliness's word, 1 or 0
for nil, and the first letters of its source and state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, String, cast, func, select
from sqlalchemy.orm import aliased

from field_app_schema.vocab_months import ReportState
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.records.tables import Station
from stations.sales.rates.owing import Cells
from stations.sales.rates.tallying import SOURCES, TIMELY, report_code

WIDTH = 10
FILED = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED)


def reports_packed(periods: Sequence[int]) -> ScalarSelect[str]:
    """Give the column that holds a station's reports of the months as they stand now, for a query of stations."""
    row = SalesReport
    word = _word(row.period, row.timeliness, row.source, row.state, row.is_nil)
    return _joined(word, periods).scalar_subquery()


def reports_packed_as_known(
    periods: Sequence[int], known_at: dt.datetime, *, keeps_first_timeliness: bool
) -> ScalarSelect[str]:
    """Give the same as known at an instant: the newest version received by then, and the state it then had."""
    row, version, other, change = SalesReport, SalesReportVersion, aliased(SalesReportVersion), ReportStateChange
    newest = (
        select(func.max(other.version)).where(other.report_id == row.id, other.received_at <= known_at)
        .correlate(row).scalar_subquery()
    )  # fmt: skip
    state = (
        select(change.to_state).where(change.report_id == row.id, change.at <= known_at)
        .order_by(change.id.desc()).limit(1).correlate(row).scalar_subquery()
    )  # fmt: skip
    timeliness = row.timeliness if keeps_first_timeliness else version.timeliness
    word = _word(
        row.period, timeliness, version.source, func.coalesce(state, ReportState.SUBMITTED.value), version.is_nil
    )
    in_force = (version.report_id == row.id) & (version.version == newest)
    return _joined(word, periods).join(version, in_force).scalar_subquery()


def unpack(texts: Sequence[str | None], periods: Sequence[int]) -> Cells:
    """Give the codes of reports (`report_code`, 0 where none came), one line for each text, one column for each month.

    `periods` are in order; other months are passed over.
    """
    found: Cells = np.zeros((len(texts), len(periods)), dtype=np.uint8)
    signs = np.frombuffer("".join(filter(None, texts)).encode("ascii"), dtype=np.uint8).reshape(-1, WIDTH)
    station = np.repeat(np.arange(len(texts)), [len(text or "") // WIDTH for text in texts])
    period = (signs[:, :6].astype(np.int64) - ord("0")) @ (10 ** np.arange(5, -1, -1, dtype=np.int64))
    month = np.minimum(np.searchsorted(periods, period), len(periods) - 1)
    asked = np.asarray(periods, dtype=np.int64)[month] == period
    codes = _TIMELINESS[signs[:, 6]] + _NIL[signs[:, 7]] + _SOURCE[signs[:, 8]] + _STATE[signs[:, 9]] + 1
    found[station[asked], month[asked]] = codes[asked]
    return found


def _word(period: Any, timeliness: Any, source: Any, state: Any, is_nil: Any) -> ColumnElement[str]:
    # Numbers are put together as numbers, which takes less time than joining texts.
    digits = (period * 10 + func.length(timeliness)) * 10 + cast(is_nil, Integer)
    return cast(digits, String) + func.substr(source, 1, 1) + func.substr(state, 1, 1)


def _joined(word: ColumnElement[str], periods: Sequence[int]) -> Select[str]:
    row = SalesReport
    return (
        select(func.aggregate_strings(word, ""))
        .select_from(row)
        .where(row.station_id == Station.id, row.period >= min(periods), row.period <= max(periods))
        .correlate(Station)
    )


def _parts(parts: dict[str, int]) -> Any:
    """Give a table of what each sign adds to a report's code; a sign nobody writes adds nothing."""
    table = np.zeros(256, dtype=np.uint8)
    for sign, adds in parts.items():
        table[ord(sign)] = adds
    return table


# A code is a sum of parts, so each sign's part is the difference it makes to the first code.
_FIRST = (TIMELY[0], SOURCES[0])
_TIMELINESS = _parts({
    str(len(one)): report_code(one, _FIRST[1], is_nil=False, state="") - 1 for one in TIMELY
})  # fmt: skip
_SOURCE = _parts({one[0]: report_code(_FIRST[0], one, is_nil=False, state="") - 1 for one in SOURCES})
_STATE = _parts({one[0]: report_code(*_FIRST, is_nil=False, state=one) - 1 for one in FILED})
_NIL = _parts({"1": report_code(*_FIRST, is_nil=True, state="") - 1})
