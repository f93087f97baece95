"""What comes down to a phone: each thing once it changed, what is out of reach as gone, and nothing for nothing."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from stations.people.tables import Account
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.register.renamed_units import note_renamed_units
from stations.units.tables import OrgUnit
from tests.conftest import NOON
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
    # Who goes there next may look at it, small; the original and every other photo stay with who may read the visit.
    where = f"/api/v1/inspections/{ID_A}/photos/"
    asked = [("ping", sha(sign)), ("ping", f"{sha(sign)}?size=full"), ("ping", sha(inside)), ("zhou", sha(sign)),
             ("chen", sha(inside))]  # fmt: skip
    got = [client.get(where + photo, headers=world.as_phone(person)).status_code for person, photo in asked]
    assert got == [200, 404, 404, 404, 200]


def test_a_village_that_is_called_otherwise_changes_its_stations(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    cursor = ask(client, world)["cursor"]
    at = NOON + dt.timedelta(days=1)
    with sessions.begin() as session:
        township = session.get_one(OrgUnit, "431125101")
        township.name, township.updated_at = "上江圩新镇", at
        session.flush()
        note_renamed_units(session, changed_at=at)
    told = ask(client, world, cursor)
    assert [(one["code"], one["township_name"]) for one in told["stations"]] == [("JY002", "上江圩新镇")]


def test_a_code_that_was_never_in_the_area_is_never_told(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["chen"].id).unit_code = "431125100"
    cursor = ask(client, world)["cursor"]
    county = world.as_phone("jiang") | {"If-Match": "*"}
    # It stood in the other township all along; that it was here in 2020 is learnt today.
    past = {"village_code": "431125100202", "valid_from": "2020-01-01"}
    assert client.patch("/api/v1/stations/JY002", json=past, headers=county).status_code == 200
    told = ask(client, world, cursor)
    assert (told["stations"], told["removed"]) == ([], [])


def test_a_writer_that_is_not_done_is_not_overtaken(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    cursor = ask(client, world)["cursor"]
    with sessions() as slow:
        slow.execute(update(Station).where(Station.code == "JY001").values(revision=next_revision(slow)))
        with ThreadPoolExecutor(1) as pool:
            # Another writer waits for its number until the first is done, so nobody is told of it before.
            later = pool.submit(client.put, f"/api/v1/inspections/{ID_A}", json=visit(station_code="JY002"),
                                headers=world.as_phone("chen"))  # fmt: skip
            told = ask(client.application.test_client(), world, cursor)
            assert (told["stations"], told["cursor"]) == ([], cursor)
            slow.commit()
            assert later.result().status_code == 201
    assert codes(ask(client, world, told["cursor"])) == ["JY001", "JY002"]
