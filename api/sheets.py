"""A table of figures as a file, CSV or XLSX: text never runs, numbers stay numbers, and the frame goes with it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from flask import Response

from api.downloads import download
from stations.register.ledger.guards import guard
from stations.register.ledger.writing_sheet import CSV, MOST_CHARACTERS, XLSX, dress, text_workbook


class Plain(float):
    """A number that is shown as it is, such as degrees or days."""


# A whole number is a count, a float a share, a Decimal money in 元; None is an empty cell.
Cell = str | int | float | Decimal | None
_FORMS = {int: "0", float: "0.0%", Decimal: "0.00", Plain: "General"}


@dataclass(frozen=True)
class FigureTable:
    """A table for a file: its names (Chinese, ASCII), its columns and rows, and what stands beside every figure."""

    name: str
    ascii_name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[tuple[str, str]]
    sheet: str = "数据"
    notes_sheet: str = "说明"


def sheet_answer(table: FigureTable, form: str) -> Response:
    """Answer a table as a file of the form «xlsx» or «csv»."""
    content, kind = (as_xlsx(table), XLSX) if form == "xlsx" else (as_csv(table), CSV)
    return download(content, kind, f"{table.name}.{form}", f"{table.ascii_name}.{form}")


def as_csv(table: FigureTable) -> bytes:
    """Give CSV in UTF-8 with a mark; after an empty line follow the notes, so that no figure leaves without them."""
    text = StringIO()
    writer = csv.writer(text)
    for line in [table.headers, *table.rows, [], *table.notes]:
        writer.writerow([_plain(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: FigureTable) -> bytes:
    """Give a workbook of two sheets: the table, and the notes."""
    content = BytesIO()
    with text_workbook(content) as workbook:
        forms = {kind: workbook.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        sheet = workbook.add_worksheet(table.sheet)
        dress(workbook, sheet, [header[:MOST_CHARACTERS] for header in table.headers])
        for number, line in enumerate(table.rows, start=1):
            for column, cell in enumerate(line):
                _write(sheet, number, column, cell, forms)
        notes = workbook.add_worksheet(table.notes_sheet)
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 100)
        for number, (what, said) in enumerate(table.notes):
            notes.write_string(number, 0, what)
            notes.write_string(number, 1, said[:MOST_CHARACTERS])
    return content.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, forms: dict[type, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:MOST_CHARACTERS])
    else:
        sheet.write_number(row, column, cell, forms[type(cell)])


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(cell)
    return "" if cell is None else str(round(cell, 6)) if isinstance(cell, float) else str(cell)
