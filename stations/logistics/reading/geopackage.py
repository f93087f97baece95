"""GeoPackage (OGC 12-128r18) as a table, read with SQLite alone, from memory, bounded, and without side effects.

A GeoPackage is somebody else's database: a view or a virtual table in it is a program that would run here. So the
file is never opened by name: a copy in memory is read, of plain tables only, by one SELECT under an authorizer that
allows reading and nothing else (no function, no pragma, no attaching), with a budget of steps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from stations.logistics.reading.features import KNOWN_CRS, ends_or_none, table_of_features
from stations.logistics.reading.shapes import ends_of_geopackage
from stations.logistics.reading.table import Table, check_size, unreadable

MAGIC = b"SQLite format 3\x00"
# Steps of SQLite's machine before it is told to stop: a table of 500,000 rows and 40 columns takes some 25 million.
_STEP, _MOST_STEPS = 100_000, 100_000_000
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_CATALOGUE = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_LAYERS = """
SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id
FROM gpkg_contents c
LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
WHERE c.data_type IN ('features', 'attributes')
ORDER BY c.data_type = 'attributes', c.table_name LIMIT 1000
"""


def read_geopackage(name: str, content: bytes, *, layer: str | None, most_rows: int) -> Table:
    """Read one layer: the named one, else the only one with geometry, else the only one; refuses with NETWORK_FILE."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        try:
            _open(database, content)
            chosen, geometry = _choose(database, layer)
            # The whole is read here: what is broken in the middle shows only then.
            features = list(_rows(database, chosen, geometry, most_rows, most_bytes=2 * len(content) + 1_000_000))
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            raise unreadable("GPKG 文件已损坏,或是别的 SQLite 文件", "a damaged GPKG, or another SQLite") from error
    return table_of_features(chosen, features, most_rows=most_rows)


def layer_rows(content: bytes, *, layer: str | None, most_rows: int) -> Iterator[tuple[Any, ...]]:
    """Give a layer row by row, for files too long for a table: first the names of its columns, then the cells.

    The geometry is the first column, called "" and empty where the layer has none, its cells blobs or None. Chosen and
    refused like `read_geopackage`.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        try:
            _open(database, content)
            chosen, geometry = _choose(database, layer)
            cells = _cells(database, chosen, most_rows, most_bytes=2 * len(content) + 1_000_000)
            names = next(cells)
            order = [number for number, name in enumerate(names) if name != geometry]
            at = names.index(geometry) if geometry in names else None
            yield ("", *(names[number] for number in order))
            for row, values in enumerate(cells, start=1):
                check_size(row, len(names), most_rows)
                yield (None if at is None else values[at], *(values[number] for number in order))
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            raise unreadable("GPKG 文件已损坏,或是别的 SQLite 文件", "a damaged GPKG, or another SQLite") from error


def _open(database: sqlite3.Connection, content: bytes) -> None:
    # Bytes 18 and 19 say «write-ahead log», of which a copy in memory has none; what is in the file is whole.
    head = content[:18] + b"\x01\x01" + content[20:]
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.deserialize(head)
    database.execute("PRAGMA query_only = ON")
    left = _MOST_STEPS // _STEP

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    database.set_progress_handler(stop, _STEP)
    # The fifth word names the view or trigger on whose behalf something is asked.
    database.set_authorizer(
        lambda action, _1, _2, _3, inside: (
            sqlite3.SQLITE_OK if action in _ALLOWED and inside is None else sqlite3.SQLITE_DENY
        )
    )


def _choose(database: sqlite3.Connection, layer: str | None) -> tuple[str, str | None]:
    made_by = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' LIMIT 10000"))
    if not all(_is_plain(made_by.get(name)) for name in _CATALOGUE):
        raise unreadable("是别的 SQLite 文件,不是 GPKG", "another SQLite file, no GeoPackage")
    layers = database.execute(_LAYERS).fetchall()
    if layer is None and any(one[1] for one in layers):
        layers = [one for one in layers if one[1]]
    found = [one for one in layers if layer is None or one[0] == layer]
    if len(found) != 1:
        named = "、".join(str(one[0])[:40] for one in layers[:20]) or "无 / none"
        raise unreadable(f"请指定图层(layer),文件中有:{named}", f"name one layer of: {named}")
    table, geometry, organization, number = found[0]
    if not _is_plain(made_by.get(table)):
        raise unreadable("图层不是普通表(视图和虚拟表不读)", "the layer is a view or a virtual table, not read")
    if geometry is not None and (str(organization).upper(), number) not in KNOWN_CRS:
        said = f"{organization}:{number}"[:60]
        raise unreadable(f"坐标系 {said} 不能读,请转为 EPSG:4326 或 EPSG:4490",
                         f"convert {said} to EPSG:4326 or EPSG:4490")  # fmt: skip
    return str(table), geometry


def _is_plain(made_by: object) -> bool:
    # SQLite writes these two words itself; a virtual table has another second word.
    return isinstance(made_by, str) and made_by.split()[:2] == ["CREATE", "TABLE"]


def _rows(
    database: sqlite3.Connection, table: str, geometry: str | None, most_rows: int, *, most_bytes: int
) -> Iterator[tuple[dict[str, Any], dict[str, float] | None]]:
    told = _cells(database, table, most_rows, most_bytes=most_bytes)
    names = next(told)
    for values in told:
        cells = dict(zip(names, values, strict=True))
        ends = ends_or_none(ends_of_geopackage, cells.pop(geometry, None)) if geometry else {}
        yield {key: "" if value is None or isinstance(value, bytes) else value for key, value in cells.items()}, ends


def _cells(database: sqlite3.Connection, table: str, most_rows: int, *, most_bytes: int) -> Iterator[tuple[Any, ...]]:
    """Give the names of a table's columns, then its rows."""
    quoted = table.replace('"', '""')
    told = database.execute(f'SELECT * FROM "{quoted}" LIMIT {most_rows + 1}')  # noqa: S608  # quoted, and read only
    names = tuple(str(one[0]) for one in told.description)
    check_size(0, len(names), most_rows)
    yield names
    for values in told:
        # Rows of a forged file can share their pages, and so be far more than the file.
        most_bytes -= sum(len(value) for value in values if isinstance(value, str | bytes))
        if most_bytes < 0:
            raise unreadable("文件内容不成形", "the rows are larger than the file")
        yield values
