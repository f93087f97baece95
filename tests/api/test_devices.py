"""A phone is let in once by a code, and turned away for good from the request after it was revoked."""

from __future__ import annotations

import datetime as dt
from typing import Any

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
    return answer.json  # type: ignore[no-any-return]


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
        assert (by, person, answer.json["code"]) == (by, person, "ACCOUNT_UNKNOWN")  # type: ignore[index]


def test_a_revoked_phone_is_turned_away_at_its_next_request(client: FlaskClient, world: World) -> None:
    device_id = world.callers["chen"].device_id
    chen, jiang = world.as_phone("chen"), world.as_phone("jiang")
    assert client.get("/api/v1/session", headers=chen).status_code == 200
    assert client.delete(f"/api/v1/devices/{device_id}", headers=world.as_phone("zhou")).status_code == 404
    assert client.delete(f"/api/v1/devices/{device_id}", headers=jiang).status_code == 204
    answer = client.get("/api/v1/session", headers=chen)
    assert (answer.status_code, answer.json["code"]) == (401, "TOKEN_REVOKED")  # type: ignore[index]
    assert client.delete(f"/api/v1/devices/{device_id}", headers=jiang).status_code == 204


def test_the_list_holds_only_the_phones_of_the_area(client: FlaskClient, world: World) -> None:
    mine = client.get("/api/v1/devices?page_size=2", headers=world.as_phone("jiang"))
    assert mine.json is not None
    assert [row["username"] for row in mine.json] == ["ping", "jiang"]
    assert '"total": 4' in mine.headers["X-Pagination"]
    strangers = client.get("/api/v1/devices", headers=world.as_phone("zhou")).json
    assert [row["username"] for row in strangers] == ["zhou"]  # type: ignore[union-attr]
    assert sorted(mine.json[0]) == [
        "account_id", "display_name", "enrolled_at", "id", "label", "last_sync_at", "revoked_at", "unit_code",
        "username",
    ]  # fmt: skip


def test_looking_leaves_no_trace_of_when_a_phone_was_used(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    client.get("/api/v1/session", headers=world.as_phone("chen"))
    with sessions() as session:
        device = session.get_one(Device, world.callers["chen"].device_id)
    assert device.last_sync_at is None
    assert device.enrolled_at == NOON - dt.timedelta(0)
