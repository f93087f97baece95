"""Read a file into a table: XLSX, CSV (UTF-8 or GB18030), GeoJSON or GeoPackage, known by its bytes, not its name."""

from __future__ import annotations

from typing import Any

from field_app_schema.refusals import Refusal
from stations.logistics.reading.geojson import read_geojson
from stations.logistics.reading.geopackage import MAGIC, read_geopackage
from stations.logistics.reading.table import MOST_ROWS, Knows, Table, check_size, headings_row, unreadable
from stations.register.ledger.cells import text_of
from stations.register.ledger.opening_sheet import Sheet, open_sheets
from stations.register.ledger.workbook_safety import MOST_BYTES


def read_table(
    name: str, content: bytes, *, knows: Knows | None = None, layer: str | None = None, most_rows: int = MOST_ROWS
) -> Table:
    """Read the table of a file; of geometry only lon, lat of points and from_lon … to_lat of lines are kept.

    `knows` says which column a heading means: the row and the sheet with most known headings are taken, without it
    the first filled row of the first sheet. `layer` names a sheet or a layer. Refuses with NETWORK_FILE.
    """
    if len(content) > MOST_BYTES:
        raise unreadable(f"文件超过 {MOST_BYTES // 1_000_000} MB", f"larger than {MOST_BYTES // 1_000_000} MB")
    if not content.strip():
        raise unreadable("文件是空的", "the file is empty")
    if content.startswith(MAGIC):
        return read_geopackage(name, content, layer=layer, most_rows=most_rows)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return read_geojson(name, content, most_rows=most_rows)
    try:
        sheets = open_sheets(content, [], most_rows)
    except Refusal as refusal:
        raise Refusal("NETWORK_FILE", errors=refusal.errors) from refusal
    found = [_table_of(sheet, knows) for sheet in sheets if layer is None or sheet.name in (layer, "CSV")]
    tables = [table for table in found if table is not None]
    if not tables:
        raise unreadable("没有找到表头", "no row of headings")
    table = max(tables, key=lambda one: _known(one, knows)) if knows else tables[0]
    check_size(len(table.rows), len(table.headings), most_rows)
    return table


def _known(table: Table, knows: Knows) -> int:
    return len({key for heading in table.headings if (key := knows(heading))})


def _table_of(sheet: Sheet, knows: Knows | None) -> Table | None:
    top = headings_row(sheet.grid, knows)
    if top is None:
        return None
    headings = tuple(text_of(cell) for cell in sheet.grid[top])
    while headings and not headings[-1]:
        headings = headings[:-1]
    rows: list[list[Any]] = []
    numbers: list[int] = []
    strange_rows = {row for row, _ in sheet.strange}
    for index in range(top + 1, len(sheet.grid)):
        cells = sheet.grid[index]
        if index not in strange_rows and not any(cell not in ("", None) and text_of(cell) for cell in cells):
            continue
        rows.append([*cells[: len(headings)], *[""] * (len(headings) - len(cells))])
        numbers.append(index + 1)
    at = {number - 1: row for row, number in enumerate(numbers)}
    strange = {(at[row], column): what for (row, column), what in sheet.strange.items()
               if row in at and column < len(headings)}  # fmt: skip
    return Table(sheet.name, headings, rows, numbers, strange=strange)
