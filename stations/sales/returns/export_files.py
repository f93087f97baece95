"""Write the export as CSV or XLSX; no text of it can run as a formula, and numbers stay numbers."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from field_app_schema.vocab_months import FigureUnit
from field_app_schema.words.county_returns import WORDS
from stations.register.ledger.guards import guard
from stations.register.ledger.writing_sheet import MOST_CHARACTERS
from stations.sales.returns.export_cells import Cell, as_text
from stations.sales.returns.exporting import ExportTable

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {FigureUnit.YUAN: "0.00", FigureUnit.WAN_YUAN: "0.00####", FigureUnit.PIECES: "0", FigureUnit.TEXT: "@"}


def write_csv(table: ExportTable) -> bytes:
    """Give the table as CSV in UTF-8 with a mark; text is guarded, numbers (also below zero) are as they are."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([guard(column.heading) for column in table.columns])
    for row in table.rows:
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: Cell) -> str:
    """Write a cell, text with the guard before what a spreadsheet could run."""
    return guard(cell) if isinstance(cell, str) else as_text(cell)


def write_xlsx(table: ExportTable) -> bytes:
    """Give the table as a workbook, with a sheet that says how it is counted.

    Text is guarded here too: a workbook saved as CSV would otherwise come alive there.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {**_PLAIN, "in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(WORDS["export.sheet"][0])
        bold = workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "num_format": "@"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, 16, workbook.add_format({"num_format": _FORMATS[column.unit]}))
            sheet.write_string(0, place, guard(column.heading), bold)
        for number, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, Decimal | int):
                    sheet.write_number(number, place, float(cell))
                elif cell:
                    sheet.write_string(number, place, guard(cell)[:MOST_CHARACTERS])
        notes = workbook.add_worksheet(WORDS["export.notes"][0])
        notes.set_column(0, 0, 100)
        for number, note in enumerate(notes_of(table)):
            notes.write_string(number, 0, guard(note))
    return content.getvalue()


def write_json(table: ExportTable) -> dict[str, Any]:
    """Give the table as plain values: money as decimal strings, counts whole, an empty cell null."""
    rows = [[as_text(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
    return {"frame": table.frame, "set_by": table.set_by, "notes_zh": notes_of(table), "columns": table.columns,
            "rows": rows}  # fmt: skip


def notes_of(table: ExportTable) -> list[str]:
    """Say in Chinese how the sums are made, and that shipped headings are ours."""
    keys = ["export.coverage_note"] + (["export.shipped_columns"] if table.set_by is None else [])
    return [WORDS[key][0] for key in keys]
