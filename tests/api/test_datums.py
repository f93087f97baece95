"""The datum guard through its doors: check, try, mend, list, undo."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.stations.logistics.test_datums import grid, settle
from tests.world import World


@pytest.fixture
def mixed(sessions: sessionmaker[Session], world: World) -> World:
    with sessions.begin() as session:
        for number in range(8):
            settle(session, number, grid(number), datum_meant="gcj02")
    return world


def test_from_the_check_to_the_undoing(client: FlaskClient, mixed: World) -> None:
    jiang = mixed.as_phone("jiang")

    def ask(method: str, address: str, status: int = 200, **more: Any) -> Any:
        answer = client.open(f"/api/v1{address}", method=method, headers=jiang, **more)
        assert answer.status_code == status, answer.json
        return answer.json

    told = ask("GET", "/datum-checks?ou=431125")
    assert (told["faulty"], told["compared"], told["permissions"]) == (1, 8, {"may_repair": True})
    assert told["counties"][0]["findings"][0]["figures"]["stations"] == 8
    wish = {"ou": "431125", "fault": "mixed_gcj02"}
    assert ask("POST", "/datum-repairs", json=wish)["dry_run"] is True
    made = ask("POST", "/datum-repairs", json=wish | {"dry_run": False})
    assert made["counties"][0]["stations"] == 10
    assert ask("GET", "/datum-checks")["faulty"] == 0
    assert ask("POST", "/datum-repairs", 409, json=wish)["code"] == "DATUM_NOT_SUSPECTED"
    number = made["counties"][0]["id"]
    assert ask("POST", f"/datum-repairs/{number}/undo")["undone_by"] == "蒋联络"
    assert ask("POST", f"/datum-repairs/{number}/undo", 409)["code"] == "DATUM_REPAIR_UNDONE"
    assert [one["undone_by"] for one in ask("GET", "/datum-repairs")["repairs"]] == ["蒋联络"]
    assert ask("GET", "/datum-checks")["faulty"] == 1
    ask("POST", "/datum-repairs", 422, json=wish | {"fault": "villages_shifted"})
    ask("POST", "/datum-repairs", 422, json=wish | {"unheard": 1})


def test_of_several_who_press_at_once_one_mends_and_one_takes_back(
    client: FlaskClient, app: Flask, mixed: World
) -> None:
    def press(address: str, json: dict[str, Any] | None = None) -> Counter[int]:
        def post(_number: int) -> int:
            return app.test_client().post(f"/api/v1{address}", json=json, headers=mixed.as_phone("jiang")).status_code

        with ThreadPoolExecutor(4) as pool:
            return Counter(pool.map(post, range(4)))

    assert press("/datum-repairs", {"fault": "mixed_gcj02", "dry_run": False}) == {200: 1, 409: 3}
    made = client.get("/api/v1/datum-repairs", headers=mixed.as_phone("jiang")).json
    assert made is not None
    assert [one["stations"] for one in made["repairs"]] == [10]
    assert press(f"/datum-repairs/{made['repairs'][0]['id']}/undo") == {200: 1, 409: 3}
