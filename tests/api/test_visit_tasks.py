"""Assigned visits over HTTP: who may be asked, who sees it, and how the own visit closes it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.tasks.tables import VisitTask
from stations.people.tables import Account, AuditEvent
from tests.conftest import Clock
from tests.visit_making import ID_A, ID_B, visit
from tests.world import World

TASKS = "/api/v1/visit-tasks"


def assign(client: FlaskClient, world: World, by: str, to: str = "chen", **more: Any) -> Any:
    asked = {"account_id": world.accounts[to].id, "stations": ["JY001"], "method": "site_visit"} | more
    return client.post(TASKS, json=asked, headers=world.as_phone(by))


def changes(client: FlaskClient, world: World, cursor: str | None = None, person: str = "chen") -> Any:
    query = {"cursor": cursor} if cursor else {}
    return client.get("/api/v1/my/changes", query_string=query, headers=world.as_phone(person)).json


def listed(client: FlaskClient, world: World, person: str, query: str = "") -> list[str]:
    answer = client.get(f"{TASKS}?{query}", headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return [f"{task['station_code']} {task['method']} {task['closed_why'] or 'open'}" for task in answer.json["tasks"]]


def test_a_task_reaches_the_phone_of_whom_it_is_for(client: FlaskClient, world: World) -> None:
    cursor = changes(client, world)["cursor"]
    made = assign(client, world, "jiang", stations=["JY002", "JY001"], due_on="2026-11-30", reason="招牌换了没有")
    assert made.status_code == 201, made.json
    assert [task["station_code"] for task in made.json["tasks"]] == ["JY002", "JY001"]
    assert made.json["tasks"][1] == {
        "id": made.json["tasks"][1]["id"], "station_code": "JY001", "station_name": "何家湾服务站",
        "method": "site_visit", "reason": "招牌换了没有", "due_on": "2026-11-30", "assigned_by": "蒋联络",
        "assigned_at": "2026-11-20T04:00:00+00:00", "account_id": world.accounts["chen"].id, "inspector": "陈检查",
        "inspection_id": None, "closed_at": None, "closed_why": None,
    }  # fmt: skip
    told = changes(client, world, cursor)
    assert told["tasks"][1] == {
        "id": made.json["tasks"][1]["id"], "station_code": "JY001", "method": "site_visit", "reason": "招牌换了没有",
        "due_on": "2026-11-30", "assigned_by": "蒋联络", "assigned_at": "2026-11-20T04:00:00+00:00",
    }  # fmt: skip
    assert [task["station_code"] for task in told["tasks"]] == ["JY002", "JY001"]
    assert told["stations"] == []
    assert changes(client, world, told["cursor"])["tasks"] == []
    assert changes(client, world, person="ping")["tasks"] == []


def test_the_same_open_task_is_not_made_twice(client: FlaskClient, world: World) -> None:
    first = assign(client, world, "jiang").json["tasks"][0]["id"]
    again = assign(client, world, "jiang", stations=["JY002", "JY001", "JY001"], due_on="2026-12-01").json["tasks"]
    assert [task["station_code"] for task in again] == ["JY002", "JY001"]
    assert (again[1]["id"], again[1]["due_on"]) == (first, None)
    assert assign(client, world, "jiang", method="look_back").json["tasks"][0]["id"] != first


def test_the_visit_that_was_asked_for_closes_its_task(client: FlaskClient, world: World, clock: Clock) -> None:
    assign(client, world, "jiang")
    cursor = changes(client, world)["cursor"]
    # Made before it was asked for: eleven thirty, and it is noon.
    client.put(f"/api/v1/inspections/{ID_A}", json=visit(), headers=world.as_phone("chen"))
    assert listed(client, world, "jiang") == ["JY001 site_visit open"]
    # Somebody else's visit is not the one that was asked for.
    clock.forward(hours=2)
    later = visit(captured_at="2026-11-20T12:00:00+08:00", started_at="2026-11-20T12:00:00+08:00",
                  ended_at="2026-11-20T12:10:00+08:00")  # fmt: skip
    client.put(f"/api/v1/inspections/{ID_B[:-1]}9", json=later, headers=world.as_phone("ping"))
    assert listed(client, world, "jiang") == ["JY001 site_visit open"]
    client.put(f"/api/v1/inspections/{ID_B}", json=later, headers=world.as_phone("chen"))
    assert listed(client, world, "jiang") == ["JY001 site_visit done"]
    assert listed(client, world, "jiang", "state=open") == []
    told = changes(client, world, cursor)
    assert (told["tasks"], len(told["closed_tasks"])) == ([], 1)
    # Asked again, it is a new one.
    assign(client, world, "jiang")
    assert listed(client, world, "jiang", f"account_id={world.accounts['chen'].id}") == [
        "JY001 site_visit open", "JY001 site_visit done"]  # fmt: skip
    assert listed(client, world, "jiang", f"account_id={world.accounts['ping'].id}") == []


def test_a_task_is_withdrawn_once(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    made = assign(client, world, "jiang").json["tasks"][0]["id"]
    first = changes(client, world)
    assert [task["id"] for task in first["tasks"]] == [made]
    for person, status in (("zhou", 404), ("chen", 403), ("jiang", 204), ("jiang", 204)):
        answer = client.delete(f"{TASKS}/{made}", headers=world.as_phone(person))
        assert answer.status_code == status, (person, answer.json)
    told = changes(client, world, first["cursor"])
    assert (told["tasks"], told["closed_tasks"]) == ([], [made])
    assert changes(client, world, told["cursor"])["closed_tasks"] == []
    with sessions() as session:
        acts = select(AuditEvent.action).where(AuditEvent.object_kind == "visit_task").order_by(AuditEvent.id)
        assert session.scalars(acts).all() == ["visit.assign", "visit.withdraw"]


@pytest.mark.parametrize(
    ("by", "to", "more", "code"),
    [
        ("jiang", "tang", {}, "TASK_REFUSED"),
        ("jiang", "yong", {}, "ACCOUNT_UNKNOWN"),
        ("zhou", "chen", {"stations": ["TJ001"]}, "ACCOUNT_UNKNOWN"),
        ("xiang", "chen", {"stations": ["JY001", "TJ001"]}, "TASK_REFUSED"),
        ("jiang", "chen", {"stations": ["TJ001"]}, "STATION_UNKNOWN"),
        ("jiang", "chen", {"method": "cross"}, "TASK_REFUSED"),
        ("xiang", "jiang", {"method": "cross"}, "TASK_REFUSED"),
        ("xiang", "jiang", {"method": "unannounced"}, "TASK_REFUSED"),
        ("jiang", "chen", {"method": "phone_callback"}, "BAD_INPUT"),
        ("chen", "chen", {}, "NOT_ALLOWED"),
    ],
)
def test_who_may_not_be_asked(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], by: str, to: str, more: Any, code: str
) -> None:
    assert assign(client, world, by, to, **more).json["code"] == code
    with sessions() as session:
        assert session.scalars(select(VisitTask)).all() == []


def test_a_cross_check_goes_to_somebody_of_another_office(client: FlaskClient, world: World) -> None:
    assert assign(client, world, "xiang", "yong", method="cross").status_code == 201
    assert assign(client, world, "jiang", "jiang", method="unannounced").status_code == 201


def test_a_closed_account_is_asked_nothing(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["chen"].id).closed_at = world.now
    assert assign(client, world, "jiang").json["code"] == "ACCOUNT_UNKNOWN"


def test_the_county_does_not_see_what_was_assigned_above_it(client: FlaskClient, world: World) -> None:
    hidden = assign(client, world, "yong", method="unannounced").json["tasks"][0]["id"]
    assign(client, world, "jiang", stations=["JY002"])
    assert listed(client, world, "jiang") == ["JY002 site_visit open"]
    assert listed(client, world, "zhou") == []
    for person in ("yong", "xiang"):
        assert listed(client, world, person) == ["JY002 site_visit open", "JY001 unannounced open"]
    answer = client.delete(f"{TASKS}/{hidden}", headers=world.as_phone("jiang"))
    assert (answer.status_code, answer.json["code"]) == (404, "TASK_UNKNOWN")


def test_the_list_is_paged(client: FlaskClient, world: World) -> None:
    assign(client, world, "jiang", stations=["JY001", "JY002"])
    page = client.get(f"{TASKS}?page=2&page_size=1", headers=world.as_phone("jiang")).json
    assert (page["total"], page["page"], page["page_size"], len(page["tasks"])) == (2, 2, 1, 1)


def test_a_task_whose_station_leaves_the_area_leaves_the_phone(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["chen"].id).unit_code = "431125100"
    made = assign(client, world, "jiang").json["tasks"][0]["id"]
    first = changes(client, world)
    assert ([one["code"] for one in first["stations"]], len(first["tasks"])) == (["JY001"], 1)
    move = {"village_code": "431125101200"}
    moved = client.patch("/api/v1/stations/JY001", json=move, headers=world.as_phone("jiang") | {"If-Match": "*"})
    assert moved.status_code == 200, moved.json
    told = changes(client, world, first["cursor"])
    assert (told["stations"], told["removed"], told["tasks"], told["closed_tasks"]) == ([], ["JY001"], [], [made])
    # And back again.
    move = {"village_code": "431125100201"}
    client.patch("/api/v1/stations/JY001", json=move, headers=world.as_phone("jiang") | {"If-Match": "*"})
    back = changes(client, world, told["cursor"])
    assert ([one["code"] for one in back["stations"]], back["removed"]) == (["JY001"], [])
    assert [task["id"] for task in back["tasks"]] == [made]


def test_the_cursor_is_opaque_but_bounded(client: FlaskClient, world: World) -> None:
    assert re.fullmatch(r"1\.[0-9a-f]{8}\.\d+\.\d+", changes(client, world)["cursor"])
    answer = client.get(f"/api/v1/my/changes?cursor={'9' * 121}", headers=world.as_phone("chen"))
    assert answer.json["code"] == "BAD_INPUT"
