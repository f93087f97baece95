"""The commands for people and for the worker do what the doors do."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

import jobs
from stations.people.tables import Device
from tests.conftest import NOON, Clock
from tests.world import World

ADD = ["add-account", "--name", "卢联络", "--role", "county", "--unit", "431125", "--password", "kept in mind 9"]


def run(app: Flask, *words: str, status: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == status, result.output
    return result.output


def test_an_account_made_by_command_can_sign_in(app: Flask, client: FlaskClient) -> None:
    assert "made account luying (county, 江永县)" in run(app, *ADD, "luying")
    answer = client.post("/api/v1/session", json={"username": "luying", "password": "kept in mind 9"})
    assert answer.status_code == 200
    assert "ACCOUNT_EXISTS" in run(app, *ADD, "luying", status=1)
    assert "PASSWORD_WEAK" in run(app, *ADD[:-1], "short", "second", status=1)


def test_a_phone_is_enrolled_and_revoked_by_command(app: Flask, client: FlaskClient, world: World) -> None:
    shown = run(app, "enrol", "chen", "--base-url", "https://example.org/")
    code = re.search(r"https://example\.org/app/#enrol=([0-9A-Z-]{19})", shown)
    assert code is not None
    admitted = client.post("/api/v1/devices", json={"code": code[1], "device_label": "备用机"})
    assert admitted.status_code == 201
    assert admitted.json is not None
    phone = {"Authorization": f"Bearer {admitted.json['token']}"}
    assert f"revoked device {admitted.json['device_id']}" in run(app, "revoke-device", str(admitted.json["device_id"]))
    assert client.get("/api/v1/session", headers=phone).status_code == 401
    assert "ACCOUNT_UNKNOWN" in run(app, "enrol", "ghost", status=1)
    assert "DEVICE_UNKNOWN" in run(app, "revoke-device", "999", status=1)


@pytest.mark.parametrize("how", ["--once", "--until-empty"])
def test_work_does_what_is_due_and_ends(
    app: Flask, world: World, sessions: sessionmaker[Session], clock: Clock, how: str
) -> None:
    with sessions.begin() as session:
        job = jobs.ask(session, "vitality_recheck", {}, now=NOON)
    run(app, "work", how)
    with sessions() as session:
        done = session.get_one(jobs.Job, job.id)
    assert (done.state, done.finished_at) == ("done", clock())
    assert done.result == {"looked_at": 0, "changed": 0}


def test_sending_a_visit_is_what_notes_a_phones_sync(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    body = {"records": [], "media": []}
    assert client.post("/api/v1/sync/plan", json=body, headers=world.as_phone("chen")).status_code == 200
    with sessions() as session:
        device = session.get_one(Device, world.callers["chen"].device_id)
    assert device.last_sync_at == NOON
