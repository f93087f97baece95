"""A table as it came out of a file: headings, rows of cells, and where a person sees each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from field_app_schema.refusals import Refusal
from stations.register.ledger.cells import text_of
from stations.register.ledger.columns import column_letter

# Titles, dates and the name of the office may stand above the headings of a sheet.
SEARCHED_ROWS = 30
MOST_ROWS = 50_000
MOST_COLUMNS = 200

# Which column a heading means, or None.
Knows = Callable[[str], str | None]


@dataclass(frozen=True)
class Table:
    """Headings and rows of equal width (short rows are filled with ""), with the numbers a person sees.

    `numbers` are rows of a sheet from 1, or features from 1 in their order; `strange` names the cells (row and column
    from 0) that hold a formula without a value (FORMULA_WITHOUT_VALUE) or an error ("#N/A" and the like).
    """

    name: str
    headings: tuple[str, ...]
    rows: list[list[Any]]
    numbers: list[int]
    is_sheet: bool = True
    strange: dict[tuple[int, int], str] = field(default_factory=dict)

    def place(self, row: int, column: int | None) -> dict[str, Any]:
        """Say where a cell stands: sheet, row from 1, column letter, heading and what stood there; rows from 0."""
        if column is None:
            return {"sheet": self.name, "row": self.numbers[row], "column": None, "header": None, "value": None}
        return {
            "sheet": self.name, "row": self.numbers[row], "column": column_letter(column) if self.is_sheet else None,
            "header": self.headings[column], "value": text_of(self.rows[row][column])[:200],
        }  # fmt: skip

    def said_place(self, row: int, column: int | None = None) -> str:
        """Say the place in words: «第3行 C列 / row 3, column C», of features «第3个要素 name / feature 3, name»."""
        number = self.numbers[row]
        if not self.is_sheet:
            if column is None:
                return f"第{number}个要素 / feature {number}"
            return f"第{number}个要素 {self.headings[column]} / feature {number}, {self.headings[column]}"
        if column is None:
            return f"第{number}行 / row {number}"
        letter = column_letter(column)
        return f"第{number}行 {letter}列 / row {number}, column {letter}"


def unreadable(zh: str, en: str) -> Refusal:
    """Make the refusal that says why a file cannot be read."""
    return Refusal("NETWORK_FILE", errors={"file": [f"{zh} / {en}"]})


def check_size(rows: int, columns: int, most_rows: int) -> None:
    """Refuse with NETWORK_FILE what is too long or too wide."""
    if rows > most_rows or columns > MOST_COLUMNS:
        zh, en = f"最多 {most_rows} 行、{MOST_COLUMNS} 列", f"at most {most_rows} rows and {MOST_COLUMNS} columns"
        raise unreadable(zh, en)


def headings_row(grid: Sequence[Sequence[Any]], knows: Knows | None) -> int | None:
    """Give the row (from 0) that holds most known headings, the first of equals; where none is known, the first."""
    best, most = None, -1
    for number, cells in enumerate(grid[:SEARCHED_ROWS]):
        texts = [text for cell in cells if (text := text_of(cell))]
        found = 0 if knows is None else len({key for text in texts if (key := knows(text))})
        if texts and found > most:
            best, most = number, found
    return best
