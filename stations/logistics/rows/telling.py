"""What each row of a network file tells, read cell by cell without the register; a wrong cell is an error."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import NetworkFile
from stations.logistics.reading.table import Table
from stations.logistics.rows.columns import Cell, Column, columns_by_key, knows
from stations.logistics.rows.problems import NO_PLACE, noted
from stations.logistics.rows.terms import allowed, meaning
from stations.records.days import EARLIEST
from stations.register.ledger.cells import EXACT, SCIENTIFIC, day_of, degrees_of, is_blank, text_of
from stations.register.ledger.problems import Problem
from stations.register.ledger.reading_sheet import EXAMPLE, FOOT
from stations.register.ledger.terms import allowed as services_allowed
from stations.register.ledger.terms import meaning as service_meaning
from stations.register.ledger.terms import split_list

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:天|日|次|趟|班|件|人|个)?")
_OLDEST_YEAR = 1949


@dataclass
class Told:
    """The filled cells of a row; a key that is absent was not stated. `at` is its number in the table from 0."""

    table: Table
    at: int
    known: Mapping[str, int]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Give the row's number as a person sees it."""
        return self.table.numbers[self.at]

    def complain(self, key: str, code: str, *particulars: object, advice: str | None = None) -> None:
        """Add an error at the cell of a column; at the row when the file has no such column."""
        place = self.table.place(self.at, self.known.get(key))
        self.errors.append(noted(code, place, *particulars, advice=advice))

    def is_blank(self, key: str) -> bool:
        """Say whether the file has no such column or nothing stands there."""
        index = self.known.get(key)
        return index is None or is_blank(text_of(self.table.rows[self.at][index]))

    def text(self, key: str) -> str:
        """Give a stated text, or an empty one."""
        return str(self.values.get(key, ""))


@dataclass
class File:
    """The rows that a file tells, and what is worth knowing of its headings."""

    kind: NetworkFile
    rows: list[Told] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)


class _Wrong(ValueError):
    """A cell that cannot be read: a code and its particulars."""


def read_file(kind: NetworkFile, table: Table, *, today: dt.date) -> File:
    """Read every row; refuses with NETWORK_COLUMNS when a column is missing without which no row can be known."""
    columns, know = columns_by_key(kind), knows(kind)
    known: dict[str, int] = {}
    for index, heading in enumerate(table.headings):
        key = know(heading)
        if key is not None:
            known.setdefault(key, index)
    _require_columns(columns, known, table)
    told = File(kind)
    strange: dict[int, list[tuple[int, str]]] = {}
    for (row, column), what in table.strange.items():
        strange.setdefault(row, []).append((column, what))
    for at, cells in enumerate(table.rows):
        if _is_example(cells):
            told.notices.append(noted("EXAMPLE_PASSED_OVER", table.place(at, None)))
        elif not _is_foot(cells):
            told.rows.append(_read_row(Told(table, at, known), columns, strange.get(at, ()), today))
    if passed := [heading for index, heading in enumerate(table.headings) if heading and index not in known.values()]:
        told.notices.append(noted("COLUMNS_PASSED_OVER", NO_PLACE, "、".join(passed[:20])))
    return told


def _require_columns(columns: Mapping[str, Column], known: Mapping[str, int], table: Table) -> None:
    missing = [column.header for column in columns.values() if column.required and column.key not in known]
    if "village" in columns and not {"village", "village_code", "township", "level"} & known.keys():
        missing.append(columns["village_code"].header)
    if missing:
        said = f"缺少列:{'、'.join(missing)} / missing: {', '.join(missing)}"
        raise Refusal("NETWORK_COLUMNS", errors={"file": [said]}, headings_seen=list(table.headings)[:60])


def _is_example(cells: list[Any]) -> bool:
    return any(isinstance(cell, str) and cell.startswith(EXAMPLE) for cell in cells)


def _is_foot(cells: list[Any]) -> bool:
    filled = [text for cell in cells if (text := text_of(cell))]
    return 0 < len(set(filled)) <= 2 and filled[0].replace(" ", "").startswith(FOOT)


def _read_row(told: Told, columns: Mapping[str, Column], strange: Any, today: dt.date) -> Told:
    for index, what in strange:
        place = told.table.place(told.at, index)
        if what == "FORMULA_WITHOUT_VALUE":
            told.errors.append(noted(what, place))
        else:
            told.errors.append(noted("CELL_ERROR", place, what, what))
    cells = told.table.rows[told.at]
    for key, column in columns.items():
        index = told.known.get(key)
        cell = "" if index is None else cells[index]
        if cell == "" and not column.required:
            continue
        text = _UNSAYABLE.sub("", text_of(cell))
        # «无» answers a question of yes or no.
        if is_blank(text) and not (column.cell is Cell.WORD and text == "无" and key in ("poor", "remote")):
            if column.required:
                told.complain(key, "CELL_MISSING", column.header)
            continue
        try:
            told.values[key] = _READERS[column.cell](cell, text, column, today)
        except _Wrong as wrong:
            code, *particulars = wrong.args
            advice = _advice(column)
            told.complain(key, code, *particulars, advice=advice)
    return told


def _advice(column: Column) -> str | None:
    if column.cell is Cell.WORD:
        return "、".join(allowed(column.key))
    return "、".join(services_allowed("services")) if column.cell is Cell.SERVICES else None


def _text(_cell: Any, text: str, column: Column, _today: dt.date) -> str:
    if len(text) > column.longest:
        raise _Wrong("CELL_TOO_LONG", column.longest)
    return text


def _code(cell: Any, text: str, column: Column, today: dt.date) -> str:
    if (isinstance(cell, float) and abs(cell) >= EXACT) or SCIENTIFIC.fullmatch(text):
        raise _Wrong("CODE_ROUNDED", text)
    return _text(cell, text.replace(" ", ""), column, today)


def _day(cell: Any, text: str, _column: Column, today: dt.date) -> dt.date:
    day = day_of(cell)
    if day is None:
        raise _Wrong("DAY_WRONG", text)
    if day < EARLIEST:
        raise _Wrong("DAY_TOO_EARLY", day)
    if day.year > today.year + 50:
        raise _Wrong("DAY_WRONG", text)
    return day


def _number(cell: Any, text: str, column: Column, _today: dt.date) -> float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = float(cell)
    else:
        found = _NUMBER.fullmatch(text.replace(",", ""))
        value = float(found[1]) if found else math.nan
    if not (math.isfinite(value) and 0 <= value <= column.most):
        raise _Wrong("NUMBER_WRONG", text, f"{column.most:g}")
    return value


def _count(cell: Any, text: str, column: Column, today: dt.date) -> int:
    try:
        value = _number(cell, text, column, today)
    except _Wrong as wrong:
        raise _Wrong("COUNT_WRONG", *wrong.args[1:]) from wrong
    if not value.is_integer():
        raise _Wrong("COUNT_WRONG", text, f"{column.most:g}")
    return int(value)


def _year(_cell: Any, text: str, _column: Column, today: dt.date) -> int:
    year = text.removesuffix("年")
    if not re.fullmatch(r"\d{4}", year) or not _OLDEST_YEAR <= int(year) <= today.year:
        raise _Wrong("YEAR_WRONG", text)
    return int(year)


def _degrees(cell: Any, text: str, _column: Column, _today: dt.date) -> float:
    degrees = degrees_of(cell)
    if degrees is None or not math.isfinite(degrees):
        raise _Wrong("DEGREES_WRONG", text)
    return degrees


def _word(_cell: Any, text: str, column: Column, _today: dt.date) -> str:
    value = meaning(column.key, text)
    if value is None:
        raise _Wrong("WORD_UNKNOWN", text)
    return value


def _list(_cell: Any, text: str, _column: Column, _today: dt.date) -> list[str]:
    return split_list(text)


def _services(_cell: Any, text: str, _column: Column, _today: dt.date) -> tuple[str, ...]:
    known = {word: service_meaning("services", word) for word in split_list(text)}
    if strange := [word for word, value in known.items() if value is None]:
        raise _Wrong("SERVICE_UNKNOWN", "、".join(strange))
    return tuple(sorted({value for value in known.values() if value is not None}))


_READERS: dict[Cell, Callable[[Any, str, Column, dt.date], Any]] = {
    Cell.TEXT: _text, Cell.CODE: _code, Cell.DAY: _day, Cell.NUMBER: _number, Cell.COUNT: _count, Cell.YEAR: _year,
    Cell.DEGREES: _degrees, Cell.WORD: _word, Cell.LIST: _list, Cell.SERVICES: _services,
}  # fmt: skip
