"""The template of each kind of network file: headings, one example that the import passes over, and what is what."""

from __future__ import annotations

from io import BytesIO

from field_app_schema.vocab_network import NetworkFile
from stations.logistics.rows.columns import COLUMNS, Cell, Column
from stations.logistics.rows.terms import allowed
from stations.register.ledger.reading_sheet import EXAMPLE
from stations.register.ledger.terms import allowed as services_allowed
from stations.register.ledger.writing_sheet import dress, text_workbook

NAMES = {
    NetworkFile.NODES: "物流节点", NetworkFile.ROUTES: "物流线路", NetworkFile.COURIERS: "快递进村",
    NetworkFile.TRACES: "配送轨迹", NetworkFile.VILLAGES: "行政村", NetworkFile.LINKS: "站点服务村",
}  # fmt: skip
_LAST_ROW = 50_000


def write_template(kind: NetworkFile) -> bytes:
    """Give a workbook of two sheets: one to fill in, one that explains each column and the words it takes."""
    content, columns = BytesIO(), COLUMNS[kind]
    with text_workbook(content) as workbook:
        sheet = workbook.add_worksheet(NAMES[kind])
        dress(workbook, sheet, [column.header for column in columns])
        for index, column in enumerate(columns):
            # The mark stands in the first cell, so that the row is known for what it is.
            sheet.write_string(1, index, EXAMPLE + column.example if index == 0 else column.example)
            if column.cell is Cell.WORD:
                choice = {"validate": "list", "source": allowed(column.key), "error_type": "warning"}
                sheet.data_validation(2, index, _LAST_ROW, index, choice)
        notes = workbook.add_worksheet("填写说明")
        notes.set_column(0, 4, 30)
        notes.write_row(0, 0, ["这一列", "必填", "怎样填", "可以用的词", "也认识的表头"])
        for number, column in enumerate(columns, start=1):
            notes.write_row(number, 0, [column.header, "是" if column.required else "", column.note, _words(column),
                                        "、".join((column.key, *column.synonyms))])  # fmt: skip
    return content.getvalue()


def _words(column: Column) -> str:
    if column.cell is Cell.SERVICES:
        return "、".join(services_allowed("services"))
    return "、".join(allowed(column.key)) if column.cell is Cell.WORD else ""
