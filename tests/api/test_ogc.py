"""OGC API – Features by the words of its abstract test suites: Core, OpenAPI 3.0, GeoJSON, queryables."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from stations.people.tables import Device
from stations.records.network import LogisticsNode
from stations.records.tables import StationVersion
from stations.units.tables import OrgUnit, PovertyVillage, VillagePopulation
from tests.conftest import NOON
from tests.world import World

ITEMS = "/ogc/collections/stations/items"
WRONG = [
    "x=1", "limit=0", "limit=-1", "limit=ten", "offset=-1", "limit=1&limit=2", "f=html", "bbox=1,2,3", "bbox=1,2,3,4,5",
    "bbox=111,26,112,25", "bbox=111,25,112,nan", "bbox=111,25,112,95", "bbox=a,b,c,d", "datetime=yesterday",
    "datetime=2026-11-20T04:00:00", "datetime=2026-02-30", "datetime=../..", "datetime=2026-11-20/2026-11-01",
    "datetime=1800-01-01", "vitality=well", "is_subsidised=yes", "unit=999999",
]  # fmt: skip


class Asker:
    """Asks as one person and gives JSON."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def raw(self, path: str) -> TestResponse:
        return self.client.get(path.removeprefix("http://localhost"), headers=self.headers)

    def __call__(self, path: str, status: int = 200) -> dict[str, Any]:
        answer = self.raw(path)
        assert answer.status_code == status, answer.get_data(as_text=True)
        assert isinstance(answer.json, dict)
        return answer.json


@pytest.fixture
def ask(client: FlaskClient, world: World) -> Asker:
    return Asker(client, world.as_phone("xiang"))


def ids(collection: dict[str, Any]) -> list[str]:
    return [feature["id"] for feature in collection["features"]]


def links_of(body: dict[str, Any], rel: str) -> list[dict[str, str]]:
    return [link for link in body["links"] if link["rel"] == rel]


def test_the_landing_page_leads_to_everything(ask: Asker, app: Flask) -> None:
    page = ask("/ogc")
    assert page == ask("/ogc/")
    (description,) = links_of(page, "service-desc")
    assert description["type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = ask.raw(description["href"])
    assert document.content_type == description["type"]
    validate(document.json)
    # Every path of the document is answered, and every answered path is in the document.
    assert document.json is not None
    told = {re.sub(r"/\{featureId\}", "", path) for path in document.json["paths"]}
    (conformance,), (data,) = links_of(page, "conformance"), links_of(page, "data")
    assert ask(conformance["href"])["conformsTo"][:3] == [
        f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "oas30", "geojson")
    ]
    collections = ask(data["href"])
    assert links_of(collections, "self")
    for collection in collections["collections"]:
        assert ask(links_of(collection, "self")[0]["href"]) == collection
        for link in [*links_of(collection, "items"), *links_of(collection, "self")]:
            assert ask.raw(link["href"]).status_code == 200
            assert link["href"].startswith("http://localhost/ogc/collections/")
            assert link["href"].removeprefix("http://localhost/ogc").split("?")[0] in told
        assert collection["extent"]["temporal"]["interval"] == [["1990-01-01T00:00:00Z", None]]
    stations = collections["collections"][0]
    assert stations["extent"]["spatial"]["bbox"] == [[111.342, 25.271, 112.15, 28.52]]
    ask("/ogc/collections/nothing", 404)
    assert ask("/ogc/collections/nothing/items", 404)["code"] == "COLLECTION_UNKNOWN"


def test_pages_follow_each_other_and_hold_every_feature_once(ask: Asker) -> None:
    page = ask(f"{ITEMS}?limit=2")
    assert (page["numberMatched"], page["numberReturned"], len(page["features"])) == (3, 2, 2)
    assert dt.datetime.fromisoformat(page["timeStamp"]) == NOON
    (following,) = links_of(page, "next")
    last = ask(following["href"])
    assert [ids(page), ids(last)] == [["JY001", "JY002"], ["TJ001"]]
    # Counted once: a page that goes on after another says how many it has itself.
    assert (last["numberReturned"], "numberMatched" in last, links_of(last, "next")) == (1, False, [])
    assert ids(ask(f"{ITEMS}?offset=1&limit=1")) == ["JY002"]
    assert len(ids(ask(f"{ITEMS}?limit=999999"))) == 3
    # The same on another day, where states are computed anew.
    before = ask(f"{ITEMS}?limit=2&datetime=2025-01-01T00:00:00Z")
    assert (before["numberMatched"], before["as_of"], ids(before)) == (3, "2025-01-01", ["JY001", "JY002"])
    assert ids(ask(links_of(before, "next")[0]["href"])) == ["TJ001"]


def test_a_feature_is_geojson(ask: Asker) -> None:
    answer = ask.raw(f"{ITEMS}/JY001")
    assert answer.content_type == "application/geo+json"
    feature = answer.json
    assert feature is not None
    assert feature["geometry"] == {"type": "Point", "coordinates": [111.342, 25.271]}
    told = feature["properties"]
    assert (feature["id"], told["vitality"], told["vitality_reason"]) == ("JY001", "unknown", "no_evidence")
    assert (told["services"], told["vitality_since"]) == ("parcel,purchase_agency", "2024-05-10")
    assert not {"phone", "head_name", "extra"} & set(told)
    assert ask(f"{ITEMS}?limit=1")["features"][0] == {key: feature[key] for key in feature if key != "links"}
    ask(f"{ITEMS}/NONE", 404)


def test_bbox_datetime_and_properties_choose(ask: Asker, sessions: sessionmaker[Session]) -> None:
    for query in WRONG:
        refused = ask(f"{ITEMS}?{query}", 400)
        assert refused["code"] in ("BAD_INPUT", "UNIT_UNKNOWN"), query
        assert refused["description"], query
    for path in ("/ogc/", "/ogc/api", "/ogc/conformance", "/ogc/collections", "/ogc/collections/stations",
                 "/ogc/collections/stations/queryables", f"{ITEMS}/JY001"):  # fmt: skip
        ask(f"{path}?unheard=1", 400)
    assert ids(ask(f"{ITEMS}?bbox=111.342,25.271,111.39,25.36")) == ["JY001", "JY002"]
    assert ids(ask(f"{ITEMS}?bbox=111.342,25.271,-10,111.342,25.271,10")) == ["JY001"]
    assert ids(ask(f"{ITEMS}?bbox=112,20,111.35,30")) == ["JY001", "TJ001"]
    assert ids(ask(f"{ITEMS}?unit=4311")) == ["JY001", "JY002"]
    assert ids(ask(f"{ITEMS}?vitality=unknown,dead&is_subsidised=true&village_code=431125100201")) == ["JY001"]
    assert ids(ask(f"{ITEMS}?vitality=alive")) == []
    # Accepted on 2024-05-10: before, no time of theirs meets the question.
    assert ids(ask(f"{ITEMS}?datetime=2024-05-09")) == []
    assert ids(ask(f"{ITEMS}?datetime=../2024-05-10")) == ["JY001", "JY002", "TJ001"]
    assert ask(f"{ITEMS}?datetime=2020-01-01/..")["as_of"] == "2026-11-20"
    assert ask(f"{ITEMS}?datetime=2020-01-01/2030-01-01")["as_of"] == "2026-11-20"
    assert ask(f"{ITEMS}?datetime=2026-11-19T18:00:00Z")["as_of"] == "2026-11-20"
    for at in ("", "&datetime=2026-01-01"):
        with sessions.begin() as session:
            version = session.get_one(StationVersion, 1)
            version.lon = version.lat = version.point = None
        everywhere = ask(f"{ITEMS}?limit=1{at}")["features"][0]
        assert (everywhere["id"], everywhere["geometry"]) == ("JY001", None)
        assert "JY001" not in ids(ask(f"{ITEMS}?bbox=-180,-90,180,90{at}"))


def test_villages_and_nodes_are_told_as_of_their_day(ask: Asker, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(OrgUnit, "431125100").lon, session.get_one(OrgUnit, "431125100").lat = 111.3, 25.2
        village = session.get_one(OrgUnit, "431125100202")
        village.lon, village.lat, village.coord_quality = 111.35, 25.28, "gps"
        session.get_one(OrgUnit, "431125101200").base_year_to = 2024
        session.add(PovertyVillage(list_year=2014, village_code=village.code, source="t", recorded_at=NOON))
        for year, people in ((2020, 900), (2025, 700)):
            session.add(VillagePopulation(village_code=village.code, year=year, people=people, source="t",
                                          recorded_at=NOON))  # fmt: skip
        for code, level, unit, first, last in (
            ("N1", "county", "431125", dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
            ("N1", "county", "431125", dt.date(2025, 1, 1), None),
            ("N2", "village", "430922100200", dt.date(2024, 1, 1), dt.date(2024, 6, 1)),
        ):
            session.add(LogisticsNode(code=code, level=level, name=f"{code} {first.year}", unit_code=unit,
                                      unit_path=session.get_one(OrgUnit, unit).path, lon=111.5, lat=25.3,
                                      point=(111.5, 25.3), coord_quality="gps", starts_on=first, ends_on=last,
                                      recorded_at=NOON))  # fmt: skip
    items = "/ogc/collections/villages/items"
    assert ids(ask(items)) == ["430922100200", "431125100201", "431125100202"]
    assert ids(ask(f"{items}?datetime=2024-06-01&unit=431125")) == ["431125100201", "431125100202", "431125101200"]
    (found,) = ask(f"{items}?is_poor=true")["features"]
    poor = found["properties"]
    assert (found["id"], poor["people"], poor["poor_list_year"], poor["county_name"]) == (
        "431125100202", 700, 2014, "江永县",
    )  # fmt: skip
    assert ask(f"{items}/431125100202?")["properties"]["is_remote"] is False
    seated = ask(f"{items}?bbox=111.29,25.19,111.31,25.21")["features"]
    assert [(one["id"], one["properties"]["coord_quality"]) for one in seated] == [("431125100201", "township")]
    nodes = "/ogc/collections/logistics_nodes/items"
    assert [one["properties"]["name"] for one in ask(nodes)["features"]] == ["N1 2025"]
    assert ids(ask(f"{nodes}?datetime=2024-05-31&level=village,township")) == ["N2"]
    assert ids(ask(f"{nodes}?datetime=2024-06-01&level=village")) == []
    met = ask(f"{nodes}?datetime=2024-05-01/..")["features"]
    assert [one["properties"]["name"] for one in met] == ["N1 2025", "N2 2024"]


def test_coverage_is_told_village_by_village(ask: Asker, world: World, client: FlaskClient) -> None:
    items = "/ogc/collections/coverage/items"
    page = ask(f"{items}?limit=2&unit=4311")
    assert (page["numberMatched"], ids(page)) == (3, ["431125100201", "431125100202"])
    (following,) = links_of(page, "next")
    assert ids(ask(following["href"])) == ["431125101200"]
    first, second = (one["properties"] for one in page["features"])
    # Its own station is built and listed, and nobody knows whether it lives; the other never had one.
    assert (first["is_built"], first["is_listed"], first["is_alive"], first["reason"]) == (
        True, True, False, "station_unknown",
    )  # fmt: skip
    assert (second["is_built"], second["reason"], second["base_year"]) == (False, "no_station", 2023)
    assert ids(ask(f"{items}?reason=no_station,late")) == ["431125100202"]
    assert ids(ask(f"{items}?is_built=false&is_poor=false")) == ["431125100202"]
    assert ids(ask(f"{items}?bbox=-180,-90,180,90")) == []
    assert ask(f"{items}/431125100202")["properties"] == second
    assert ask(f"{items}?datetime=2024-05-09")["features"][0]["properties"]["is_built"] is False
    zhou = Asker(client, world.as_phone("zhou"))
    assert ids(zhou(items)) == ["430922100200"]
    zhou(f"{items}/431125100202", 404)
    zhou(f"{items}?unit=431125", 403)


def test_queryables_are_a_schema_of_what_may_be_asked(ask: Asker) -> None:
    for collection in ask("/ogc/collections")["collections"]:
        (link,) = links_of(collection, "http://www.opengis.net/def/rel/ogc/1.0/queryables")
        answer = ask.raw(link["href"])
        assert answer.content_type == "application/schema+json"
        schema = answer.json
        assert schema is not None
        assert (schema["$id"], schema["type"]) == (link["href"], "object")
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        for name, kind in schema["properties"].items():
            assert "type" in kind or kind["format"].startswith("geometry-")
            # Each is a query parameter, and one that means something.
            if name != "geometry":
                value = "true" if kind["type"] == "boolean" else kind.get("enum", ["none"])[0]
                ask(f"{links_of(collection, 'items')[0]['href']}?{name}={value}")


def test_nobody_reads_beyond_the_own_county(ask: Asker, world: World, client: FlaskClient) -> None:
    zhou = Asker(client, world.as_phone("zhou"))
    assert ids(zhou(ITEMS)) == ["TJ001"]
    assert ids(zhou("/ogc/collections/villages/items")) == ["430922100200"]
    assert zhou("/ogc/collections/stations")["extent"]["spatial"]["bbox"] == [[112.15, 28.52, 112.15, 28.52]]
    assert zhou(f"{ITEMS}?unit=431125", 403)["code"] == "OUT_OF_SCOPE"
    assert zhou(f"{ITEMS}/JY001", 404)["code"] == "NOT_FOUND"


def test_files_open_in_a_spreadsheet_and_in_a_gis(ask: Asker, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(StationVersion, 1).name = "=1+1"
    answer = ask.raw(f"{ITEMS}?f=csv&limit=2")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [(row["code"], row["lon"], row["lat"], row["name"]) for row in rows] == [
        ("JY001", "111.342", "25.271", "'=1+1"), ("JY002", "111.39", "25.36", "夏湾服务站"),
    ]  # fmt: skip
    following = re.fullmatch(r'<(.+)>; rel="next"', answer.headers["Link"])
    assert following is not None
    assert "TJ001" in ask.raw(following[1]).get_data(as_text=True)
    book = CalamineWorkbook.from_filelike(io.BytesIO(ask.raw(f"{ITEMS}?f=xlsx").get_data()))
    table, notes = (book.get_sheet_by_index(number).to_python() for number in range(2))
    assert table[1][:5] == ["JY001", 111.342, 25.271, "=1+1", "village_point"]
    assert ["截至日期", "2026-11-20"] in notes


def test_a_key_reads_features_and_nothing_else(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    def run(*words: str) -> str:
        return app.test_cli_runner().invoke(args=list(words)).output

    told = run("gis-key", "jiang", "--label", "QGIS")
    found = re.search(r'GDAL_HTTP_HEADERS="Authorization: Bearer (\S+)"', told)
    assert found is not None
    key = Asker(client, {"Authorization": f"Bearer {found[1]}"})
    assert ids(key(ITEMS)) == ["JY001", "JY002"]
    assert key("/api/v1/session", 403)["code"] == "NOT_ALLOWED"
    assert key("/api/v1/stations", 403)["code"] == "NOT_ALLOWED"
    account = {"username": "x", "display_name": "x", "role": "owner", "unit_code": "431125"}
    assert client.post("/api/v1/accounts", json=account, headers=key.headers).status_code == 403
    with sessions() as session:
        device = session.query(Device).filter_by(is_gis_key=True).one()
    assert found[1] not in (device.token_sha256, device.label)
    run("revoke-device", str(device.id))
    assert key(ITEMS, 401)["code"] == "TOKEN_REVOKED"
    assert "NOT_ALLOWED" in run("gis-key", "tang", "--label", "QGIS")
    assert "ACCOUNT_UNKNOWN" in run("gis-key", "ghost", "--label", "QGIS")
    assert Asker(client, {})(ITEMS, 401)["code"] == "NOT_SIGNED_IN"
