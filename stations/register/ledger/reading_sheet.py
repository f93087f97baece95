"""Read a ledger file into rows of cells, each cell still knowing where the person sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from stations.register.ledger.cells import text_of
from stations.register.ledger.columns import column_letter
from stations.register.ledger.header import Header, find_header, refuse_without_header
from stations.register.ledger.opening_sheet import Sheet, open_sheets
from stations.register.ledger.problems import Problem, problem
from stations.register.ledger.workbook_safety import MOST_ROWS, unreadable

EXAMPLE = "【示例】"
# The foot of a printed table: totals and signatures, never stations.
FOOT = ("合计", "总计", "小计", "填表", "填报", "制表", "审核", "负责人签", "注:", "注：", "说明", "备注:", "备注：")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the person sees it, the cells by column index, and what is strange about some."""

    sheet: str
    number: int
    header: Header
    cells: Sequence[Any]
    strange: dict[int, str]

    def cell(self, key: str) -> Any:
        """Give the cell of a known column, or an empty text when the sheet has no such column."""
        index = self.header.known.get(key)
        return "" if index is None or index >= len(self.cells) else self.cells[index]

    def extra(self) -> dict[str, str]:
        """Give the filled cells of the columns we do not know, by their header."""
        texts = ((name, text_of(self.cells[i])) for name, i in self.header.extra.items() if i < len(self.cells))
        return {name: text for name, text in texts if text}

    def place(self, key: str) -> dict[str, Any]:
        """Say where a cell stands, for a message; the first column when the sheet has no such one."""
        index = self.header.known.get(key)
        if index is None:
            return {"sheet": self.sheet, "row": self.number}
        return {"sheet": self.sheet, "row": self.number, "column": column_letter(index),
                "header": self.header.texts[index], "value": text_of(self.cell(key))}  # fmt: skip


@dataclass
class Ledger:
    """What a file held: its rows, and notices and errors of reading."""

    rows: list[SheetRow] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def columns(self) -> set[str]:
        """Give the known columns that at least one sheet has."""
        return {key for row in self.rows for key in row.header.known}


def read_ledger(content: bytes) -> Ledger:
    """Read an XLSX or CSV file, known by its first bytes and not by its name.

    Refuses with LEDGER_UNREADABLE, and with LEDGER_COLUMNS when no sheet has the header of a ledger.
    """
    ledger = Ledger()
    sheets = open_sheets(content, ledger.notices)
    found = [(sheet, find_header(sheet.grid)) for sheet in sheets]
    if all(header is None or header.missing for _, header in found):
        refuse_without_header([(sheet.name, header) for sheet, header in found])
    for sheet, header in found:
        if header is None or header.missing:
            ledger.notices.append(problem("SHEET_SKIPPED", sheet.name, sheet=sheet.name))
        else:
            _take_rows(sheet, header, ledger)
    if len(ledger.rows) > MOST_ROWS:
        raise unreadable(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
    return ledger


def _take_rows(sheet: Sheet, header: Header, ledger: Ledger) -> None:
    strange: dict[int, dict[int, str]] = {}
    for (number, column), what in sheet.strange.items():
        strange.setdefault(number, {})[column] = what
    passed: list[str] = []
    for index in range(header.row + 1, len(sheet.grid)):
        cells = sheet.grid[index]
        if not any(cell not in {"", None} and text_of(cell) for cell in cells) and index not in strange:
            continue
        row = SheetRow(sheet.name, index + 1, header, cells, strange.get(index, {}))
        if _is_no_station(row):
            passed.append(str(index + 1))
        else:
            ledger.rows.append(row)
    # Merged titles and headers are how such tables are drawn; only merged rows of stations need a second look.
    if merged := [name for bottom, name in sheet.merged if bottom > header.row]:
        ledger.notices.append(problem("MERGED_CELLS", "、".join(merged[:20]), sheet=sheet.name))
    if passed:
        ledger.notices.append(problem("ROWS_PASSED_OVER", "、".join(passed[:20]), sheet=sheet.name))
    if header.extra:
        ledger.notices.append(problem("EXTRA_COLUMNS", "、".join(list(header.extra)[:20]), sheet=sheet.name))


def _is_no_station(row: SheetRow) -> bool:
    """Say whether a row is the template's example, a header printed again, or the foot of the table."""
    if text_of(row.cell("code")) == EXAMPLE:
        return True
    texts = [text_of(cell) for cell in row.cells]
    repeated = sum(1 for text, header in zip(texts, row.header.texts, strict=False) if text and text == header)
    filled = [text for text in texts if text]
    if repeated >= 3 and repeated == len(filled):
        return True
    if not filled or len(set(filled)) > 3 or text_of(row.cell("village_code")):
        return False
    # Three different texts at most, because in a merged foot every cell says the same.
    return filled[0].replace(" ", "").startswith(FOOT)
