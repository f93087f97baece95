"""Files of network facts become tables of cells that know their place; hostile files are refused in words."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
import xlsxwriter

from field_app_schema.refusals import Refusal
from stations.logistics.reading.opening import read_table
from stations.logistics.reading.table import Table

CSV = "节点编号,名称,经度\nN1,甲,111.5\n\nN2,乙,\n"


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def collection(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geopackage(path: Path, geometries: list[Any], *, kind: str = "Point", crs: str = "EPSG:4326") -> bytes:
    """Write a layer as the real GDAL does."""
    names = np.array([f"N{number}" for number in range(len(geometries))], dtype=object)
    wkb = np.array([None if one is None else shapely.to_wkb(one) for one in geometries], dtype=object)
    pyogrio.raw.write(path, wkb, [names], ["code"], geometry_type=kind, crs=crs, driver="GPKG", layer="nodes",
                      promote_to_multi=kind.startswith("Multi"))  # fmt: skip
    return path.read_bytes()


def forge(path: Path, *statements: str) -> bytes:
    """Change a GeoPackage behind GDAL's back."""
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return path.read_bytes()


def refused(content: bytes, **how: Any) -> str:
    with pytest.raises(Refusal) as raised:
        read_table("f", content, **how)
    assert raised.value.code == "NETWORK_FILE"
    return " ".join(raised.value.errors["file"])


def plain(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.headings, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_keeps_the_place_of_each_cell(encoding: str) -> None:
    table = read_table("节点.csv", CSV.encode(encoding))
    assert table.headings == ("节点编号", "名称", "经度")
    assert table.rows == [["N1", "甲", "111.5"], ["N2", "乙", ""]]
    assert table.said_place(1, 2) == "第4行 C列 / row 4, column C"
    assert table.place(0, 2) == {"sheet": "CSV", "row": 2, "column": "C", "header": "经度", "value": "111.5"}


def test_the_sheet_and_the_row_with_most_known_headings_are_taken() -> None:
    rows = [["江永县物流节点"], ["编号", "名称", "层级"], ["N1", "甲", "县"]]
    content = workbook(("说明", [["编号", "请看"]]), ("节点", rows))
    known = {"编号": "code", "名称": "name", "层级": "level"}
    assert plain(read_table("n.xlsx", content, knows=known.get)) == [{"编号": "N1", "名称": "甲", "层级": "县"}]
    assert read_table("n.xlsx", content, knows=known.get).said_place(0, 0) == "第3行 A列 / row 3, column A"
    assert plain(read_table("n.xlsx", content)) == []


def test_a_formula_without_a_value_is_known_by_its_cell() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("n")
        sheet.write_row(0, 0, ["code", "days"])
        sheet.write_row(1, 0, ["N1"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    assert read_table("n.xlsx", content.getvalue()).strange == {(0, 1): "#DIV/0!"}


def test_points_and_lines_of_geojson_become_columns() -> None:
    line = feature("MultiLineString", [[[111, 25], [111.2, 25.1], [111.3, 25.2]]], **{"class": "county", "tags": None})
    table = read_table("r.geojson", collection(feature("Point", [111.5, 25.5, 300], lon="mine", code="N1"), line))
    assert plain(table) == [
        {"lon": 111.5, "code": "N1", "class": "", "tags": "", "lat": 25.5,
         "from_lon": "", "from_lat": "", "to_lon": "", "to_lat": ""},
        {"lon": "", "code": "", "class": "county", "tags": "", "lat": "",
         "from_lon": 111.0, "from_lat": 25.0, "to_lon": 111.3, "to_lat": 25.2},
    ]  # fmt: skip
    assert table.said_place(1, table.headings.index("class")) == "第2个要素 class / feature 2, class"


@pytest.mark.parametrize(("kind", "crs"), [("Point", "EPSG:4326"), ("MultiPoint", "EPSG:4490")])
def test_points_of_a_geopackage_that_gdal_wrote(tmp_path: Path, kind: str, crs: str) -> None:
    table = read_table("n", geopackage(tmp_path / "n.gpkg", [shapely.Point(111.5, 25.5), None], kind=kind, crs=crs))
    assert [(row["code"], row["lon"], row["lat"]) for row in plain(table)] == [("N0", 111.5, 25.5), ("N1", "", "")]


def test_lines_of_a_geopackage_give_their_two_ends(tmp_path: Path) -> None:
    line = shapely.LineString([(111, 25, 1), (111.5, 25.1, 1), (112, 26, 1)])
    table = read_table("n", geopackage(tmp_path / "n.gpkg", [line], kind="LineString Z"))
    assert plain(table)[0] | {"from_lon": 111.0, "from_lat": 25.0, "to_lon": 112.0, "to_lat": 26.0} == plain(table)[0]


def test_of_several_layers_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "n.gpkg"
    geopackage(path, [shapely.Point(111, 25)])
    pyogrio.raw.write(path, np.array([shapely.to_wkb(shapely.Point(112, 26))], dtype=object), [], [], append=True,
                      geometry_type="Point", crs="EPSG:4326", driver="GPKG", layer="other")  # fmt: skip
    assert "nodes、other" in refused(path.read_bytes())
    assert plain(read_table("n", path.read_bytes(), layer="other"))[0]["lon"] == 112.0
    assert "nodes、other" in refused(path.read_bytes(), layer="third")


def test_another_grid_is_refused_in_words(tmp_path: Path) -> None:
    assert "EPSG:3857" in refused(geopackage(tmp_path / "n.gpkg", [shapely.Point(1e7, 3e6)], crs="EPSG:3857"))
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    assert "EPSG:4490" in refused(collection(feature("Point", [1, 2]), crs=named))
    right = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    assert len(read_table("n", collection(feature("Point", [111, 25]), crs=right)).rows) == 1


@pytest.mark.parametrize("content", [
    b"", b" \n", b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0 old excel", b"a,b\n\x00\x01", b"{", b"[1]", b"{}",
    b"[" * 100_000, b"{" * 3_000_000, b'{"type":"FeatureCollection","features":[1]}', b"SQLite format 3\x00",
    b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[NaN,1]}}',
    b'{"type":"Feature","properties":[1],"geometry":null}', b'{"type":"FeatureCollection","features":{}}',
    collection(feature("Polygon", [[[1, 2], [3, 4], [5, 6], [1, 2]]])), collection(feature("Point", ["1", "2"])),
    collection(feature("MultiPoint", [[1, 2], [3, 4]])), collection(feature("LineString", [[1, 2]])),
    b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1' + b"0" * 400 + b",1]}}",
    collection({"type": "Feature", "properties": {}, "geometry": "POINT"}), b"\xff\xfe\x00", b"x" * 25_000_001,
])  # fmt: skip
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    assert " / " in refused(content)


def test_a_bomb_and_a_long_file_are_refused_before_they_are_unpacked() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 1000)
    # The directory at the end says how large the member is: half a gigabyte.
    directory = bomb.getvalue().index(b"PK\x01\x02")
    said = bomb.getvalue()[: directory + 24] + (500_000_000).to_bytes(4, "little") + bomb.getvalue()[directory + 28 :]
    assert "解压后太大" in refused(said)
    assert "最多 50000 行" in refused(b"a,b\n" + b"1,2\n" * 50_200)
    assert len(read_table("e.csv", b"a,b\n" + b"1,2\n" * 50_200, most_rows=60_000).rows) == 50_200


def test_a_damaged_workbook_is_refused_wherever_it_is_damaged() -> None:
    whole = workbook(("n", [["code", "name"], ["N1", "甲"]]))
    for start in range(40, len(whole), 211):
        with suppress(Refusal):
            read_table("n", whole[:start] + b"\xa5" * 30 + whole[start + 30 :])


def test_a_geopackage_is_no_program(tmp_path: Path) -> None:
    path = tmp_path / "n.gpkg"
    whole = geopackage(path, [shapely.Point(111, 25)] * 50)
    for cut in (100, 4096, len(whole) // 2):
        assert refused(whole[:cut])
    path.write_bytes(whole)
    forge(path, "ALTER TABLE nodes RENAME TO hidden",
          "CREATE VIEW nodes AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid, "
          "NULL AS geom, x AS code FROM c")  # fmt: skip
    assert "视图" in refused(path.read_bytes())
    other = tmp_path / "other.db"
    assert "别的 SQLite" in refused(forge(other, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)"))
    forge(other, "CREATE VIEW gpkg_contents AS SELECT load_extension('x') AS table_name")
    assert "别的 SQLite" in refused(other.read_bytes())


def test_a_broken_page_never_fails_otherwise_than_in_words(tmp_path: Path) -> None:
    whole = geopackage(tmp_path / "n.gpkg", [shapely.Point(111, 25)] * 200)
    for start in range(0, len(whole), 3571):
        with suppress(Refusal):
            read_table("n", whole[:start] + b"\xff" * 64 + whole[start + 64 :])
