"""Read a filled workbook of a month: each row as a filing, each wrong cell by sheet, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from field_app_schema.refusals import REFUSALS, Refusal
from field_app_schema.vocab_months import ReportField
from stations.register.ledger.cells import text_of
from stations.register.ledger.columns import column_letter
from stations.register.ledger.opening_sheet import Sheet, open_sheets
from stations.register.ledger.problems import Problem, worded
from stations.register.ledger.reading_sheet import FOOT
from stations.sales.filing.figures import MONEY, Figures
from stations.sales.workbook.cells import CELL_TEXTS, CellWrong, figure_of, nil_of, note_of
from stations.sales.workbook.columns import (
    CODE,
    NIL,
    NOTE,
    REASON,
    MonthHeader,
    find_month_header,
    month_of_sheet,
)

# Far more stations than any county has.
MOST_ROWS = 5000


@dataclass(frozen=True)
class MonthRow:
    """One row as read: the station's code and what was filled in; knows where it stands."""

    sheet: str
    number: int
    header: MonthHeader
    cells: Sequence[Any]
    code: str
    figures: Figures
    is_nil: bool
    note: str | None
    reason: str | None

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was filled in: such a station has not reported, which is no error."""
        return self.figures.is_blank and not self.is_nil and self.note is None


@dataclass
class MonthFile:
    """What a file held: the rows that could be read, the rows that could not, and every wrong cell."""

    rows: list[MonthRow] = field(default_factory=list)
    wrong: set[tuple[str, int]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def refuse_row(self, row: MonthRow, key: str, code: str) -> None:
        """Note that a row is refused for a reason of the table of refusals, at the cell of `key`."""
        kind = REFUSALS[code]
        place = _place(row.sheet, row.number, row.header, row.cells, key)
        self._add(row.sheet, row.number, worded(code, (kind.zh, kind.en, kind.hint_zh), (), place))

    def refuse_cell(
        self, sheet: str, number: int, header: MonthHeader, cells: Sequence[Any], key: str, wrong: CellWrong
    ) -> None:
        """Note that a cell cannot be read."""
        place = _place(sheet, number, header, cells, key)
        self._add(sheet, number, worded(wrong.code, CELL_TEXTS[wrong.code], wrong.particulars, place))

    def refuse_sheet(self, sheet: str, code: str, *particulars: object) -> None:
        """Note what is wrong with a sheet as a whole."""
        place = {"sheet": sheet, "row": None, "column": None, "header": None, "value": None}
        self.problems.append(worded(code, CELL_TEXTS[code], particulars, place))

    def _add(self, sheet: str, number: int, problem: Problem) -> None:
        self.wrong.add((sheet, number))
        self.problems.append(problem)


def read_month(content: bytes, period: int) -> MonthFile:
    """Read an .xlsx (or .csv) filled for a month; refuses with FILE_FORMAT what is none, or has no such header."""
    try:
        sheets = open_sheets(content, [])
    except Refusal as refusal:
        raise Refusal("FILE_FORMAT", errors=refusal.errors) from refusal
    found = [(sheet, header) for sheet in sheets if (header := find_month_header(sheet.grid)) is not None]
    if not found:
        said = "没有找到“站点编号”和填报栏的表头 / no header with the stations' codes and figures"
        raise Refusal("FILE_FORMAT", errors={"file": [said]})
    told = MonthFile()
    for sheet, header in found:
        if month_of_sheet(sheet.name) not in (None, period):
            told.refuse_sheet(sheet.name, "WRONG_MONTH", sheet.name)
        _take_sheet(sheet, header, told)
    if len(told.rows) + len(told.wrong) > MOST_ROWS:
        raise Refusal("FILE_FORMAT", errors={"file": [f"至多 {MOST_ROWS} 行 / at most {MOST_ROWS} rows"]})
    return told


def _take_sheet(sheet: Sheet, header: MonthHeader, told: MonthFile) -> None:
    for key in header.in_wan:
        place = _place(sheet.name, header.row + 1, header, sheet.grid[header.row], key)
        told.problems.append(worded("HEADER_IN_WAN", CELL_TEXTS["HEADER_IN_WAN"], (place["value"],), place))
    # A merged cell would give one figure to several stations.
    if merged := [name for bottom, name in sheet.merged if bottom > header.row]:
        told.refuse_sheet(sheet.name, "MERGED_CELLS", "、".join(merged[:20]))
    seen: dict[str, int] = {row.code: row.number for row in told.rows}
    strange: dict[int, dict[int, str]] = {}
    for (number, at), what in sheet.strange.items():
        strange.setdefault(number, {})[at] = what
    for index in range(header.row + 1, len(sheet.grid)):
        cells = sheet.grid[index]
        texts = [text for cell in cells if (text := text_of(cell))]
        # The foot of a printed table: totals and signatures.
        if (not texts and index not in strange) or (texts and texts[0].replace(" ", "").startswith(FOOT)):
            continue
        row = _read_row(sheet.name, index + 1, header, cells, strange.get(index, {}), told)
        if row is None:
            continue
        if row.code in seen:
            wrong = CellWrong("DUPLICATE_CODE", row.code, seen[row.code])
            told.refuse_cell(row.sheet, row.number, header, cells, CODE, wrong)
            continue
        seen[row.code] = row.number
        told.rows.append(row)


def _read_row(
    sheet: str, number: int, header: MonthHeader, cells: Sequence[Any], strange: dict[int, str], told: MonthFile
) -> MonthRow | None:
    """Give a row, None when one of its cells is wrong; every wrong cell is noted, not only the first."""
    read: dict[str, Any] = {}
    for key, index in header.known.items():
        value = cells[index] if index < len(cells) else ""
        try:
            read[key] = _read_cell(key, value, strange.get(index))
        except CellWrong as wrong:
            told.refuse_cell(sheet, number, header, cells, key, wrong)
    if len(read) < len(header.known):
        return None
    figures = Figures.named({name.value: read.get(name) for name in ReportField})
    return MonthRow(sheet, number, header, cells, read[CODE], figures, read.get(NIL, False), read.get(NOTE),
                    read.get(REASON))  # fmt: skip


def _read_cell(key: str, value: Any, strange: str | None) -> Any:
    if strange is not None:
        raise CellWrong(strange) if strange == "FORMULA_WITHOUT_VALUE" else CellWrong("CELL_ERROR", strange)
    if key == CODE:
        code = text_of(value)
        if not code:
            raise CellWrong("CODE_MISSING")
        return code
    if key == NIL:
        return nil_of(value)
    if key in (NOTE, REASON):
        return note_of(value)
    return figure_of(value, is_money=ReportField(key) in MONEY)


def _place(sheet: str, number: int, header: MonthHeader, cells: Sequence[Any], key: str) -> dict[str, Any]:
    index = header.known.get(key)
    if index is None:
        return {"sheet": sheet, "row": number, "column": None, "header": None, "value": None}
    value = text_of(cells[index]) if index < len(cells) else ""
    return {"sheet": sheet, "row": number, "column": column_letter(index), "header": header.texts[index],
            "value": value}  # fmt: skip
