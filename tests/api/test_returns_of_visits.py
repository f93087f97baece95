"""A visit goes back, comes again as another one, and counts once: from the reviewer to the phone and back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.quarantine.tables import KeptAside
from inspections.review.tables import VisitReturn
from inspections.visits.tables import Inspection, InspectionStep
from stations.people.tables import AuditEvent
from stations.records.tables import Observation, RegisterRevision, Station
from tests.conftest import Clock
from tests.visit_making import ID_A, ID_B, ID_C, claim, jpeg, sent, sha
from tests.world import World

SIGN = jpeg(1)
ID_D = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c04"


def put(client: FlaskClient, world: World, visit_id: str = ID_A, person: str = "chen", **changes: Any) -> Any:
    return client.put(f"/api/v1/inspections/{visit_id}", data=sent(**changes), headers=world.as_phone(person))


def put_photo(client: FlaskClient, world: World) -> None:
    sending = client.put(f"/api/v1/media/{sha(SIGN)}", data=SIGN, headers=world.as_phone("chen"))
    assert sending.status_code in (200, 201)


def give_back(client: FlaskClient, world: World, visit_id: str = ID_A, person: str = "yong", **said: Any) -> Any:
    wanted = {"note": "招牌照片看不清,请重拍", "marks": []} | said
    return client.post(f"/api/v1/inspections/{visit_id}/return", json=wanted, headers=world.as_phone(person))


def standing(session: Session) -> list[tuple[str | None, str]]:
    rows = session.execute(
        select(Observation.inspection_id, Observation.observed_state)
        .where(Observation.withdrawn_at.is_(None)).order_by(Observation.id)
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def test_it_goes_back_with_its_marks_and_each_step_is_a_row(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    put_photo(client, world)
    assert put(client, world, photos=[claim(SIGN)]).json["state"] == "complete"
    clock.forward(hours=3)
    marks = [{"kind": "field", "name": "sign_wording", "note": "与照片不符"},
             {"kind": "photo", "name": sha(SIGN), "note": ""}]  # fmt: skip
    told = give_back(client, world, marks=marks)
    assert told.status_code == 200
    assert told.json["state"] == "returned"
    assert told.json["returned"] == {
        "note": "招牌照片看不清,请重拍", "marks": marks, "returned_by": "永州市",
        "returned_at": "2026-11-20T07:00:00+00:00", "answered_by": None}  # fmt: skip
    with sessions() as session:
        steps = session.execute(
            select(InspectionStep.from_state, InspectionStep.to_state, InspectionStep.actor_id)
            .order_by(InspectionStep.id)).all()  # fmt: skip
        chen, yong = world.accounts["chen"].id, world.accounts["yong"].id
        assert [tuple(step) for step in steps] == [
            ("draft", "submitted", chen), ("submitted", "complete", chen),
            ("complete", "under_review", yong), ("under_review", "returned", yong)]  # fmt: skip
        row = session.scalars(select(VisitReturn)).one()
        assert (row.account_id, row.revision) == (chen, session.get_one(RegisterRevision, 1).value)
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "visit.return")).one()
        assert (act.actor_id, act.object_id, act.reason) == (yong, ID_A, "招牌照片看不清,请重拍")
        assert standing(session) == [(ID_A, "open_operating")]


def test_only_from_above_and_only_in_scope(client: FlaskClient, world: World) -> None:
    put(client, world)
    put(client, world, ID_B, "zhou", station_code="TJ001")
    for person in ("chen", "jiang", "ping", "tang"):
        assert give_back(client, world, person=person).json["code"] == "NOT_ALLOWED"
    assert give_back(client, world, ID_B).json["code"] == "INSPECTION_UNKNOWN"
    assert give_back(client, world, ID_C).json["code"] == "INSPECTION_UNKNOWN"
    assert give_back(client, world, ID_B, person="xiang").status_code == 200


def test_not_while_photos_are_awaited_and_not_twice(client: FlaskClient, world: World) -> None:
    assert put(client, world, photos=[claim(SIGN)]).json["state"] == "submitted"
    early = give_back(client, world)
    assert (early.status_code, early.json["code"], early.json["details"]["state"]) == (409, "VISIT_STATE", "submitted")
    put_photo(client, world)
    assert give_back(client, world).status_code == 200
    twice = give_back(client, world)
    assert (twice.json["code"], twice.json["details"]["state"]) == ("VISIT_STATE", "returned")


@pytest.mark.parametrize(
    ("mark", "number"),
    [({"kind": "field", "name": "weather"}, "0"), ({"kind": "photo", "name": "0" * 64}, "0"),
     ({"kind": "photo", "name": "sign_wording"}, "0"), ({"kind": "field", "name": "replaces"}, "0")],
)  # fmt: skip
def test_a_mark_names_what_the_visit_has(client: FlaskClient, world: World, mark: dict[str, str], number: str) -> None:
    put(client, world)
    answer = give_back(client, world, marks=[mark])
    assert (answer.status_code, answer.json["code"]) == (422, "BAD_INPUT")
    assert list(answer.json["errors"]["marks"]) == [number]
    assert client.get(f"/api/v1/inspections/{ID_A}", headers=world.as_phone("yong")).json["state"] == "complete"


def test_the_new_visit_stands_in_its_place_and_the_old_one_stays_readable(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    put_photo(client, world)
    put(client, world, photos=[claim(SIGN)], observed_state="closed_at_visit", answers={}, checks={})
    give_back(client, world)
    with sessions() as session:
        before = session.scalars(select(VisitReturn.revision)).one()
    clock.forward(hours=1)
    body = {"replaces": ID_A, "photos": [claim(SIGN)]}
    again = put(client, world, ID_B, **body)
    assert (again.status_code, again.json["state"]) == (201, "complete")
    assert put(client, world, ID_B, **body).status_code == 200
    old, new = (client.get(f"/api/v1/inspections/{id_}", headers=world.as_phone("jiang")).json for id_ in (ID_A, ID_B))
    assert (old["state"], old["observed_state"]) == ("returned", "closed_at_visit")
    assert old["returned"]["answered_by"] == ID_B
    assert (new["replaces"], new["returned"]) == (ID_A, None)
    with sessions() as session:
        row = session.scalars(select(VisitReturn)).one()
        assert (row.answered_by, row.revision > before) == (ID_B, True)
        assert standing(session) == [(ID_B, "open_operating")]
        station = session.get_one(Station, world.stations["JY001"])
        assert (station.vitality, station.last_observed_state) == ("alive", "open_operating")
        assert session.scalars(select(AuditEvent.object_id).where(AuditEvent.action == "visit.replace")).one() == ID_A


def test_a_closed_door_seen_once_is_one_strike_however_often_it_is_written(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    shut = {"observed_state": "closed_at_visit", "answers": {}, "checks": {}}
    put(client, world, **shut)
    give_back(client, world)
    clock.forward(days=8)
    later = dict.fromkeys(("started_at", "ended_at", "captured_at"), "2026-11-28T11:30:00+08:00")
    assert put(client, world, ID_B, **shut, **later, replaces=ID_A).status_code == 201
    with sessions() as session:
        one = session.get_one(Station, world.stations["JY001"])
        assert (one.vitality_reason, standing(session)) == ("one_strike", [(ID_B, "closed_at_visit")])
    # The same two looks, neither in the other's place, are two strikes: the station would be dead.
    assert put(client, world, ID_C, **shut).status_code == 201
    with sessions() as session:
        assert session.get_one(Station, world.stations["JY001"]).vitality_reason == "two_strikes"


def test_what_was_known_before_the_correction_can_still_be_asked(
    client: FlaskClient, world: World, clock: Clock
) -> None:
    put(client, world, observed_state="gone", answers={}, checks={})
    give_back(client, world)
    known = "2026-11-20T05:00:00Z"
    clock.forward(hours=2)
    put(client, world, ID_B, replaces=ID_A)
    clock.forward(days=1)
    asked = "/api/v1/stations/JY001"
    now = client.get(asked, headers=world.as_phone("jiang")).json
    then = client.get(f"{asked}?known_at={known}", headers=world.as_phone("jiang")).json
    assert (now["vitality"], then["vitality"]) == ("alive", "dead")


@pytest.mark.parametrize(
    ("person", "changes", "reason"),
    [("chen", {"replaces": ID_D}, "not_returned_to_you"), ("chen", {"replaces": ID_C}, "not_returned_to_you"),
     ("jiang", {"replaces": ID_A}, "not_returned_to_you"),
     ("chen", {"replaces": ID_A, "station_code": "JY002"}, "another_station")],
    ids=["no such visit", "not returned", "another's visit", "another station"],
)  # fmt: skip
def test_what_cannot_replace_is_kept_aside_whole(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], person: str, changes: dict[str, Any],
    reason: str,
) -> None:  # fmt: skip
    put(client, world)
    put(client, world, ID_C)
    give_back(client, world)
    answer = put(client, world, ID_B, person, **changes)
    assert (answer.status_code, answer.json["reason"]["code"]) == (202, "REPLACES_REFUSED")
    assert answer.json["reason"]["details"]["reason"] == reason
    with sessions() as session:
        assert session.scalars(select(KeptAside.body)).one() == sent(**changes)
        assert session.get(Inspection, ID_B) is None
        assert session.scalars(select(VisitReturn.answered_by)).one() is None


def test_one_return_has_one_answer_and_that_may_go_back_again(client: FlaskClient, world: World) -> None:
    put(client, world)
    give_back(client, world)
    assert put(client, world, ID_B, replaces=ID_A).status_code == 201
    late = put(client, world, ID_C, replaces=ID_A)
    assert late.json["reason"]["details"]["reason"] == "answered_already"
    assert give_back(client, world, ID_B).status_code == 200
    assert put(client, world, ID_D, replaces=ID_B).status_code == 201
    page = client.get("/api/v1/inspections?station=JY001", headers=world.as_phone("yong")).json
    told = {one["id"]: (one["returned"] or {}).get("answered_by") for one in page["inspections"]}
    assert told == {ID_A: ID_B, ID_B: ID_D, ID_D: None}


def test_two_reviewers_at_once_and_two_answers_at_once(
    app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    put(app.test_client(), world)
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda who: give_back(app.test_client(), world, person=who), ["yong", "xiang"] * 2))
        assert sorted(answer.status_code for answer in given) == [200, 409, 409, 409]
        ids = [ID_B, ID_C, ID_D]
        answers = list(pool.map(lambda id_: put(app.test_client(), world, id_, replaces=ID_A), ids))
    assert sorted(answer.status_code for answer in answers) == [201, 202, 202]
    with sessions() as session:
        accepted = ids[[answer.status_code for answer in answers].index(201)]
        assert session.scalars(select(VisitReturn.answered_by)).one() == accepted
        assert standing(session) == [(accepted, "open_operating")]


def test_an_officer_may_settle_it_without_the_claim(client: FlaskClient, world: World) -> None:
    put(client, world)
    kept = put(client, world, ID_B, replaces=ID_A).json["quarantine_id"]
    wanted = {"decision": "accepted", "note": "两次检查", "corrections": {"replaces": None}}
    settled = client.post(f"/api/v1/quarantine/{kept}/settlement", json=wanted, headers=world.as_phone("jiang"))
    assert settled.status_code == 200
    page = client.get("/api/v1/inspections", headers=world.as_phone("jiang")).json
    assert page["total"] == 2
