"""Write a ledger as XLSX or CSV; what a person typed stays text, whatever it looks like to a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from stations.register.ledger.columns import COLUMNS
from stations.register.ledger.exporting import PRINTED, LedgerTable, lines_of
from stations.register.ledger.guards import guard
from stations.register.ledger.reading_sheet import EXAMPLE
from stations.register.ledger.terms import allowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# Excel's own limit; a longer text would be dropped without a word.
MOST_CHARACTERS = 32_767
_NO_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_CHOICES = ("kind", "coord_system", "host_type", "is_subsidised", "listing_status")
_EXAMPLE = {
    "code": EXAMPLE, "name": "示范村电商服务站(示例,导入时不读这一行)", "kind": "村级服务点", "county": "江永县",
    "township": "潇浦镇", "village": "何家湾村", "village_code": "431125100201", "lon": "111.3420", "lat": "25.2710",
    "coord_system": "CGCS2000", "services": "代购、快递收发", "is_subsidised": "是", "phone": "0746-1234567",
    "accepted_on": "2020-05-01", "listing_status": "在册",
}  # fmt: skip


def write_csv(table: LedgerTable) -> bytes:
    """Give the table as CSV in UTF-8 with a mark, text guarded against being run, numbers as they are."""
    text = StringIO()
    writer = csv.writer(text)
    for line in lines_of(table):
        writer.writerow([guard(cell) if isinstance(cell, str) else repr(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(table: LedgerTable) -> bytes:
    """Give the table as a workbook of one sheet; memory does not grow with the rows."""
    content = BytesIO()
    with text_workbook(content, constant_memory=True) as workbook:
        sheet = workbook.add_worksheet("台账")
        dress(workbook, sheet, table.headers)
        for number, line in enumerate(table.rows, start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, float):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell[:MOST_CHARACTERS])
    return content.getvalue()


def write_template() -> bytes:
    """Give the template: the headers, one example that the import passes over, and a sheet that explains."""
    content = BytesIO()
    with text_workbook(content) as workbook:
        sheet = workbook.add_worksheet("台账")
        dress(workbook, sheet, [column.header for column in PRINTED])
        for index, column in enumerate(PRINTED):
            sheet.write_string(1, index, _EXAMPLE.get(column.key, ""))
            if column.key in _CHOICES:
                words = [word for word in allowed(column.key) if word not in {"已并入", "未通过"}]
                sheet.data_validation(1, index, 50_000, index,
                                      {"validate": "list", "source": words, "error_type": "warning"})  # fmt: skip
        notes = workbook.add_worksheet("填写说明")
        notes.set_column(0, 2, 40)
        notes.write_row(0, 0, ["这一列", "怎样填", "可以用的词"])
        for number, column in enumerate(PRINTED, start=1):
            words = allowed(column.key) if column.key in (*_CHOICES, "services", "coord_quality") else []
            notes.write_row(number, 0, [column.header, column.note, "、".join(words)])
        accepted = ";".join(f"{column.header}:{'、'.join(column.synonyms)}" for column in COLUMNS if column.synonyms)
        notes.write_string(len(PRINTED) + 2, 0, "也认识的表头(次序不限,其他列原样保留)")
        notes.write_string(len(PRINTED) + 2, 1, accepted)
    return content.getvalue()


def text_workbook(content: BytesIO, **options: bool) -> Any:
    """Begin a workbook in which text stays text: no formula, no link, no number is ever made of it."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(content, {**plain, **options})
    # The library would write the present instant: the same table is to be the same bytes.
    workbook.set_properties({"created": _NO_TIME})
    return workbook


def dress(workbook: Any, sheet: Any, headers: list[str]) -> None:
    """Write the header row, bold and frozen, over text columns."""
    # Text columns, or a spreadsheet rounds codes and eats the noughts of telephone numbers as soon as somebody types.
    sheet.set_column(0, len(headers) - 1, 16, workbook.add_format({"num_format": "@"}))
    bold = workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "num_format": "@"})
    sheet.freeze_panes(1, 2)
    for index, header in enumerate(headers):
        sheet.write_string(0, index, header, bold)
