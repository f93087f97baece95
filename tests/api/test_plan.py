"""The plan: the one request of a sync with nothing new, which says what is missing and whether asking is worth it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.found.tables import FoundStation
from inspections.visits.tables import Inspection, TimeKey
from stations.people.tables import Account
from tests.conftest import NOON, Clock
from tests.visit_making import ID_A, ID_B, ID_C, jpeg, sent, sha, visit
from tests.world import World


def plan(client: FlaskClient, world: World, person: str = "chen", **asked: Any) -> Any:
    answer = client.post("/api/v1/sync/plan", json=asked, headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return answer.json


def held(client: FlaskClient, world: World, person: str = "chen") -> dict[str, str]:
    """Give what a phone holds that has everything."""
    phone = world.as_phone(person)
    told = {
        "cursor": client.get("/api/v1/my/changes", headers=phone).json["cursor"],
        "forms": client.get("/api/v1/forms", headers=phone).headers["ETag"].strip('"'),
    }
    if person == "tang":
        told["months"] = client.get("/api/v1/my/months", headers=phone).headers["ETag"].strip('"')
    return told


def test_with_nothing_new_it_is_the_only_request_and_a_small_one(client: FlaskClient, world: World) -> None:
    for person in ("chen", "tang"):
        asked = held(client, world, person)
        answer = client.post("/api/v1/sync/plan", json=asked, headers=world.as_phone(person))
        assert answer.json["news"] == {"forms": False, "changes": False, "months": False}
        up = len(json.dumps(asked)) + sum(len(f"{name}: {value}\r\n") for name, value in world.as_phone(person).items())
        down = len(answer.data) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
        assert up + down < 1700, (up, down)


def test_a_phone_that_says_nothing_is_told_to_ask(client: FlaskClient, world: World) -> None:
    assert plan(client, world)["news"] == {"forms": True, "changes": True, "months": False}
    assert plan(client, world, "tang", cursor="old", forms="old", months="old")["news"] == {
        "forms": True, "changes": True, "months": True}  # fmt: skip


def test_each_kind_of_change_is_news_to_whom_it_concerns(client: FlaskClient, world: World) -> None:
    chen, ping, zhou = held(client, world), held(client, world, "ping"), held(client, world, "zhou")
    task = {"account_id": world.accounts["chen"].id, "stations": ["JY001"], "method": "site_visit"}
    client.post("/api/v1/visit-tasks", json=task, headers=world.as_phone("jiang"))
    assert plan(client, world, **chen)["news"]["changes"] is True
    assert plan(client, world, "ping", **ping)["news"]["changes"] is False
    client.put(f"/api/v1/inspections/{ID_A}", json=visit(), headers=world.as_phone("chen"))
    assert plan(client, world, "ping", **ping)["news"]["changes"] is True
    assert plan(client, world, "zhou", **zhou)["news"]["changes"] is False


def test_an_owner_without_a_station_in_reach_can_still_send(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["tang"].id).station_id = world.stations["TJ001"]
    assert plan(client, world, "tang")["news"]["months"] is False


def test_months_and_stations_found_are_known_by_their_ids(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    client.put(f"/api/v1/inspections/{ID_A}", data=sent(), headers=world.as_phone("chen"))
    with sessions.begin() as session:
        session.add(FoundStation(
            id=ID_B, body=b"{}", body_sha256=sha(b"{}"), account_id=world.accounts["chen"].id, arrived_by="phone",
            unit_path="/CN/43/4311/431125/", name="新站", kind="village_point", nearby=[], photos=[], clock={},
            captured_at=NOON, received_at=NOON, state="open",
        ))  # fmt: skip
    claims = [(ID_A, sha(sent())), (ID_A.upper(), "0" * 64), (ID_B, sha(b"{}")), (ID_C, "0" * 64)]
    told = plan(client, world, records=[{"id": id_, "sha256": sha256} for id_, sha256 in claims])["records"]
    assert [one["status"] for one in told] == ["same", "conflict", "same", "missing"]


def test_previews_are_asked_for_once(client: FlaskClient, world: World) -> None:
    here, not_here = jpeg(1), jpeg(2)
    client.put(f"/api/v1/media/{sha(here)}", data=here, headers=world.as_phone("chen"))
    told = plan(client, world, previews=[sha(here), sha(not_here)])["previews"]
    assert told == [{"sha256": sha(here), "held": True}, {"sha256": sha(not_here), "held": False}]


def test_a_visit_proves_the_time_its_own_phone_was_told(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    told = plan(client, world)["signed_time"]
    clock.forward(minutes=5)
    body = visit()
    body["clock"] = body["clock"] | {"signed_time": told}
    for visit_id, person in ((ID_A, "chen"), (ID_B, "ping")):
        assert (
            client.put(f"/api/v1/inspections/{visit_id}", json=body, headers=world.as_phone(person)).status_code == 201
        )
    body["clock"]["signed_time"] = "1.nonsense"
    assert client.put(f"/api/v1/inspections/{ID_C}", json=body, headers=world.as_phone("chen")).status_code == 201
    with sessions() as session:
        proved = dict(session.execute(select(Inspection.id, Inspection.clock_signed_at)).all())
        keys = session.scalars(select(TimeKey.secret)).all()
    assert proved == {ID_A: NOON, ID_B: None, ID_C: None}
    assert [len(key) for key in keys] == [64]
    # Signed anew each time, with the one key.
    assert plan(client, world)["signed_time"] != told
    assert dt.timedelta(minutes=5) == clock.at - NOON
