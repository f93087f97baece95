"""Staff see the jobs of their area and revive dead ones; a machine sees that the server is up."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

import jobs
from tests.conftest import NOON
from tests.world import World

JIANGYONG, TAOJIANG = "/CN/43/4311/431125/", "/CN/43/4309/430922/"


def ask(sessions: sessionmaker[Session], *, unit_path: str = JIANGYONG, dead: bool = False) -> int:
    with sessions.begin() as session:
        job = jobs.ask(session, "photo_thumbnail", {"secret": 1}, now=NOON, unit_path=unit_path, priority=9)
        if dead:
            held = jobs.claim(session, "w", ["photo_thumbnail"], now=NOON)
            assert held is not None
            jobs.bury(session, held, "PHOTO_FORMAT", now=NOON)
        return job.id


def test_each_sees_the_jobs_of_the_own_area(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    mine, foreign, systems = ask(sessions), ask(sessions, unit_path=TAOJIANG), ask(sessions, unit_path="")
    seen = {
        person: [row["id"] for row in client.get("/api/v1/jobs", headers=world.as_phone(person)).json or ()]
        for person in ("jiang", "zhou", "yong", "xiang")
    }
    assert seen == {"jiang": [mine], "zhou": [foreign], "yong": [mine], "xiang": [systems, foreign, mine]}
    refused = client.get(f"/api/v1/jobs/{foreign}", headers=world.as_phone("jiang"))
    assert refused.json["code"] == "JOB_UNKNOWN"


def test_a_dead_job_is_found_and_revived(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    dead = ask(sessions, dead=True)
    ask(sessions)
    jiang = world.as_phone("jiang")
    counts = {"waiting": 1, "running": 0, "done": 0, "dead": 1}
    assert client.get("/api/v1/jobs/counts", headers=jiang).json == counts
    found = client.get("/api/v1/jobs?state=dead", headers=jiang).json
    assert found is not None
    assert [(row["id"], row["last_error"]) for row in found] == [(dead, "PHOTO_FORMAT")]
    assert "payload" not in found[0]
    revived = client.post(f"/api/v1/jobs/{dead}/revival", headers=jiang)
    assert (revived.status_code, revived.json["state"]) == (200, "waiting")
    assert client.post(f"/api/v1/jobs/{dead}/revival", headers=world.as_phone("zhou")).status_code == 404


def test_health_needs_no_sign_in_and_says_the_version(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "version": "0.5.0"})


@pytest.mark.parametrize("door", ["jobs", "quarantine", "maps/stations", "snapshots", "ledgers"])
def test_a_number_that_no_row_can_have_is_not_found(client: FlaskClient, world: World, door: str) -> None:
    answer = client.get(f"/api/v1/{door}/99999999999999", headers=world.as_phone("jiang"))
    assert (answer.status_code, (answer.json or {})["code"]) == (404, "NOT_FOUND")
