"""Staff sign in with a password; wrong guesses are counted although they are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from api.app import create_app
from stations.people.tables import AuditEvent, StaffSession
from tests.api.browsers import PASSWORD, give_password, sign_in
from tests.conftest import Clock
from tests.world import World

URL = "/api/v1/session"
RIGHT = {"username": "jiang", "password": PASSWORD}
WRONG = {"username": "jiang", "password": "wrong horse 7"}


@pytest.fixture(autouse=True)
def _jiang_has_a_password(sessions: sessionmaker[Session], world: World) -> None:
    give_password(sessions, world, "jiang")


def code_of(client: FlaskClient, body: dict[str, str]) -> str:
    answer = client.post(URL, json=body)
    return "in" if answer.status_code == 200 else answer.json["code"]  # type: ignore[index]


def test_signing_in_says_who_and_what_may_be_done(client: FlaskClient, world: World) -> None:
    answer = client.post(URL, json=RIGHT)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["account"] == {
        "id": world.accounts["jiang"].id, "name": "蒋联络", "role": "county", "unit_code": "431125",
        "unit_name": "江永县",
    }  # fmt: skip
    assert "station.edit" in answer.json["permissions"]
    assert "anyone" not in answer.json["permissions"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("cunzhan_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert client.get(URL).json == answer.json


def test_nobody_is_told_to_sign_in_and_a_phone_has_no_csrf_token(client: FlaskClient, world: World) -> None:
    assert client.get(URL).json["code"] == "NOT_SIGNED_IN"  # type: ignore[index]
    answer = client.get(URL, headers=world.as_phone("tang")).json
    assert answer is not None
    assert (answer["account"]["role"], answer["csrf_token"]) == ("owner", None)


def test_signing_out_ends_the_session_at_once(client: FlaskClient, sessions: sessionmaker[Session]) -> None:
    csrf = sign_in(client, "jiang")
    kept = client.get_cookie("cunzhan_session")
    assert kept is not None
    assert client.delete(URL).json["code"] == "CSRF_FAILED"  # type: ignore[index]
    assert client.delete(URL, headers=csrf).status_code == 204
    assert client.get_cookie("cunzhan_session") is None
    client.set_cookie("cunzhan_session", kept.value)
    assert client.get(URL).status_code == 401
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_a_session_ends_after_twelve_hours(client: FlaskClient, clock: Clock) -> None:
    sign_in(client, "jiang")
    kept = client.get_cookie("cunzhan_session")
    assert kept is not None
    clock.forward(hours=11, minutes=59)
    client.set_cookie("cunzhan_session", kept.value)
    assert client.get(URL).status_code == 200
    clock.forward(minutes=1)
    assert client.get(URL).status_code == 401


@pytest.mark.parametrize(
    "body",
    [WRONG, {"username": "nobody", "password": PASSWORD}, {"username": "chen", "password": PASSWORD}],
    ids=["wrong password", "no such account", "an account without a password"],
)
def test_every_wrong_try_is_answered_alike(client: FlaskClient, body: dict[str, str]) -> None:
    answer = client.post(URL, json=body)
    assert (answer.status_code, answer.json["code"]) == (401, "SIGN_IN_FAILED")  # type: ignore[index]
    assert answer.json["details"] == {}  # type: ignore[index]


def test_five_wrong_guesses_pause_even_the_right_password(client: FlaskClient, clock: Clock) -> None:
    assert [code_of(client, WRONG) for _ in range(5)] == ["SIGN_IN_FAILED"] * 5
    answer = client.post(URL, json=RIGHT)
    assert (answer.status_code, answer.json["code"]) == (429, "SIGN_IN_PAUSED")  # type: ignore[index]
    assert answer.headers["Retry-After"] == "30"
    clock.forward(seconds=29)
    assert code_of(client, RIGHT) == "SIGN_IN_PAUSED"
    clock.forward(seconds=1)
    assert code_of(client, RIGHT) == "in"
    assert [code_of(client, WRONG) for _ in range(4)] == ["SIGN_IN_FAILED"] * 4
    assert code_of(client, RIGHT) == "in"


def test_a_guesser_gets_at_most_ten_tries_in_any_five_minutes(client: FlaskClient, clock: Clock) -> None:
    tried_at: list[float] = []
    for second in range(0, 1200, 10):
        while code_of(client, WRONG) == "SIGN_IN_FAILED":
            tried_at.append(second)
        clock.forward(seconds=10)
    most = max(sum(start <= at < start + 300 for at in tried_at) for start in range(0, 1200, 10))
    assert most == 8
    assert tried_at == [0, 0, 0, 0, 0, 30, 90, 210, 450, 930]


def test_wrong_guesses_are_forgiven_a_day_after_the_pause(client: FlaskClient, clock: Clock) -> None:
    assert [code_of(client, WRONG) for _ in range(6)][-1] == "SIGN_IN_PAUSED"
    clock.forward(hours=24, seconds=30)
    assert [code_of(client, WRONG) for _ in range(4)] == ["SIGN_IN_FAILED"] * 4


def test_both_outcomes_leave_a_trace_without_what_was_typed(
    client: FlaskClient, sessions: sessionmaker[Session]
) -> None:
    code_of(client, WRONG)
    code_of(client, RIGHT)
    with sessions() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == ["session.refused", "session.open"]
    assert [(event.before, event.after, event.reason) for event in events] == [(None, None, None)] * 2


def test_a_stale_cookie_does_not_stop_signing_in_again(client: FlaskClient) -> None:
    sign_in(client, "jiang")
    assert code_of(client, RIGHT) == "in"


def test_over_https_the_cookie_is_bound_to_this_host(app: Flask, world: World, clock: Clock) -> None:
    secure = create_app(replace(app.extensions["cunzhan_config"], cookie_secure=True), clock=clock)
    answer = secure.test_client().post(URL, json=RIGHT, base_url="https://localhost")
    assert answer.headers["Set-Cookie"].startswith("__Host-cunzhan_session=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    secure.extensions["cunzhan_engine"].dispose()
