"""The doors of the network: a file tried and taken in whole, what stands on a day, templates, and the command."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import python_calamine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from field_app_schema.vocab_network import NetworkFile
from stations.logistics.rows.columns import COLUMNS
from stations.records.network import LogisticsNode, NetworkImport
from tests.stations.logistics.test_taking_in import NODES
from tests.world import World

ROUTES = "起点节点编号,终点节点编号,每周班次,开始日期\nWL0,WL1,6,2024-01-01\nWL1,WL2,3,2025-01-01\n"
COURIERS = "乡镇,行政村,快递公司,交付方式,开始日期\n潇浦镇,何家湾村,邮政,送到村,2024-01-01\n"


def send(
    client: FlaskClient, world: World, kind: str, content: bytes, *, by: str = "jiang", **query: str
) -> TestResponse:
    told = {"kind": kind, "dry_run": "false", "name": f"{kind}.csv"} | query
    return client.post(f"/api/v1/network/imports?{urlencode(told)}", data=content, headers=world.as_phone(by))


def get(client: FlaskClient, world: World, path: str, by: str = "jiang") -> dict[str, object]:
    answer = client.get(f"/api/v1{path}", headers=world.as_phone(by))
    assert answer.status_code == 200, answer.json
    assert isinstance(answer.json, dict)
    return answer.json


def test_a_trial_saves_nothing_and_an_import_all(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    tried = send(client, world, "nodes", NODES.strip().encode(), dry_run="true")
    assert tried.status_code == 200, tried.json
    assert (tried.json["import_id"], tried.json["saved"], tried.json["counts"]["new"]) == (None, False, 3)
    wrong = send(client, world, "nodes", NODES.strip().replace("潇浦站,乡镇", "潇浦站,洲").encode())
    assert (wrong.status_code, wrong.json["code"]) == (422, "NETWORK_ROWS")
    error = wrong.json["details"]["result"]["errors"][0]
    assert (error["row"], error["column"], error["header"], error["value"]) == (3, "C", "层级", "洲")
    assert error["zh"] == "不认识“洲”。"
    with sessions() as session:
        assert session.scalar(select(func.count(NetworkImport.id))) == 0
        assert session.scalar(select(func.count(LogisticsNode.id))) == 0
    saved = send(client, world, "nodes", NODES.strip().encode())
    assert (saved.json["import_id"], saved.json["saved"]) == (1, True)
    imports = get(client, world, "/network/imports")
    assert [(one["kind"], one["file_name"], one["imported_by"]) for one in imports["rows"]] == [
        ("nodes", "nodes.csv", "蒋联络")]  # fmt: skip
    assert imports["standing"]["nodes_village"] == 1
    assert get(client, world, "/network/imports", "zhou")["total"] == 0


def test_what_stands_is_listed_by_day_and_by_what_was_known(client: FlaskClient, world: World) -> None:
    for kind, text in (("nodes", NODES.strip()), ("routes", ROUTES), ("couriers", COURIERS)):
        assert send(client, world, kind, text.encode()).status_code == 200
    nodes = get(client, world, "/network/nodes?level=village")
    assert [(one["code"], one["villages_served"], one["unit_name"]) for one in nodes["rows"]] == [
        ("WL2", ["431125100201", "431125100202"], "何家湾村委会")]  # fmt: skip
    assert get(client, world, "/network/nodes?page=2&page_size=2")["total"] == 3
    assert get(client, world, "/network/nodes?as_of=2023-12-31")["total"] == 0
    assert get(client, world, "/network/nodes?known_at=2026-11-20T03:59:59Z")["total"] == 0
    assert get(client, world, "/network/nodes", "xiang")["frame"]["unit"]["code"] == "43"
    assert get(client, world, "/network/nodes", "zhou")["total"] == 0
    routes = get(client, world, "/network/routes?as_of=2024-06-01")
    assert [(one["from_name"], one["to_name"]) for one in routes["rows"]] == [("县中心", "潇浦站")]
    assert get(client, world, "/network/couriers")["rows"][0]["handover"] == "to_village"


def test_villages_say_whose_place_they_stand_at(client: FlaskClient, world: World) -> None:
    told = "行政区划代码,人口,人口年份,贫困村,名单年份,经度,纬度\n431125100202,900,2025,是,2014,111.35,25.28\n"
    assert send(client, world, "villages", told.encode()).status_code == 200
    links = "station,village_code,services,starts_on\nJY001,431125100202,快递,2025-01-01\n"
    assert send(client, world, "links", links.encode()).status_code == 200
    first, second, third = get(client, world, "/villages")["rows"]
    assert (first["lon"], first["coord_quality"], first["placed_by"]) == (None, "missing", "nowhere")
    assert (second["people"], second["poor_years"]) == ([{"year": 2025, "people": 900}], [2014])
    assert (second["placed_by"], second["links"][0]["station"]) == ("own", "JY001")
    assert (third["lon"], third["coord_quality"], third["placed_by"]) == (None, "missing", "nowhere")


def test_geojson_comes_in_as_a_table_does(client: FlaskClient, world: World) -> None:
    one = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [111.35, 25.28]},
           "properties": {"code": "WL9\u0000", "name": "点\ud800", "level": "village", "village_code": "431125100201",
                          "starts_on": "2024-01-01"}}  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": [one]}).encode()
    assert send(client, world, "nodes", content, coord_system="gcj02").json["counts"]["new"] == 1
    node = get(client, world, "/network/nodes")["rows"][0]
    assert (node["code"], node["name"], node["coord_quality"]) == ("WL9", "点", "gps")


def test_what_cannot_be_taken_is_refused(client: FlaskClient, world: World) -> None:
    for content, query, answer in (
        (b"PK\x03\x04", {}, (422, "NETWORK_FILE")), (b"", {}, (422, "NETWORK_FILE")),
        (b"a,b\n1,2\n", {}, (422, "NETWORK_COLUMNS")), (b"x", {"kind": "stations"}, (422, "BAD_INPUT")),
        (b"x", {"unit": "430922"}, (403, "OUT_OF_SCOPE")), (b"x", {"unit": "99"}, (422, "UNIT_UNKNOWN")),
        (b"x", {"coord_system": "utm"}, (422, "BAD_INPUT")), (b"x", {"by": "ping"}, (403, "NOT_ALLOWED")),
    ):  # fmt: skip
        said = send(client, world, **{"kind": "nodes", "content": content, **query})
        assert (said.status_code, said.json["code"]) == answer


def test_a_template_is_read_back_without_its_example(client: FlaskClient, world: World) -> None:
    for kind in NetworkFile:
        answer = client.get(f"/api/v1/network/templates/{kind}.xlsx", headers=world.as_phone("jiang"))
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.data))
        headings = book.get_sheet_by_index(0).to_python()[0]
        assert headings == [column.header for column in COLUMNS[kind]]
        again = send(client, world, kind, answer.data, dry_run="true").json
        assert (again["counts"]["rows"], [one["code"] for one in again["notices"]]) == (0, ["EXAMPLE_PASSED_OVER"])
    assert client.get("/api/v1/network/templates/x.xlsx", headers=world.as_phone("jiang")).status_code == 404


def test_the_command_tries_and_saves(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "nodes.csv"
    file.write_text(NODES.strip(), encoding="utf-8")
    run = app.test_cli_runner().invoke
    tried = run(args=["network-import", "nodes", str(file), "--unit", "431125"])
    assert (tried.exit_code, tried.output.splitlines()[0]) == (
        0, "试算,未保存:共 3 行,新增 3,变更 0,不变 0,终止 0,有错 0")  # fmt: skip
    saved = run(args=["network-import", "nodes", str(file), "--unit", "431125", "--save"])
    assert saved.output.startswith("已保存:共 3 行")
    file.write_text(NODES.strip().replace("2天", "很快"), encoding="utf-8")
    wrong = run(args=["network-import", "nodes", str(file), "--unit", "431125", "--save"])
    assert (wrong.exit_code, "第 4 行 J列(承诺时限(天)):" in wrong.output) == (1, True)
    file.write_bytes(b"PK\x03\x04")
    broken = run(args=["network-import", "nodes", str(file), "--unit", "431125"])
    assert (broken.exit_code, "NETWORK_FILE" in broken.output, "Traceback" in broken.output) == (1, True, False)
