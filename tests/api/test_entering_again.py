"""A phone whose answer was lost is let in again by the same code; a locked one learns that it was revoked, no more."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from stations.people.tables import AuditEvent, Device
from tests.api.test_devices import make_code
from tests.conftest import Clock
from tests.world import World

SECRET, ANOTHER = "a" * 43, "B-_" + "c" * 40


def enter(client: FlaskClient, code: str, secret: str | None) -> Any:
    return client.post("/api/v1/devices", json={"code": code, "device_label": "红米 12", "secret": secret})


def watch(client: FlaskClient, token: str) -> Any:
    answer = client.get("/api/v1/my/device", headers={"Authorization": f"Watch {token}"})
    return answer.json if answer.status_code == 200 else answer.json["code"]


def test_the_same_phone_is_let_in_again_when_the_answer_was_lost(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    code = make_code(client, world)["code"]
    first = enter(client, code, SECRET)
    clock.forward(minutes=14)
    again = enter(client, f" {code.lower()}", SECRET)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["token"] == SECRET
    known = ("token", "watch_token", "device_id", "account")
    assert [first.json[key] for key in known] == [again.json[key] for key in known]
    assert client.get("/api/v1/session", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 200
    with sessions() as session:
        acts = select(func.count(AuditEvent.id)).where(AuditEvent.action == "device.enrol")
        assert session.scalar(acts) == 1


def test_nothing_else_is_let_in_by_a_code_that_was_used(client: FlaskClient, world: World, clock: Clock) -> None:
    code, other = make_code(client, world)["code"], make_code(client, world, person="tang")["code"]
    device_id = enter(client, code, SECRET).json["device_id"]
    for wrong in (enter(client, code, ANOTHER), enter(client, code, None), enter(client, other, SECRET)):
        assert wrong.json["code"] == "ENROLMENT_INVALID"
    # The secret that was refused for another's code burnt nothing.
    assert enter(client, other, ANOTHER).status_code == 201
    client.delete(f"/api/v1/devices/{device_id}", headers=world.as_phone("jiang"))
    assert enter(client, code, SECRET).json["code"] == "ENROLMENT_INVALID"


def test_after_its_quarter_of_an_hour_a_code_lets_nobody_in_again(
    client: FlaskClient, world: World, clock: Clock
) -> None:
    code = make_code(client, world)["code"]
    assert enter(client, code, SECRET).status_code == 201
    clock.forward(minutes=15)
    assert enter(client, code, SECRET).json["code"] == "ENROLMENT_INVALID"


@pytest.mark.parametrize("secret", ["", "a" * 42, "a" * 44, "a" * 42 + "=", "a" * 42 + "\n", "é" * 43])
def test_a_secret_of_another_shape_is_no_secret(client: FlaskClient, world: World, secret: str) -> None:
    code = make_code(client, world)["code"]
    assert enter(client, code, secret).json["code"] == "BAD_INPUT"
    assert enter(client, code, None).status_code == 201


def test_a_locked_phone_asks_only_whether_it_is_revoked(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    admitted = enter(client, make_code(client, world)["code"], SECRET).json
    token, device_id = admitted["watch_token"], admitted["device_id"]
    assert watch(client, token) == {"revoked": False, "erase_unsent": False}
    # It opens no other door, in whatever guise.
    assert client.get("/api/v1/my/changes", headers={"Authorization": f"Watch {token}"}).status_code == 401
    assert client.get("/api/v1/session", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    jiang = world.as_phone("jiang")
    client.delete(f"/api/v1/devices/{device_id}", headers=jiang)
    assert watch(client, token) == {"revoked": True, "erase_unsent": False}
    client.delete(f"/api/v1/devices/{device_id}?erase_unsent=true", headers=jiang)
    assert watch(client, token) == {"revoked": True, "erase_unsent": True}
    with sessions() as session:
        device = session.get_one(Device, device_id)
    assert (device.last_sync_at, token in (device.watch_sha256, device.token_sha256)) == (None, False)


def test_an_unknown_watch_token_never_erases(client: FlaskClient, world: World) -> None:
    assert [watch(client, token) for token in ("", "nobody", SECRET)] == ["DEVICE_UNKNOWN"] * 3
    # The token itself is not taken for the secret that lies open.
    enter(client, make_code(client, world)["code"], SECRET)
    assert watch(client, SECRET) == "DEVICE_UNKNOWN"
    assert client.get("/api/v1/my/device", headers=world.as_phone("chen")).status_code == 404


def test_a_closed_account_is_revoked_too(client: FlaskClient, world: World) -> None:
    admitted = enter(client, make_code(client, world)["code"], SECRET).json
    account = world.accounts["chen"].id
    assert client.delete(f"/api/v1/accounts/{account}", headers=world.as_phone("jiang")).status_code in (200, 204)
    assert watch(client, admitted["watch_token"]) == {"revoked": True, "erase_unsent": False}
