"""Nobody waits for somebody else's writing who has nothing to write yet; a GET never does."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.world import World


def test_reading_and_sending_a_wrong_body_wait_for_no_writer(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    chen, jiang = world.as_phone("chen"), world.as_phone("jiang")
    with sessions.begin() as writer:
        writer.connection()  # on SQLite this is BEGIN IMMEDIATE: the one write lock is taken until the block ends
        answers = [
            client.get("/api/v1/session", headers=chen),
            client.get("/api/v1/jobs", headers=jiang),
            client.get("/healthz"),
            client.post("/api/v1/sync/plan", json={"surprise": 1}, headers=chen),
            client.post("/api/v1/accounts", json={}, headers=jiang),
            client.post("/api/v1/accounts", json={}, headers=chen),
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422, 422, 403]
