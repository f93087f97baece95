"""The export for 农村电子商务和社区商业信息系统: a row for each county, or each station, in the office's own columns.

A county's row shows the return that stands (sent or accepted), as frozen; without one, the sums as they are now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReturnFigure
from field_app_schema.words.county_returns import WORDS
from stations.people.access import Caller
from stations.records.frames import unit_asked
from stations.records.monthly_policy import monthly_policy
from stations.records.months import CountyReturn
from stations.records.periods import parse_periods, written
from stations.sales.calendar.deadlines import due_at, opens_at
from stations.sales.filing.figures import COLUMNS
from stations.sales.returns.columns import Column, ColumnsInForce, columns_in_force, station_columns
from stations.sales.returns.coverage import StationMonth, coverage_of
from stations.sales.returns.export_cells import Cell, Facts, row_of
from stations.sales.returns.fetching import listed, month_of_unit
from stations.sales.returns.glance import ABOVE_COUNTY, county_parts, month_frame
from stations.sales.returns.standing import STANDING, county_in, newest_returns
from stations.sales.returns.sums import month_sums, sums_of
from stations.units.tables import OrgUnit

_F = ReturnFigure
COUNTED = (_F.EXPECTED, _F.REPORTED, _F.NIL, _F.MISSING, _F.EXCUSED, _F.FEED, _F.COVERAGE_LINE)


@dataclass(frozen=True)
class ExportWish:
    """Which month of which unit (None: the caller's own), a row for each county or each station."""

    period: int
    unit: str | None = None
    by_station: bool = False


@dataclass(frozen=True)
class ExportTable:
    """The columns and rows of an export, its frame, and whose columns they are (None: the shipped ones)."""

    columns: list[Column]
    rows: list[list[Cell]]
    frame: dict[str, Any]
    set_by: str | None
    unit: str
    period: str


def month_asked(text: str, now: dt.datetime) -> int:
    """Read one month, «202610» or LAST_MONTH; refuses with PERIOD_UNKNOWN, also where several are meant."""
    periods = parse_periods(text, now)
    if len(periods) != 1:
        raise Refusal("PERIOD_UNKNOWN", period=text)
    return periods[0]


def export_table(session: Session, caller: Caller, wish: ExportWish, *, now: dt.datetime) -> ExportTable:
    """Give the rows by county, or by township and station code.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, PERIOD_NOT_ENDED, and BAD_INPUT for a county's row of less than a county.
    """
    unit = unit_asked(session, caller, wish.unit)
    policy = monthly_policy(session)
    if now < opens_at(wish.period, policy):
        raise Refusal("PERIOD_NOT_ENDED", period=written(wish.period))
    is_past_due = now >= due_at(wish.period, policy)
    months = month_of_unit(session, caller, unit.path, wish.period)
    chosen: ColumnsInForce = columns_in_force(session, unit)
    counties = county_parts(months)
    returns = newest_returns(session, counties, wish.period)
    names = _names(session, counties)
    if wish.by_station:
        columns = station_columns(chosen.columns)
        facts = _station_facts(session, caller, months, wish.period, names, is_past_due=is_past_due)
    else:
        if unit.level not in ABOVE_COUNTY and unit.code != county_in(unit.path):
            raise Refusal("BAD_INPUT", errors={"ou": ["按县导出要选县或以上 / choose a county or above"]})
        columns = chosen.columns
        facts = [
            _county_facts(code, names, counties[code], returns.get(code), wish.period, is_past_due=is_past_due)
            for code in sorted(counties)
        ]
    frame = month_frame(unit, coverage_of(months, is_past_due=is_past_due), months, wish.period, now)
    rows = [row_of(one, columns) for one in facts]
    return ExportTable(columns, rows, frame, chosen.set_by, unit.code, written(wish.period))


def _county_facts(
    code: str, names: dict[str, str], months: Sequence[StationMonth], sent: CountyReturn | None, period: int,
    *, is_past_due: bool,
) -> Facts:  # fmt: skip
    frozen = sent if sent is not None and sent.state in STANDING else None
    told = coverage_of(months, is_past_due=is_past_due).told() if frozen is None else frozen.coverage
    sums = month_sums(months)["total"] if frozen is None else frozen.figures["total"]
    facts: dict[ReturnFigure, str | int | None] = {figure: told[_coverage_key(figure)] for figure in COUNTED}
    facts |= {_F(field): sums.get(column) for field, column in COLUMNS.items()}
    facts |= {_F.PERIOD: written(period), _F.COUNTY_CODE: code, _F.COUNTY_NAME: names.get(code, code)}
    state = "none" if sent is None else sent.state
    return facts | {_F.RETURN_STATE: WORDS[f"export_return.{state}"][0]}


def _station_facts(
    session: Session, caller: Caller, months: Sequence[StationMonth], period: int, names: dict[str, str],
    *, is_past_due: bool,
) -> list[Facts]:  # fmt: skip
    """Give each station's own counts (0 or 1) and, only of what enters a county's sum, its figures."""
    found: list[Facts] = []
    for month, told in zip(months, listed(session, caller, months), strict=True):
        own = coverage_of([month], is_past_due=is_past_due).told()
        sums = sums_of([month.report]) if month.report is not None and month.counts else {}
        code = county_in(month.unit_path) or ""
        facts: dict[ReturnFigure, str | int | None] = {figure: own[_coverage_key(figure)] for figure in COUNTED}
        facts |= {_F(field): sums.get(column) for field, column in COLUMNS.items()}
        facts |= {
            _F.PERIOD: written(period), _F.COUNTY_CODE: code, _F.COUNTY_NAME: names.get(code, code),
            _F.TOWNSHIP_NAME: told.township, _F.STATION_CODE: month.code, _F.STATION_NAME: told.name,
        }  # fmt: skip
        found.append(facts)
    return found


def _coverage_key(figure: ReturnFigure) -> str:
    return "line_zh" if figure is _F.COVERAGE_LINE else figure.value


def _names(session: Session, counties: dict[str, list[StationMonth]]) -> dict[str, str]:
    asked = select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(sorted(counties)))
    return dict(session.execute(asked).all())
