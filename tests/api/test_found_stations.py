"""A station that is on no list: taken in once like a visit, seen by its county, decided once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from inspections.found.tables import FoundStation
from inspections.quarantine.tables import KeptAside
from stations.people.tables import AuditEvent
from stations.records.tables import Station, StationTransition, StationVersion
from tests.visit_making import ID_A, ID_B, claim, jpeg, sha, visit
from tests.world import World

SIGN = jpeg(1)
URL = f"/api/v1/found-stations/{ID_A}"
FIX = visit()["fix"] | {"lon": 111.3440, "lat": 25.2720}


def body(**changes: Any) -> bytes:
    """Give a station found in 圳景村, as a phone would send it."""
    told = {
        "name": "圳景益农社", "village_code": "431125100202", "kind": "village_point", "note": "卖农资,能收快递",
        "captured_at": "2026-11-20T11:30:00+08:00", "fix": FIX, "nearby": ["JY001"], "photos": [],
        "clock": visit()["clock"], "form_version": "1",
    } | changes  # fmt: skip
    return json.dumps(told, ensure_ascii=False).encode()


def put(client: FlaskClient, world: World, person: str = "chen", url: str = URL, **changes: Any) -> Any:
    return client.put(url, data=body(**changes), headers=world.as_phone(person))


def listed(client: FlaskClient, world: World, person: str = "jiang", query: str = "") -> Any:
    return client.get(f"/api/v1/found-stations{query}", headers=world.as_phone(person)).json


def decide(client: FlaskClient, world: World, decision: str, person: str = "jiang", **more: Any) -> Any:
    wanted = {"decision": decision, "note": "已电话核实"} | more
    return client.post(f"{URL}/decision", json=wanted, headers=world.as_phone(person))


def test_it_is_taken_in_once_and_its_county_sees_it_whole(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    first = put(client, world, photos=[claim(SIGN)])
    assert (first.status_code, first.json) == (201, {
        "id": ID_A, "state": "open", "received_at": "2026-11-20T04:00:00+00:00", "durable": True,
        "sha256": sha(body(photos=[claim(SIGN)])),
        "photos": [{"sha256": sha(SIGN), "purpose": "sign", "received": False}]})  # fmt: skip
    assert put(client, world, photos=[claim(SIGN)]).status_code == 200
    one = listed(client, world)["found"][0]
    assert one == {
        "id": ID_A, "name": "圳景益农社", "kind": "village_point", "village_code": "431125100202",
        "village_name": "圳景村委会", "note": "卖农资,能收快递", "lon": 111.344, "lat": 25.272, "nearby": ["JY001"],
        "found_by": "陈检查", "captured_at": "2026-11-20T03:30:00+00:00", "received_at": "2026-11-20T04:00:00+00:00",
        "photos": [{"sha256": sha(SIGN), "purpose": "sign", "received": False}], "state": "open",
        "station_code": None, "decided_at": None, "decided_note": None}  # fmt: skip
    with sessions() as session:
        row = session.get_one(FoundStation, ID_A)
        assert (row.body, row.arrived_by) == (body(photos=[claim(SIGN)]), "phone")
        assert session.scalars(select(AuditEvent.action).where(AuditEvent.object_id == ID_A)).all() == ["found.record"]
        assert session.scalars(select(Station.code)).all() == ["JY001", "JY002", "TJ001"]


def test_two_at_once_are_one(app: Flask, world: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: put(app.test_client(), world), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"village_code": "430922100200"}, "OUT_OF_SCOPE"), ({"village_code": "431125100999"}, "UNIT_UNKNOWN"),
     ({"captured_at": "2026-11-20T13:00:00+08:00"}, "TIME_IN_FUTURE"),
     ({"fix": FIX | {"lat": 60}}, "COORDINATES_OUTSIDE_CHINA"), ({"kind": "palace"}, "BAD_INPUT"),
     ({"route": []}, "BAD_INPUT"), ({"photos": [claim(SIGN), claim(SIGN)]}, "BAD_INPUT")],
    ids=["another county", "no such village", "a clock ahead", "the sea", "a kind", "an unknown field", "a photo twice"]
)  # fmt: skip
def test_what_cannot_be_accepted_is_kept_aside_whole(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], changes: dict[str, Any], code: str
) -> None:
    answer = put(client, world, **changes)
    assert (answer.status_code, answer.json["reason"]["code"]) == (202, code)
    with sessions() as session:
        kept = session.scalars(select(KeptAside)).one()
        assert (kept.record_kind, kept.record_id, kept.body) == ("found", ID_A, body(**changes))
        assert session.get(FoundStation, ID_A) is None


def test_other_bytes_under_its_id_are_kept_aside_and_the_first_stay(client: FlaskClient, world: World) -> None:
    put(client, world)
    other = put(client, world, name="别的名字")
    assert (other.status_code, other.json["reason"]["code"]) == (202, "INSPECTION_CONFLICT")
    assert [one["name"] for one in listed(client, world)["found"]] == ["圳景益农社"]


def test_an_officer_settles_what_was_kept(client: FlaskClient, world: World) -> None:
    kept = put(client, world, village_code="431125100999").json["quarantine_id"]
    door = f"/api/v1/quarantine/{kept}/settlement"
    wanted = {"decision": "accepted", "note": "村代码抄错", "corrections": {"village_code": "431125100202"}}
    assert client.post(door, json=wanted, headers=world.as_phone("jiang")).json["settlement"] == "accepted"
    assert [one["found_by"] for one in listed(client, world)["found"]] == ["陈检查"]
    assert put(client, world, village_code="431125100999").status_code == 200


def test_the_very_bytes_accepted_later_settle_what_was_kept(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    early = {"captured_at": "2026-11-20T12:30:00+08:00"}
    assert put(client, world, **early).status_code == 202
    client.application.extensions["cunzhan_clock"].forward(hours=1)
    assert put(client, world, **early).status_code == 201
    with sessions() as session:
        assert session.scalars(select(KeptAside.settlement)).one() == "superseded"


def test_it_is_seen_in_its_own_area_and_nowhere_else(client: FlaskClient, world: World) -> None:
    put(client, world)
    assert {who: listed(client, world, who)["total"] for who in ("jiang", "yong", "xiang", "zhou")} == {
        "jiang": 1, "yong": 1, "xiang": 1, "zhou": 0}  # fmt: skip
    for person in ("chen", "tang", "ping"):
        assert client.get("/api/v1/found-stations", headers=world.as_phone(person)).status_code == 403
    assert listed(client, world, query="?state=dismissed")["total"] == 0


def test_without_a_village_it_goes_to_the_county_of_the_nearest_station(client: FlaskClient, world: World) -> None:
    put(client, world, "xiang", village_code=None)
    put(client, world, "xiang", f"/api/v1/found-stations/{ID_B}", village_code=None, fix=FIX | {"lon": 109.5})
    assert [one["id"] for one in listed(client, world)["found"]] == [ID_A]
    assert [one["id"] for one in listed(client, world, "xiang")["found"]] == [ID_A, ID_B]


def test_its_photo_is_looked_at_in_scope(app: Flask, client: FlaskClient, world: World) -> None:
    put(client, world, photos=[claim(SIGN)])
    door = f"{URL}/photos/{sha(SIGN)}"
    assert client.get(door, headers=world.as_phone("jiang")).json["code"] == "PHOTO_UNKNOWN"
    client.put(f"/api/v1/media/{sha(SIGN)}/preview", data=SIGN, headers=world.as_phone("chen"))
    awaited = client.get(door, headers=world.as_phone("jiang"))
    assert (awaited.data, awaited.headers["Cunzhan-Preview"]) == (SIGN, "?1")
    assert client.put(f"/api/v1/media/{sha(SIGN)}", data=SIGN, headers=world.as_phone("chen")).status_code == 201
    make_worker(app).serve(until_empty=True)
    assert listed(client, world)["found"][0]["photos"][0]["received"] is True
    small = client.get(door, headers=world.as_phone("jiang"))
    full = client.get(f"{door}?size=full", headers=world.as_phone("jiang"))
    assert (small.mimetype, "Cunzhan-Preview" in small.headers, full.data) == ("image/webp", False, SIGN)
    assert full.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(door, headers=world.as_phone("zhou")).json["code"] == "FOUND_UNKNOWN"
    other = client.get(f"{URL}/photos/{'0' * 64}", headers=world.as_phone("jiang"))
    assert other.json["code"] == "PHOTO_UNKNOWN"


def test_a_photo_that_came_before_its_record_is_received(client: FlaskClient, world: World) -> None:
    client.put(f"/api/v1/media/{sha(SIGN)}", data=SIGN, headers=world.as_phone("chen"))
    assert put(client, world, photos=[claim(SIGN)]).json["photos"][0]["received"] is True


def test_a_new_one_is_proposed_as_the_countys(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    put(client, world)
    assert decide(client, world, "proposed").json["errors"].keys() == {"host_type"}
    done = decide(client, world, "proposed", host_type="supply_coop")
    assert (done.status_code, done.json["state"], done.json["decided_note"]) == (200, "proposed", "已电话核实")
    with sessions() as session:
        made = session.scalars(select(Station).where(Station.code == done.json["station_code"])).one()
        assert (made.listing_status, made.host_type, made.unit_code) == ("proposed", "supply_coop", "431125100202")
        told = session.get_one(StationVersion, made.version_id)
        assert (told.name, told.coord_system, told.lon_raw) == ("圳景益农社", "wgs84", 111.3440)
        step = session.scalars(select(StationTransition).where(StationTransition.station_id == made.id)).one()
        assert (step.to_status, step.details["nearby_checked"]) == ("proposed", True)
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "found.decide")).one()
        assert (act.actor_id, act.after) == (
            world.accounts["jiang"].id, {"state": "proposed", "station": made.code})  # fmt: skip
    again = decide(client, world, "dismissed")
    assert (again.status_code, again.json["code"], again.json["details"]["state"]) == (409, "FOUND_DECIDED", "proposed")


def test_a_listed_one_is_named_and_a_mistake_dismissed(client: FlaskClient, world: World) -> None:
    put(client, world)
    assert decide(client, world, "same_as", station_code="TJ001").json["code"] == "STATION_UNKNOWN"
    assert decide(client, world, "same_as").json["errors"].keys() == {"station_code"}
    assert decide(client, world, "dismissed", station_code="JY001").json["errors"].keys() == {"station_code"}
    assert decide(client, world, "same_as", station_code="JY001").json["station_code"] == "JY001"
    put(client, world, url=f"/api/v1/found-stations/{ID_B}")
    dismissed = client.post(f"/api/v1/found-stations/{ID_B}/decision", headers=world.as_phone("jiang"),
                            json={"decision": "dismissed", "note": "私人小卖部"}).json  # fmt: skip
    assert (dismissed["state"], dismissed["station_code"]) == ("dismissed", None)


def test_only_the_county_decides_and_only_its_own(client: FlaskClient, world: World) -> None:
    put(client, world)
    for person in ("yong", "xiang", "chen", "tang", "ping"):
        assert decide(client, world, "dismissed", person).status_code == 403
    assert decide(client, world, "dismissed", "zhou").json["code"] == "FOUND_UNKNOWN"
    assert listed(client, world)["found"][0]["state"] == "open"


def test_what_the_register_refuses_leaves_it_open(client: FlaskClient, world: World) -> None:
    put(client, world, village_code=None, fix=None)
    assert decide(client, world, "proposed", host_type="shop").json["errors"].keys() == {"village_code"}
    far = decide(client, world, "proposed", host_type="shop", village_code="430922100200")
    assert far.json["code"] == "OUT_OF_SCOPE"
    assert listed(client, world, query="?state=open")["total"] == 1
    near = decide(client, world, "proposed", host_type="shop", village_code="431125100201")
    assert near.status_code == 200
