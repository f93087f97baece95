"""Signing in as staff do, for tests."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.people.passwords import hash_password
from stations.people.tables import Account
from tests.world import World

PASSWORD = "correct horse 7"
HASHED = hash_password(PASSWORD, "nobody")


def give_password(sessions: sessionmaker[Session], world: World, person: str) -> None:
    """Let a person of the world sign in with PASSWORD."""
    with sessions.begin() as session:
        session.get_one(Account, world.accounts[person].id).password_hash = HASHED


def sign_in(client: FlaskClient, person: str) -> dict[str, str]:
    """Sign in; gives the header that a change must carry."""
    answer = client.post("/api/v1/session", json={"username": person, "password": PASSWORD})
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return {"X-CSRF-Token": answer.json["csrf_token"]}
