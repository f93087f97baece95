"""A phone is let in once by a code, and turned away for good from the request after it was revoked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.people.enrolling import normal_code
from stations.people.tables import Device, Enrolment
from tests.conftest import NOON, Clock
from tests.world import World


def make_code(client: FlaskClient, world: World, person: str = "chen", by: str = "jiang") -> dict[str, Any]:
    asked = {"account_id": world.accounts[person].id}
    answer = client.post("/api/v1/enrolments", json=asked, headers=world.as_phone(by))
    assert answer.status_code == 201, answer.json
    assert answer.json is not None
    return answer.json


def enter(client: FlaskClient, code: str) -> Any:
    return client.post("/api/v1/devices", json={"code": code, "device_label": "红米 12"})


def test_a_code_lets_one_phone_in_once(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    made = make_code(client, world)
    assert made["link"] == f"http://localhost/app/#enrol={made['code']}"
    assert made["qr_svg"].startswith("data:image/svg+xml")
    assert made["expires_at"] == "2026-11-20T04:15:00+00:00"
    answer = enter(client, made["code"])
    assert answer.status_code == 201
    assert answer.json["account"] == {
        "id": world.accounts["chen"].id, "name": "陈检查", "role": "inspector", "unit_code": "431125",
        "unit_name": "江永县",
    }  # fmt: skip
    assert answer.json["server_time"] == "2026-11-20T04:00:00+00:00"
    phone = {"Authorization": f"Bearer {answer.json['token']}"}
    assert client.get("/api/v1/session", headers=phone).status_code == 200
    assert enter(client, made["code"]).json["code"] == "ENROLMENT_INVALID"
    with sessions() as session:
        assert made["code"].replace("-", "") not in session.get_one(Enrolment, made["id"]).code_sha256
        assert answer.json["token"] not in session.get_one(Device, answer.json["device_id"]).token_sha256


def test_a_code_may_be_typed_as_people_type(client: FlaskClient, world: World) -> None:
    code = make_code(client, world)["code"]
    assert len(code) == 19
    assert enter(client, f" {code.lower().replace('-', ' ')} ").status_code == 201
    assert normal_code("olI0-abcd") == "0110ABCD"


def test_a_code_ends_after_a_quarter_of_an_hour(client: FlaskClient, world: World, clock: Clock) -> None:
    first, second = make_code(client, world), make_code(client, world)
    clock.forward(minutes=14, seconds=59)
    assert enter(client, first["code"]).status_code == 201
    clock.forward(seconds=1)
    assert enter(client, second["code"]).json["code"] == "ENROLMENT_INVALID"


def test_nobody_enrols_a_stranger_or_somebody_above(client: FlaskClient, world: World) -> None:
    for by, person in (("zhou", "chen"), ("jiang", "yong"), ("jiang", "ping"), ("jiang", "zhou")):
        asked = {"account_id": world.accounts[person].id}
        answer = client.post("/api/v1/enrolments", json=asked, headers=world.as_phone(by))
        assert (by, person, answer.json["code"]) == (by, person, "ACCOUNT_UNKNOWN")


def test_a_revoked_phone_is_turned_away_at_its_next_request(client: FlaskClient, world: World) -> None:
    device_id = world.callers["chen"].device_id
    chen, jiang = world.as_phone("chen"), world.as_phone("jiang")
    assert client.get("/api/v1/session", headers=chen).status_code == 200
    assert client.delete(f"/api/v1/devices/{device_id}", headers=world.as_phone("zhou")).status_code == 404
    assert client.delete(f"/api/v1/devices/{device_id}", headers=jiang).status_code == 204
    answer = client.get("/api/v1/session", headers=chen)
    assert (answer.status_code, answer.json["code"]) == (401, "TOKEN_REVOKED")
    assert client.delete(f"/api/v1/devices/{device_id}", headers=jiang).status_code == 204


def test_the_list_holds_only_the_phones_of_the_area(client: FlaskClient, world: World) -> None:
    mine = client.get("/api/v1/devices?page_size=2", headers=world.as_phone("jiang"))
    assert mine.json is not None
    assert [row["username"] for row in mine.json] == ["ping", "jiang"]
    assert '"total": 4' in mine.headers["X-Pagination"]
    strangers = client.get("/api/v1/devices", headers=world.as_phone("zhou")).json
    assert [row["username"] for row in strangers] == ["zhou"]
    assert sorted(mine.json[0]) == [
        "account_id", "display_name", "enrolled_at", "erases_unsent", "id", "label", "last_sync_at", "revoked_at",
        "unit_code", "username",
    ]  # fmt: skip


def test_the_phones_of_one_person(client: FlaskClient, world: World) -> None:
    chen, zhou = world.accounts["chen"].id, world.accounts["zhou"].id
    found = client.get(f"/api/v1/devices?account_id={chen}", headers=world.as_phone("jiang"))
    assert [row["username"] for row in found.json] == ["chen"]
    assert client.get(f"/api/v1/devices?account_id={zhou}", headers=world.as_phone("jiang")).json == []


def test_people_are_found_by_name_with_how_many_phones_they_have(client: FlaskClient, world: World) -> None:
    device_id = world.callers["chen"].device_id

    def found(q: str) -> list[tuple[str, int]]:
        answer = client.get(f"/api/v1/accounts?q={q}", headers=world.as_phone("jiang"))
        return [(row["username"], row["phones"]) for row in answer.json]

    assert found("检查") == [("chen", 1)]
    assert found("TAN") == [("tang", 1)]
    assert found("%25") == []
    client.delete(f"/api/v1/devices/{device_id}", headers=world.as_phone("jiang"))
    assert found("陈") == [("chen", 0)]


def test_a_lost_phone_is_told_to_erase_also_what_it_never_sent(client: FlaskClient, world: World) -> None:
    device_id, chen, jiang = world.callers["chen"].device_id, world.as_phone("chen"), world.as_phone("jiang")

    def told() -> Any:
        return client.get("/api/v1/my/changes", headers=chen).json["details"]

    assert client.delete(f"/api/v1/devices/{device_id}", headers=jiang).status_code == 204
    assert told() == {"erase_unsent": False}
    # Found out later that it is lost, not only handed back.
    assert client.delete(f"/api/v1/devices/{device_id}?erase_unsent=true", headers=jiang).status_code == 204
    assert told() == {"erase_unsent": True}
    assert client.delete(f"/api/v1/devices/{device_id}", headers=jiang).status_code == 204
    assert told() == {"erase_unsent": True}
    (row,) = client.get(f"/api/v1/devices?account_id={world.accounts['chen'].id}", headers=jiang).json
    assert row["erases_unsent"] is True


def test_a_token_nobody_knows_never_erases_what_was_not_sent(client: FlaskClient) -> None:
    answer = client.get("/api/v1/session", headers={"Authorization": "Bearer never-given-out"})
    assert (answer.status_code, answer.json["details"]) == (401, {"erase_unsent": False})


def test_a_revoked_phone_reads_nothing_at_any_door(app: Flask, client: FlaskClient, world: World) -> None:
    """Every address of the house, those open to anybody too: a phone learns at whichever it asks first."""
    device_id = world.callers["chen"].device_id
    client.delete(f"/api/v1/devices/{device_id}?erase_unsent=true", headers=world.as_phone("jiang"))
    wrong, asked = [], 0
    for rule in app.url_map.iter_rules():
        url = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000001", rule.rule)
        url = re.sub(r"<[^>]+>", "1", re.sub(r"<any\((\w+)[^>]*>", r"\1", url))
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            body = {} if method == "GET" else {"json": {}}
            answer = client.open(url, method=method, headers=world.as_phone("chen"), **body)
            asked += 1
            if answer.status_code != 401 or "何家湾" in answer.text:
                wrong.append(f"{method} {url}: {answer.status_code}")
            elif answer.is_json and method != "HEAD" and answer.json["details"] != {"erase_unsent": True}:
                wrong.append(f"{method} {url}: {answer.json['details']}")
    assert wrong == []
    assert asked >= 150


def test_looking_leaves_no_trace_of_when_a_phone_was_used(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    client.get("/api/v1/session", headers=world.as_phone("chen"))
    with sessions() as session:
        device = session.get_one(Device, world.callers["chen"].device_id)
    assert device.last_sync_at is None
    assert device.enrolled_at == NOON - dt.timedelta(0)
