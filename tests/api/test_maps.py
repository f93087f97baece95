"""What the map downloads: only the caller's scope, again only when something changed, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from itertools import accumulate

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.records.revision import next_revision
from stations.records.tables import Observation, Station
from tests.conftest import NOON
from tests.world import World

STATIONS, SHARES = "/api/v1/maps/stations.json", "/api/v1/maps/shares.json"


def ids_in(answer: dict[str, list[int]]) -> set[int]:
    return set(accumulate(answer["id"]))


def test_columns_hold_only_the_callers_scope(client: FlaskClient, world: World) -> None:
    county = client.get(STATIONS, headers=world.as_phone("jiang")).get_json()
    assert ids_in(county) == {world.stations["JY001"], world.stations["JY002"]}
    stranger = client.get(STATIONS, headers=world.as_phone("zhou")).get_json()
    assert ids_in(stranger) == {world.stations["TJ001"]}
    province = client.get(STATIONS, headers=world.as_phone("xiang")).get_json()
    assert province["n"] == 3


@pytest.mark.parametrize("path", [STATIONS, SHARES, "/api/v1/maps/outlines.json"])
def test_a_foreign_unit_is_refused_and_an_unknown_one_too(client: FlaskClient, world: World, path: str) -> None:
    foreign = client.get(path, query_string={"unit": "430922"}, headers=world.as_phone("jiang"))
    assert (foreign.status_code, foreign.get_json()["code"]) == (403, "OUT_OF_SCOPE")
    unknown = client.get(path, query_string={"unit": "99"}, headers=world.as_phone("jiang"))
    assert (unknown.status_code, unknown.get_json()["code"]) == (422, "UNIT_UNKNOWN")


def test_an_owner_and_a_stranger_get_no_map(client: FlaskClient, world: World) -> None:
    assert client.get(STATIONS, headers=world.as_phone("tang")).status_code == 403
    assert client.get(STATIONS).status_code == 401


def test_unchanged_register_answers_304_with_one_query_of_its_own(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    headers = world.as_phone("xiang")
    tag = client.get(STATIONS, headers=headers).headers["ETag"]
    asked: list[str] = []
    engine = client.application.extensions["cunzhan_engine"]
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    again = client.get(STATIONS, headers=headers | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert len([said for said in asked if "register_revision" in said]) == 1
    assert [said for said in asked if "FROM station " in said] == []
    with sessions.begin() as session:
        next_revision(session)
    assert client.get(STATIONS, headers=headers | {"If-None-Match": tag}).status_code == 200


def test_one_callers_tag_is_not_anothers(client: FlaskClient, world: World) -> None:
    tag = client.get(STATIONS, headers=world.as_phone("jiang")).headers["ETag"]
    assert client.get(STATIONS, headers=world.as_phone("zhou") | {"If-None-Match": tag}).status_code == 200


def test_a_large_answer_is_gzipped_for_who_takes_it(client: FlaskClient, world: World) -> None:
    headers = world.as_phone("jiang")
    plain = client.get(STATIONS, headers=headers)
    squeezed = client.get(STATIONS, headers=headers | {"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert json.loads(gzip.decompress(squeezed.data)) == plain.get_json()


def test_the_answer_says_of_what_day_by_which_definition_and_what_is_unknown(client: FlaskClient, world: World) -> None:
    answer = client.get(STATIONS, headers=world.as_phone("jiang")).get_json()
    assert answer["as_of"] == "2026-11-20"
    assert answer["counts"]["unknown"] == 2
    assert answer["survival"] == {"built": 2, "living": 0, "share": 0.0, "low": 0.0, "high": 1.0,
                                  "unknown_share": 1.0}  # fmt: skip
    assert "不明" in answer["definition_zh"]
    assert answer["source_zh"].startswith("来源")


def test_filters_by_state_listing_and_unit(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        station = session.get_one(Station, world.stations["JY002"])
        station.vitality, station.listing_status, station.revision = "dead", "delisted", next_revision(session)
    headers = world.as_phone("jiang")
    for asked in ({"vitality": "dead"}, {"listing_status": "delisted"}, {"unit": "431125101"}):
        assert ids_in(client.get(STATIONS, query_string=asked, headers=headers).get_json()) == {station.id}
    assert client.get(STATIONS, query_string={"listing_status": "merged"}, headers=headers).get_json()["n"] == 0


def test_before_their_acceptance_there_were_no_stations(client: FlaskClient, world: World) -> None:
    answer = client.get(STATIONS, query_string={"as_of": "2024-05-09"}, headers=world.as_phone("jiang")).get_json()
    assert (answer["n"], answer["as_of"]) == (0, "2024-05-09")
    known = {"as_of": "2026-11-20", "known_at": "2024-05-10T00:00:00+00:00"}
    assert client.get(STATIONS, query_string=known, headers=world.as_phone("jiang")).get_json()["n"] == 0


def test_a_day_to_come_and_a_strange_filter_are_refused(client: FlaskClient, world: World) -> None:
    for asked in ({"as_of": "2031-01-01"}, {"vitality": "zombie"}, {"as_of": "yesterday"}):
        answer = client.get(STATIONS, query_string=asked, headers=world.as_phone("jiang"))
        assert (answer.status_code, answer.get_json()["code"]) == (422, "BAD_INPUT")


def test_shares_stand_for_the_level_below(client: FlaskClient, world: World) -> None:
    answer = client.get(SHARES, headers=world.as_phone("xiang")).get_json()
    assert answer["level"] == "prefecture"
    told = [(unit["code"], unit["name"], unit["n"]) for unit in answer["units"]]
    assert told == [("4309", "益阳市", 1), ("4311", "永州市", 2)]
    assert (answer["units"][1]["lon"], answer["units"][1]["lat"]) == (111.366, 25.3155)
    towns = client.get(SHARES, query_string={"level": "township"}, headers=world.as_phone("jiang")).get_json()
    assert [unit["name"] for unit in towns["units"]] == ["潇浦镇", "上江圩镇"]


def test_a_click_gives_the_newest_evidence_and_photo(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    station_id, seen = world.stations["JY001"], NOON - dt.timedelta(days=3)
    with sessions.begin() as session:
        session.add(_visit("visit-1", world, seen))
        session.add(Medium(sha256="a" * 64, size_bytes=9, mime="image/jpeg", width_px=3, height_px=3, stored_at=NOON,
                           thumbnail_at=NOON))  # fmt: skip
        session.flush()
        session.add(Photo(inspection_id="visit-1", position=0, purpose="front", sha256="a" * 64, size_bytes=9,
                          mime="image/jpeg", received_at=NOON))  # fmt: skip
        for state, at in (("closed_at_visit", seen - dt.timedelta(days=40)), ("gone", seen)):
            session.add(Observation(station_id=station_id, observed_at=at, observed_state=state, method="site_visit",
                                    evidence_kind="site_visit", observer_unit_code="431125", is_independent=False,
                                    source="inspection", recorded_at=at))  # fmt: skip
    card = client.get(f"/api/v1/maps/stations/{station_id}", headers=world.as_phone("jiang")).get_json()
    assert (card["code"], card["units"]) == ("JY001", ["湖南省", "永州市", "江永县", "潇浦镇", "何家湾村委会"])
    assert card["last_evidence"]["observed_state"] == "gone"
    assert (card["last_evidence"]["age_days"], card["last_evidence"]["is_independent"]) == (3, False)
    assert card["photo"]["thumbnail_url"] == f"/api/v1/inspections/visit-1/photos/{'a' * 64}?size=thumb"
    assert card["listed_since"] == "2024-05-10"


def test_a_click_on_a_foreign_station_finds_nothing(client: FlaskClient, world: World) -> None:
    answer = client.get(f"/api/v1/maps/stations/{world.stations['JY001']}", headers=world.as_phone("zhou"))
    assert (answer.status_code, answer.get_json()["code"]) == (404, "STATION_UNKNOWN")
    names = {"id": [world.stations["JY001"], world.stations["TJ001"]]}
    found = client.get("/api/v1/maps/names.json", query_string=names, headers=world.as_phone("zhou")).get_json()
    assert [one["name"] for one in found["stations"]] == ["崆峒服务站"]


def _visit(visit_id: str, world: World, at: dt.datetime) -> Inspection:
    return Inspection(
        id=visit_id, body_sha256="0" * 64, body=b"{}", station_id=world.stations["JY001"],
        account_id=world.accounts["chen"].id, method="site_visit", state="complete", observed_state="gone",
        answers={}, checks={},
        form_version="1", started_at=at, ended_at=at, captured_at=at, received_at=at, clock={}, on_site="on_site",
    )  # fmt: skip
