"""The doors of coverage: the worked county through HTTP, equal to its files; what is empty is explained."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.coverage.files.report import FilesQuestion, report_from
from tests.conftest import NOON
from tests.stations.coverage.worked import AS_OF, COUNTY, FILES, build_worked_county
from tests.world import World

DOORS = ("coverage", "coverage/villages", "alignment", "delivery-days")


@pytest.fixture
def county(client: FlaskClient, sessions: sessionmaker[Session]) -> FlaskClient:
    with sessions.begin() as session:
        build_worked_county(session, NOON)
    return client


def get(client: FlaskClient, world: World, door: str, person: str = "yong", **query: object) -> Any:
    answer = client.get(f"/api/v1/{door}", query_string={"ou": COUNTY} | query, headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return answer.json


def without(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}


def test_the_doors_tell_what_the_files_of_the_same_facts_tell(county: FlaskClient, world: World) -> None:
    report = report_from(FILES, FilesQuestion(AS_OF))
    told = get(county, world, "coverage")
    assert [one["name"] for one in told["units"]] == ["濂溪镇", "寿雁镇"]
    told["units"] = [without(one, "name") for one in told["units"]]
    report["coverage"]["units"] = [without(one, "name") for one in report["coverage"]["units"]]
    assert without(told, "frame") == report["coverage"]
    villages = get(county, world, "coverage/villages")
    assert [without(one, "township_name") for one in villages["villages"]] == report["villages"]
    alignment = get(county, world, "alignment")
    assert without(alignment, "frame") == report["alignment"]
    delivery = get(county, world, "delivery-days")
    days = delivery.pop("villages")
    assert [without(one, "township_name") for one in days] == report["delivery"].pop("villages")
    assert without(delivery, "frame", "total", "page", "page_size") == report["delivery"]
    frame = told["frame"]
    assert (frame["base_year"], frame["poor_year"], frame["distance"]) == (2023, 2014, "great_circle")
    assert frame["denominator"] == {"counted": 6, "frozen": 6, "differing": [], "counties_without_list": 0}
    assert (frame["placed_share"], frame["unknown_share"]) == (pytest.approx(5 / 6), 0.25)
    assert frame["sources"] == {"none": 1, "register": 1, "visit": 2}
    assert frame["services"] == {"all_of": ["parcel"], "any_of": ["purchase_agency", "sale_agency"]}
    for door in DOORS:
        definitions = get(county, world, door)["frame"]["definitions"]
        known = {one["code"] for one in get(county, world, "definitions")["definitions"]}
        assert set(definitions) <= known


def test_services_floors_reasons_and_pages_are_asked_for(county: FlaskClient, world: World) -> None:
    parcels = get(county, world, "coverage", services=["parcel"])
    assert [step["covered"] for step in parcels["funnel"]] == [5, 4, 3, 3, 3, 1]
    assert parcels["frame"]["services"] == {"all_of": ["parcel"], "any_of": []}
    verified = get(county, world, "coverage", services=["parcel"], confidence="verified")
    assert [step["covered"] for step in verified["funnel"]] == [5, 4, 2, 2, 2, 1]
    dead = get(county, world, "coverage/villages", reason="station_dead")
    assert (dead["total"], [one["name"] for one in dead["villages"]]) == (1, ["四村"])
    second = get(county, world, "coverage/villages", page=2, page_size=4)
    assert (second["total"], [one["name"] for one in second["villages"]]) == (6, ["五村", "六村"])
    none = get(county, world, "coverage", poor_year=1999)
    assert none["poor"]["funnel"][4] == {"stage": "service", "covered": 0, "of": 0, "share": None}
    assert "no_poor_list" in [one["code"] for one in none["frame"]["notes"]]
    town = get(county, world, "alignment", ou="431124100")
    assert [(one["level"], one["nodes"]) for one in town["levels"]] == [("county", 1), ("township", 1), ("village", 1)]
    assert town["chain"]["whole"] == 2


def test_an_answer_is_not_sent_again_while_it_is_the_same(county: FlaskClient, world: World, clock: Any) -> None:
    asked = {"ou": COUNTY}
    first = county.get("/api/v1/coverage", query_string=asked, headers=world.as_phone("yong"))
    clock.forward(minutes=5)
    known = world.as_phone("yong") | {"If-None-Match": first.headers["ETag"]}
    assert county.get("/api/v1/coverage", query_string=asked, headers=known).status_code == 304


def test_what_cannot_be_asked(client: FlaskClient, world: World) -> None:
    asked: list[tuple[dict[str, Any], int, str]] = [
        ({"base_year": 2020}, 422, "BASE_YEAR_UNKNOWN"), ({"distance": "road"}, 409, "ROADS_MISSING"),
        ({"services": "tea"}, 422, "BAD_INPUT"), ({"confidence": "sure"}, 422, "BAD_INPUT"),
        ({"as_of": "1980-01-01"}, 422, "BAD_INPUT"), ({"ou": "430922"}, 403, "OUT_OF_SCOPE"),
    ]  # fmt: skip
    for query, status, code in asked:
        answer = client.get("/api/v1/coverage", query_string=query, headers=world.as_phone("jiang"))
        assert (answer.status_code, answer.json and answer.json["code"]) == (status, code), query


def test_a_unit_without_villages_is_explained(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    told = get(client, world, "coverage", "jiang", ou="431125")
    assert [step["covered"] for step in told["funnel"]] == [2, 2, 0, 0, 0, 0]
    notes = [one["code"] for one in told["frame"]["notes"]]
    assert notes == ["no_alive_stations", "no_poor_list", "no_people", "no_places", "no_nodes", "no_traces"]
    with sessions.begin() as session:
        session.connection().exec_driver_sql(
            "insert into org_unit (code, level, name, parent_code, path, coord_quality, updated_at) values "
            "('431126', 'county', '宁远县', '4311', '/CN/43/4311/431126/', 'missing', '2026-01-01 00:00:00+00:00')"
        )
    empty = get(client, world, "coverage", ou="431126")
    assert (empty["frame"]["base_year"], empty["frame"]["denominator"], empty["villages"]) == (None, None, 0)
    assert {step["share"] for step in empty["funnel"]} == {None}
    assert empty["frame"]["notes"][0]["code"] == "no_village_list"
    for door in DOORS[1:]:
        get(client, world, door, ou="431126")
