"""Read a road file into columns without keeping its cells: 700,000 edges are some hundred megabytes otherwise."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from stations.logistics.reading.geopackage import MAGIC, layer_rows
from stations.logistics.reading.opening import read_table
from stations.logistics.reading.shapes import wkb_of_geopackage
from stations.logistics.reading.table import SEARCHED_ROWS, unreadable
from stations.logistics.roads.columns import knows, places_of
from stations.logistics.roads.filling import LineRows, RoadFile, Source, fill

MOST_EDGES = 2_000_000
MOST_BYTES = 300_000_000
_SNIFFED = 20_000


def read_roads(content: bytes, *, layer: str | None = None, coord_system: str = "cgcs2000") -> RoadFile:
    """Read CSV (UTF-8 or GB18030), XLSX, GeoJSON or GPKG, known by its bytes; degrees are of `coord_system`.

    An empty length is measured along the line where there is one. Refuses with NETWORK_FILE and NETWORK_COLUMNS; a
    wrong cell is an error of the file.
    """
    if len(content) > MOST_BYTES:
        raise unreadable(f"文件超过 {MOST_BYTES // 1_000_000} MB", f"larger than {MOST_BYTES // 1_000_000} MB")
    source = _open(content, layer)
    at = places_of(source.headings, has_lines=source.lines is not None)
    return fill(source, at, coord_system, most_edges=MOST_EDGES)


def _open(content: bytes, layer: str | None) -> Source:
    if content.startswith(MAGIC):
        told = layer_rows(content, layer=layer, most_rows=MOST_EDGES)
        headings = next(told)
        first = list(next(told, ()))
        lines = LineRows() if first and first[0] is not None else None
        rows = _with_lines(chain([first] if first else [], told), lines)
        return Source(layer or "GPKG", headings, rows, is_sheet=False, lines=lines)
    if content[:4] == b"PK\x03\x04" or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        table = read_table("", content, knows=knows, layer=layer)
        rows = zip(table.numbers, table.rows, strict=True)
        lines = None if table.is_sheet else _geojson_lines(content)
        return Source(table.name, table.headings, rows, is_sheet=table.is_sheet, lines=lines)
    return _csv(content)


def _with_lines(told: Iterable[Sequence[Any]], lines: LineRows | None) -> Iterator[tuple[int, Sequence[Any]]]:
    for number, cells in enumerate(told, start=1):
        if lines is not None:
            lines.add(wkb_of_geopackage(cells[0]))
        yield number, cells


def _geojson_lines(content: bytes) -> LineRows | None:
    # Bounded and well-formed: `read_table` has read the same bytes.
    told = json.loads(content.decode("utf-8-sig"))
    geometries = [one.get("geometry") for one in told.get("features", [told])]
    return LineRows(one and json.dumps(one) for one in geometries) if any(geometries) else None


def _csv(content: bytes) -> Source:
    if b"\x00" in content[:_SNIFFED] or not content.strip():
        raise unreadable("读不出表格", "no table can be read")
    encoding = _encoding(content)
    head = content[:_SNIFFED].decode(encoding, errors="ignore")
    delimiter = max(",\t;", key=head.count)
    records = enumerate(csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding, newline=""), delimiter=delimiter),
                        start=1)  # fmt: skip
    for number, record in records:
        if sum(1 for heading in record if knows(heading)) >= 3:
            return Source("CSV", tuple(record), _readable(records))
        if number > SEARCHED_ROWS:
            break
    raise unreadable("没有找到表头", "no row of headings")


def _readable(records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, record in records:
            if any(record):
                yield number, record
    except csv.Error as error:
        raise unreadable(f"CSV 格式有误({error})", f"malformed CSV ({error})") from error


def _encoding(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise unreadable("文字编码无法识别,请存为 UTF-8", "unknown encoding; save it as UTF-8")
