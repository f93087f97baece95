"""What comes down to a phone: each thing once it changed, what is out of reach as gone, and nothing for nothing."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from stations.people.tables import Account
from tests.visit_making import ID_A, ID_B, claim, jpeg, sha, visit
from tests.world import World


def ask(client: FlaskClient, world: World, cursor: str | None = None, person: str = "chen", **more: Any) -> Any:
    query = {"cursor": cursor, **more} if cursor else more
    answer = client.get("/api/v1/my/changes", query_string=query, headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return answer.json


def codes(told: Any) -> list[str]:
    return [station["code"] for station in told["stations"]]


def test_a_phone_that_begins_gets_everything_of_its_area(client: FlaskClient, world: World) -> None:
    told = ask(client, world)
    assert re.fullmatch(r"1\.[0-9a-f]{8}\.1\.0", told["cursor"])
    assert told["stations"][0] == {
        "code": "JY001", "name": "何家湾服务站", "kind": "village_point", "village_code": "431125100201",
        "village_name": "何家湾村委会", "township_name": "潇浦镇", "lon": 111.342, "lat": 25.271,
        "services": ["parcel", "purchase_agency"], "listing_status": "active", "vitality": "unknown",
        "vitality_since": "2024-05-10", "last_observed_at": None, "last_observed_state": None, "last_visit": None,
    }  # fmt: skip
    assert codes(told) == ["JY001", "JY002"]
    del told["cursor"], told["stations"]
    assert told == {
        "more": False, "reset": True, "removed": [], "tasks": [], "closed_tasks": [], "returned": [],
        "closed_returns": [], "as_of": "2026-11-20",
    }  # fmt: skip


def test_afterwards_only_what_changed_comes(client: FlaskClient, world: World) -> None:
    first = ask(client, world)
    assert codes(ask(client, world, first["cursor"])) == []
    client.put(f"/api/v1/inspections/{ID_A}", json=visit(station_code="JY002"), headers=world.as_phone("chen"))
    told = ask(client, world, first["cursor"])
    assert (codes(told), told["reset"]) == (["JY002"], False)
    # The answer was lost: the same again.
    assert ask(client, world, first["cursor"]) == told
    assert codes(ask(client, world, told["cursor"])) == []


def test_pages_go_through_one_revision_without_loss(client: FlaskClient, world: World) -> None:
    first = ask(client, world, limit=1)
    assert (codes(first), first["more"]) == (["JY001"], True)
    second = ask(client, world, first["cursor"], limit=1)
    assert (codes(second), second["more"], second["reset"]) == (["JY002"], False, False)
    assert second["cursor"].endswith(".1.0")


def test_another_account_another_area_and_nonsense_begin_again(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    cursor = ask(client, world)["cursor"]
    assert ask(client, world, cursor, "jiang")["reset"]
    for wrong in ("x", "2" + cursor[1:], cursor.replace(".1.0", ".2.0"), "1.00000000.1.0"):
        assert ask(client, world, wrong)["reset"], wrong
    with sessions.begin() as session:
        session.scalars(select(Account).where(Account.username == "chen")).one().unit_code = "431125101"
    told = ask(client, world, cursor)
    assert (told["reset"], codes(told)) == (True, ["JY002"])


def test_an_owner_gets_the_own_station_and_nothing_of_visits(client: FlaskClient, world: World) -> None:
    client.put(f"/api/v1/inspections/{ID_A}", json=visit(), headers=world.as_phone("chen"))
    told = ask(client, world, person="tang")
    assert codes(told) == ["JY001"]
    assert told["stations"][0]["last_visit"] is None


def test_the_last_visit_comes_with_its_photo_once_that_can_be_shown(client: FlaskClient, world: World) -> None:
    phone, sign, inside = world.as_phone("chen"), jpeg(1), jpeg(2)
    client.put(f"/api/v1/inspections/{ID_B}", json=visit(captured_at="2026-11-19T11:30:00+08:00"), headers=phone)
    photos = [claim(inside, "inside"), claim(sign)]
    client.put(f"/api/v1/inspections/{ID_A}", json=visit(photos=photos), headers=phone)
    for body in (inside, sign):
        client.put(f"/api/v1/media/{sha(body)}", data=body, headers=phone)
    first = ask(client, world)
    bare = {
        "inspection_id": ID_A, "captured_at": "2026-11-20T03:30:00+00:00", "observed_state": "open_operating",
        "answers": {"services": ["parcel"], "sign_wording": "national"},
        "checks": {"staff_present": "yes", "online_sales": "not_seen"}, "photo": None,
    }  # fmt: skip
    assert first["stations"][1]["last_visit"] == bare
    make_worker(client.application).serve(threads=1, until_empty=True)
    told = ask(client, world, first["cursor"])
    assert [station["last_visit"] for station in told["stations"]] == [
        bare | {"photo": {"sha256": sha(sign), "purpose": "sign"}}
    ]
