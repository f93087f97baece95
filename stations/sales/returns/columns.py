"""The export's columns: which figure stands under which heading, edited by each office, shipped where nobody has.

The fields of 农村电子商务和社区商业信息系统 are not public, so the shipped ones are this product's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import FigureUnit, ReturnFigure
from field_app_schema.words.county_returns import WORDS
from stations.people.access import Caller, may
from stations.people.audit import note_act
from stations.records.frames import unit_asked
from stations.sales.returns.tables import ReturnColumn
from stations.units.tables import OrgUnit

_F, _U = ReturnFigure, FigureUnit
MONEY = frozenset({_F.ONLINE_SALES_OUT, _F.PURCHASE_AGENCY_AMOUNT, _F.UPSTREAM_SALES})
COUNTS = frozenset({_F.PARCELS_IN, _F.PARCELS_OUT, _F.EXPECTED, _F.REPORTED, _F.NIL, _F.MISSING, _F.EXCUSED, _F.FEED})
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it holds, in which unit; `constant` is the text of a fixed one."""

    heading: str
    figure: ReturnFigure
    unit: FigureUnit
    constant: str | None = None


@dataclass(frozen=True)
class ColumnsInForce:
    """The columns that an export of a unit has, and whose they are: a unit's, or (None) the shipped ones."""

    columns: list[Column]
    set_by: str | None


def units_for(figure: ReturnFigure) -> tuple[FigureUnit, ...]:
    """Give the units in which a figure may be written."""
    if figure in MONEY:
        return (_U.YUAN, _U.WAN_YUAN)
    return (_U.PIECES,) if figure in COUNTS else (_U.TEXT,)


def shipped_columns() -> list[Column]:
    """Give this product's own columns; money in 万元, as the notices print it."""
    shipped = (
        _F.PERIOD, _F.COUNTY_CODE, _F.COUNTY_NAME, _F.ONLINE_SALES_OUT, _F.PURCHASE_AGENCY_AMOUNT, _F.UPSTREAM_SALES,
        _F.PARCELS_IN, _F.PARCELS_OUT, _F.EXPECTED, _F.REPORTED, _F.NIL, _F.MISSING, _F.EXCUSED, _F.FEED,
        _F.COVERAGE_LINE, _F.RETURN_STATE,
    )  # fmt: skip
    columns = []
    for figure in shipped:
        heading = WORDS[f"return_figure.{figure}"][0]
        unit = _U.WAN_YUAN if figure in MONEY else units_for(figure)[0]
        columns.append(Column(f"{heading}(万元)" if figure in MONEY else heading, figure, unit))
    return columns


def station_columns(columns: Sequence[Column]) -> list[Column]:
    """Put the station's township, code and name before the columns where none of them names it."""
    if any(column.figure in (_F.STATION_CODE, _F.STATION_NAME) for column in columns):
        return list(columns)
    names = (_F.TOWNSHIP_NAME, _F.STATION_CODE, _F.STATION_NAME)
    taken = {column.heading for column in columns}
    added = [Column(WORDS[f"return_figure.{figure}"][0], figure, _U.TEXT) for figure in names]
    return [*(one for one in added if one.heading not in taken), *columns]


def columns_in_force(session: Session, unit: OrgUnit) -> ColumnsInForce:
    """Give the columns of a unit: its own, else those of the nearest unit above it, else the shipped ones."""
    line = unit.path.strip("/").split("/")
    rows = session.scalars(
        select(ReturnColumn).where(ReturnColumn.unit_code.in_(line)).order_by(ReturnColumn.position)
    ).all()
    for code in reversed(line):
        own = [row for row in rows if row.unit_code == code]
        if own:
            read = [Column(row.heading, _F(row.figure), _U(row.unit), row.constant) for row in own]
            return ColumnsInForce(read, code)
    return ColumnsInForce(shipped_columns(), None)


def tell_columns(session: Session, caller: Caller, unit_code: str | None) -> dict[str, Any]:
    """Give a unit's columns with whose they are, what a column may hold, and whether the caller may edit them.

    Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, unit_code)
    chosen = columns_in_force(session, unit)
    note = WORDS["export.shipped_columns"] if chosen.set_by is None else (None, None)
    return {
        "unit": unit.code, "set_by": chosen.set_by, "note_zh": note[0], "note_en": note[1], "columns": chosen.columns,
        "choices": [
            {"figure": figure.value, "units": [unit.value for unit in units_for(figure)], "zh": zh, "en": en}
            for figure in _F
            for zh, en in [WORDS[f"return_figure.{figure}"]]
        ],
        "permissions": {"may_edit": may_edit(caller, unit)},
    }  # fmt: skip


def may_edit(caller: Caller, unit: OrgUnit) -> bool:
    """Say whether the columns of this very unit are the caller's to edit: each office edits its own table."""
    return may(caller, "return.export") and caller.unit_code == unit.code


def replace_columns(
    session: Session, caller: Caller, unit_code: str | None, columns: Sequence[Column], *, now: dt.datetime
) -> None:
    """Let an office's export have these columns; with none, those of the unit above apply again.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, NOT_ALLOWED for another office's table, and BAD_INPUT.
    """
    unit = unit_asked(session, caller, unit_code)
    if not may_edit(caller, unit):
        raise Refusal("NOT_ALLOWED", action="return.export", unit=unit.code)
    check_columns(columns)
    # Held until the end: two colleagues who save at once come one after the other.
    session.get(OrgUnit, unit.code, with_for_update={"key_share": True}, populate_existing=True)
    before = columns_in_force(session, unit)
    session.execute(delete(ReturnColumn).where(ReturnColumn.unit_code == unit.code))
    session.add_all(
        ReturnColumn(unit_code=unit.code, position=place, heading=column.heading, figure=column.figure.value,
                     unit=column.unit.value, constant=column.constant)
        for place, column in enumerate(columns)
    )  # fmt: skip
    note_act(session, caller, "return.columns", "return_column", unit.code, now=now,
             before=_noted(before.columns) if before.set_by == unit.code else None, after=_noted(columns))  # fmt: skip
    session.flush()


def check_columns(columns: Sequence[Column]) -> None:
    """Refuse with BAD_INPUT, naming each by its place: a heading twice, a unit that does not fit, a text misplaced."""
    errors: dict[str, Any] = {}
    headings = [column.heading for column in columns]
    if len(columns) > MOST_COLUMNS:
        errors["columns"] = [f"最多 {MOST_COLUMNS} 列 / at most {MOST_COLUMNS} columns"]
    for place, column in enumerate(columns):
        wrong: dict[str, list[str]] = {}
        if headings.count(column.heading) > 1:
            wrong["heading"] = ["列名重复 / the heading stands twice"]
        if column.unit not in units_for(column.figure):
            wrong["unit"] = [f"只能是 / must be one of: {', '.join(units_for(column.figure))}"]
        if (column.constant is not None) != (column.figure is _F.CONSTANT):
            wrong["constant"] = ["固定文字列要写文字,其他列不写 / a text belongs to a constant column, and only there"]
        if wrong:
            errors[str(place)] = wrong
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)


def _noted(columns: Sequence[Column]) -> dict[str, Any]:
    return {"columns": [asdict(column) for column in columns]}
