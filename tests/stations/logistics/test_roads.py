"""Road files of every kind become one network; what is wrong is named by its cell; a unit finds the nearest network."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from geo.datum import from_cgcs2000
from geo.distance import haversine_m
from geo.roads.measure import RoadMeasure
from stations.logistics.roads.asking import roads_for
from stations.logistics.roads.keeping import check_file, keep_roads, list_roads, withdraw_roads
from stations.logistics.roads.reading import read_roads
from stations.people.tables import AuditEvent
from tests.conftest import NOON
from tests.world import World

COUNTY = "/CN/43/4311/431125/"
HEADINGS = "from,to,length_m,class,minutes,from_lon,from_lat,to_lon,to_lat"
ROWS = (
    "a,b,1200,县道,2,111.30,25.20,111.31,25.20",
    "b,c,1300,乡道,,111.31,25.20,111.31,25.21",
    "x,y,1250,等外,5,111.40,25.30,111.40,25.31",
)
CSV = "\n".join((HEADINGS, *ROWS)).encode()


def checked(content: bytes, **how: Any) -> Any:
    return check_file(read_roads(content, **how))


def complaints(content: bytes) -> list[tuple[Any, ...]]:
    found = checked(content)
    assert found.packed is None
    return [(one["row"], one["column"], one["value"], one["zh"]) for one in found.problems["errors"]]


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("道路")
        sheet.write_row(0, 0, ["江永县道路"])
        sheet.write_row(
            1, 0, ["起点", "终点", "长度(米)", "等级", "分钟", "起点经度", "起点纬度", "终点经度", "终点纬度"]
        )
        for number, row in enumerate(ROWS):
            cells: list[Any] = row.split(",")
            sheet.write_row(number + 2, 0, [*cells[:2], float(cells[2]), cells[3], *cells[4:]])
    return made.getvalue()


def test_a_table_its_workbook_and_a_table_of_junctions_are_one_network() -> None:
    one = checked(CSV)
    assert {key: one.figures[key] for key in ("nodes", "edges", "components", "length_km", "derived")} == {
        "nodes": 5, "edges": 3, "components": 2, "length_km": 3.75, "derived": 1,
    }  # fmt: skip
    assert [notice["zh"] for notice in one.problems["notices"]] == [
        "1 条路段没有填分钟,按长度和等级推算。", "路网分成互不相通的 2 片,最大一片有 60.0% 的路口。",
    ]  # fmt: skip
    assert checked(workbook()).packed == one.packed
    assert checked(("\ufeff" + CSV.decode().replace(",", ";")).encode()).packed == one.packed
    assert checked(CSV.decode().encode("gb18030")).packed == one.packed
    short = "\n".join(("from,to,length_m,class,minutes,node,lon,lat", *(",".join(row.split(",")[:5]) for row in ROWS),
                       ",,,,,a,111.30,25.20", ",,,,,b,111.31,25.20", ",,,,,c,111.31,25.21", ",,,,,x,111.40,25.30",
                       ",,,,,y,111.40,25.31"))  # fmt: skip
    assert checked(short.encode()).packed == one.packed


def test_degrees_in_another_datum_are_converted() -> None:
    rows = []
    for row in ROWS:
        cells = row.split(",")
        for at in (5, 7):
            pair = from_cgcs2000(float(cells[at]), float(cells[at + 1]), "gcj02")
            cells[at : at + 2] = (str(float(one)) for one in pair)
        rows.append(",".join(cells))
    read = read_roads("\n".join((HEADINGS, *rows)).encode(), coord_system="gcj02")
    assert np.allclose(read.table.from_lon, [111.30, 111.31, 111.40], rtol=0, atol=1e-8)


def test_lines_are_measured_along_their_bends_and_meet_where_they_touch(tmp_path: Any) -> None:
    bends = [[[111.30, 25.20], [111.305, 25.205], [111.31, 25.20]], [[111.31, 25.20], [111.31, 25.21]]]
    geojson = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"highway": "tertiary", "length_m": long},
         "geometry": {"type": "LineString", "coordinates": line}}
        for line, long in zip(bends, (None, 1500), strict=True)
    ]}  # fmt: skip
    one = read_roads(json.dumps(geojson).encode())
    way = [float(haversine_m(*a, *b)) for a, b in zip(bends[0], bends[0][1:], strict=False)]
    assert one.table.length_m.tolist() == [pytest.approx(sum(way)), 1500.0]
    assert one.measured == 1
    found = check_file(one)
    assert (found.figures["nodes"], found.figures["components"]) == (3, 1)
    file = str(tmp_path / "roads.gpkg")
    shapes = shapely.to_wkb([shapely.LineString(bends[0]), shapely.MultiLineString([bends[1]])])
    pyogrio.raw.write(file, np.array(shapes, dtype=object), [np.array(["tertiary"] * 2, dtype=object),
                      np.array([np.nan, 1500.0])], ["highway", "length_m"], driver="GPKG", layer="roads",
                      geometry_type="Unknown", crs="EPSG:4490")  # fmt: skip
    content = (tmp_path / "roads.gpkg").read_bytes()
    assert checked(content).packed == found.packed
    file = str(tmp_path / "points.gpkg")
    pyogrio.raw.write(file, np.array(shapely.to_wkb([shapely.Point(111.3, 25.2)]), dtype=object), [np.array(["x"])],
                      ["highway"], driver="GPKG", layer="points", geometry_type="Point", crs="EPSG:4326")  # fmt: skip
    assert complaints((tmp_path / "points.gpkg").read_bytes())[0] == (1, None, None, "几何不是一条线。")


def test_what_is_wrong_is_named_by_its_cell() -> None:
    rows = [HEADINGS, "a,b,1.2km,县道,2,111.30,25.20,111.31,25.20", "b,,1300,乡道,-1,111.31,25.20,111.31,250.2",
            "b,d,1,村道,,111.9,25.20,111.31,25.21"]  # fmt: skip
    assert complaints("\n".join(rows).encode()) == [
        (2, "C", "1.2km", "“长度(米)”不是数。"),
        (2, "C", None, "缺少“长度(米)”。"),
        (3, "B", None, "缺少“终点”。"),
        (3, "E", None, "“分钟”小于 0。"),
        (3, "I", None, "“终点纬度”超出经纬度的范围。"),
        (4, "F", None, "同一个路口在前面的行里在 50 米以外。"),
    ]  # fmt: skip
    in_km = CSV.replace(b"1200", b"1.2").replace(b"1300", b"1.3").replace(b"1250", b"1.25")
    assert [one["zh"] for one in checked(in_km).problems["reasons"]] == ["长度像是公里,不是米。"]
    for content, code in ((b"a,b\n1,2", "NETWORK_FILE"), (b"", "NETWORK_FILE"), (b"\x00\x01", "NETWORK_FILE"),
                          (b"from,to,minutes\na,b,1", "NETWORK_COLUMNS")):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            read_roads(content)
    assert [one["code"] for one in checked(HEADINGS.encode()).problems["reasons"]] == ["no_edges"]


def keep(session: Session, world: World, person: str, content: bytes, **how: Any) -> Any:
    wish = {"unit": None, "name": "路", "file_name": "r.csv", "dry_run": False} | how
    return keep_roads(session, world.callers[person], checked(content), now=NOON, **wish)


def test_kept_once_found_by_the_units_below_and_withdrawn(session: Session, world: World) -> None:
    yong, jiang, zhou = (world.callers[one] for one in ("yong", "jiang", "zhou"))
    with pytest.raises(Refusal, match="ROADS_MISSING"):
        roads_for(session, jiang, COUNTY)
    assert keep(session, world, "yong", CSV, dry_run=True)["saved"] is False
    wide = keep(session, world, "yong", CSV)
    assert (wide["saved"], wide["usable"], wide["check"]["share_in_largest"]) == (True, True, 0.6)
    again = keep(session, world, "yong", CSV)
    assert (again["saved"], again["id"]) == (False, wide["id"])
    kept = roads_for(session, jiang, f"{COUNTY}431125100/")
    assert (kept.id, kept.unit_code) == (wide["id"], "4311")
    minutes = RoadMeasure(kept.graph).nearest([111.30], [25.20], [111.31], [25.21])[1]
    assert minutes.tolist() == [pytest.approx(2.0 + 1.3 / 30 * 60)]
    assert roads_for(session, jiang, COUNTY).graph is kept.graph
    own = keep(session, world, "jiang", CSV.replace(b"1200", b"1201"))
    assert roads_for(session, jiang, COUNTY).id == own["id"]
    withdraw_roads(session, jiang, own["id"], now=NOON)
    assert roads_for(session, jiang, COUNTY).id == wide["id"]
    assert [one["withdrawn_at"] for one in list_roads(session, yong, None)["graphs"]] == [NOON, None]
    assert list_roads(session, zhou, None)["graphs"] == []
    with pytest.raises(Refusal, match="ROADS_UNKNOWN"):
        withdraw_roads(session, zhou, own["id"], now=NOON)
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        roads_for(session, zhou, COUNTY)
    with pytest.raises(Refusal) as caught:
        keep(session, world, "jiang", CSV.replace(b"1200", b""))
    assert (caught.value.code, caught.value.details["result"]["error_count"]) == ("ROADS_UNUSABLE", 1)
    acts = session.scalars(select(AuditEvent.action).where(AuditEvent.object_kind == "road_graph")).all()
    assert acts == ["roads.import", "roads.import", "roads.withdraw"]
