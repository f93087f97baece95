"""Accounts are made by those above, inside their area, and closed for good."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.api.browsers import PASSWORD, give_password, sign_in
from tests.world import World

URL = "/api/v1/accounts"


def facts(**changed: Any) -> dict[str, Any]:
    return {"username": "luying", "display_name": "卢检查", "role": "inspector", "unit_code": "431125"} | changed


def test_an_owner_belongs_to_a_station_of_the_unit(client: FlaskClient, world: World) -> None:
    owner = facts(username="owner2", role="owner", station_code="JY002")
    answer = client.post(URL, json=owner, headers=world.as_phone("jiang"))
    assert answer.status_code == 201, answer.json
    assert answer.json is not None
    assert answer.json["station_id"] == world.stations["JY002"]
    assert answer.json["has_password"] is False


@pytest.mark.parametrize(
    ("by", "changed", "status", "code"),
    [
        ("jiang", {"role": "province", "unit_code": "43"}, 403, "NOT_ALLOWED"),
        ("jiang", {"role": "third_party"}, 403, "NOT_ALLOWED"),
        ("jiang", {"unit_code": "430922"}, 403, "OUT_OF_SCOPE"),
        ("zhou", {}, 403, "OUT_OF_SCOPE"),
        ("xiang", {"unit_code": "999999"}, 422, "UNIT_UNKNOWN"),
        ("xiang", {"role": "county", "unit_code": "4311"}, 422, "BAD_INPUT"),
        ("jiang", {"role": "owner"}, 422, "BAD_INPUT"),
        ("jiang", {"station_code": "JY001"}, 422, "BAD_INPUT"),
        ("jiang", {"role": "owner", "station_code": "TJ001"}, 404, "STATION_UNKNOWN"),
        ("jiang", {"username": "chen"}, 409, "ACCOUNT_EXISTS"),
        ("jiang", {"username": "Chen"}, 422, "BAD_INPUT"),
        ("jiang", {"role": "king"}, 422, "BAD_INPUT"),
        ("jiang", {"surprise": 1}, 422, "BAD_INPUT"),
        ("jiang", {"password": "short"}, 422, "PASSWORD_WEAK"),
        ("jiang", {"password": "password123"}, 422, "PASSWORD_WEAK"),
        ("jiang", {"username": "luluca", "password": "Luluca-2026"}, 422, "PASSWORD_WEAK"),
        ("chen", {}, 403, "NOT_ALLOWED"),
    ],
)
def test_what_may_not_be_made(
    client: FlaskClient, world: World, by: str, changed: dict[str, Any], status: int, code: str
) -> None:
    answer = client.post(URL, json=facts(**changed), headers=world.as_phone(by))
    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_bulk_is_all_or_nothing_and_names_the_row(client: FlaskClient, world: World) -> None:
    jiang = world.as_phone("jiang")
    rows = [facts(username="lu1"), facts(username="chen"), facts(username="lu3")]
    answer = client.post(f"{URL}/bulk", json={"accounts": rows}, headers=jiang)
    assert answer.json is not None
    assert (answer.json["code"], answer.json["details"]) == ("ACCOUNT_EXISTS", {"row": 1})
    listed = client.get(f"{URL}?role=inspector", headers=jiang).json
    assert [row["username"] for row in listed] == ["chen"]  # type: ignore[union-attr]
    rows[1]["username"] = "lu2"
    assert client.post(f"{URL}/bulk", json={"accounts": rows}, headers=jiang).status_code == 201
    listed = client.get(f"{URL}?role=inspector", headers=jiang).json
    assert [row["username"] for row in listed] == ["chen", "lu1", "lu2", "lu3"]  # type: ignore[union-attr]


def test_a_closed_account_is_turned_away_everywhere(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    give_password(sessions, world, "jiang")
    sign_in(client, "jiang")
    yong = world.as_phone("yong")
    address = f"{URL}/{world.accounts['jiang'].id}"
    client_of_yong = client.application.test_client()
    assert client_of_yong.delete(address, headers=world.as_phone("zhou")).status_code == 404
    assert client_of_yong.delete(address, headers=yong).status_code == 204
    assert client.get("/api/v1/session").status_code == 401
    refused = client_of_yong.get("/api/v1/session", headers=world.as_phone("jiang"))
    assert refused.json["code"] == "TOKEN_REVOKED"  # type: ignore[index]
    again = client.post("/api/v1/session", json={"username": "jiang", "password": PASSWORD})
    assert again.json["code"] == "SIGN_IN_FAILED"  # type: ignore[index]
    assert client_of_yong.delete(address, headers=yong).status_code == 404


def test_a_new_password_signs_out_everywhere(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    give_password(sessions, world, "jiang")
    sign_in(client, "jiang")
    other = client.application.test_client()
    address = f"{URL}/{world.accounts['jiang'].id}/password"
    assert other.put(address, json={"password": "brand new 88"}, headers=world.as_phone("yong")).status_code == 204
    assert client.get("/api/v1/session").status_code == 401
    body = {"username": "jiang", "password": "brand new 88"}
    assert client.post("/api/v1/session", json=body).status_code == 200
