"""Many at once: guesses are counted one by one, a code lets in one phone, a thing asked for twice is asked for once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from stations.people.tables import Device
from tests.api.browsers import give_password
from tests.api.test_devices import make_code
from tests.conftest import NOON
from tests.world import World


def at_once(app: Flask, url: str, body: dict[str, Any], times: int) -> Counter[int]:
    def post(_number: int) -> int:
        return app.test_client().post(url, json=body).status_code

    with ThreadPoolExecutor(8) as pool:
        return Counter(pool.map(post, range(times)))


def test_guesses_made_at_once_do_not_slip_through_together(
    app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    give_password(sessions, world, "jiang")
    guess = {"username": "jiang", "password": "wrong horse 7"}
    assert at_once(app, "/api/v1/session", guess, 24) == {401: 5, 429: 19}


def test_of_many_phones_with_one_code_one_gets_in(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    code = make_code(app.test_client(), world)["code"]
    assert at_once(app, "/api/v1/devices", {"code": code, "device_label": "x"}, 12) == {201: 1, 403: 11}
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Device)) == 8


def test_a_job_asked_for_by_many_at_once_is_one_job(sessions: sessionmaker[Session]) -> None:
    def ask(_number: int) -> int:
        with sessions.begin() as session:
            return jobs.ask(session, "thumb", {}, now=NOON, unique_key="thumb:a").id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(ask, range(24)))
    assert len(ids) == 1


def test_a_job_is_claimed_by_one_of_many(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        wanted = {jobs.ask(session, "thumb", {}, now=NOON).id for _ in range(12)}

    def claim(number: int) -> int | None:
        with sessions.begin() as session:
            held = jobs.claim(session, f"w{number}", ["thumb"], now=NOON)
            return held.id if held else None

    with ThreadPoolExecutor(8) as pool:
        claimed = [found for found in pool.map(claim, range(24)) if found is not None]
    assert sorted(claimed) == sorted(wanted)
