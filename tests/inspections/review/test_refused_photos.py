"""A visit whose photo came and could not be accepted: it heads the queue, goes back, and is made good."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from inspections.review.desk.queue import Counts, QueueWish, count_waiting, waiting_visits
from inspections.visits.tables import Inspection, InspectionStep
from tests.inspections.review.reviewing import Desk, arrive
from tests.visit_making import ID_A, ID_B, ID_C, claim, jpeg, sent, sha
from tests.world import World

MOVING = b"GIF89a" + b"\0" * 40
GOOD, COMING = jpeg(1), jpeg(2)


def send(
    client: FlaskClient, world: World, visit_id: str, *bodies: bytes, held: tuple[bytes, ...], **more: Any
) -> None:
    """Let Chen's visit arrive, and of its photos those that are `held`."""
    phone = world.as_phone("chen")
    record = sent(photos=[claim(one) for one in bodies], **more)
    assert client.put(f"/api/v1/inspections/{visit_id}", data=record, headers=phone).status_code == 201
    for one in held:
        status = client.put(f"/api/v1/media/{sha(one)}", data=one, headers=phone).status_code
        assert status == (202 if one == MOVING else 201)


def item(client: FlaskClient, world: World, visit_id: str = ID_A) -> dict[str, Any]:
    told = client.get(f"/api/v1/review/visits/{visit_id}", headers=world.as_phone("yong")).json
    assert told is not None
    return told


def test_it_heads_the_queue_and_says_why(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        arrive(session, world, ID_C)
    send(client, world, ID_A, GOOD, MOVING, held=(GOOD, MOVING))
    send(client, world, ID_B, MOVING, held=())
    yong = world.as_phone("yong")
    told = client.get("/api/v1/review/queue", headers=yong).json
    assert told is not None
    assert [(one["id"], one["completed_at"] is None) for one in told["waiting"]] == [
        (ID_A, True), (ID_B, True), (ID_C, False)]  # fmt: skip
    assert client.get("/api/v1/review/counts", headers=yong).json == {
        "total": 3, "doubtful": 0, "unjudged": 1, "own": 0, "refused": 2}  # fmt: skip
    found = item(client, world)
    assert [(one["sha256"], one["code"]) for one in found["refused_photos"]] == [(sha(MOVING), "PHOTO_FORMAT")]
    assert set(found["refused_photos"][0]["why"]) == {"zh", "en"}
    may = found["permissions"]
    assert (may["may_return"], may["may_approve"], may["may_reopen"], may["may_correct_sign"], may["may_edit"]) == (
        True, False, False, False, False)  # fmt: skip
    assert item(client, world, ID_C)["refused_photos"] == []


def test_page_by_page_it_is_told_once(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        arrive(session, world, ID_C)
    send(client, world, ID_A, MOVING, held=(MOVING,))
    send(client, world, ID_B, MOVING, held=())
    with sessions() as session:
        seen: list[str] = []
        cursor = None
        while page := waiting_visits(session, world.callers["yong"], QueueWish(after=cursor, limit=1)):
            seen, cursor = [*seen, page[0].id], page[0].cursor
        assert seen == [ID_A, ID_B, ID_C]
        # A list by reason is of judged visits; nobody sees another prefecture's.
        assert waiting_visits(session, world.callers["yong"], QueueWish(reason="no_fix")) == []
        assert waiting_visits(session, world.callers["yong"], QueueWish(unit="430922")) == []
        assert count_waiting(session, world.callers["zhou"]).total == 0


def test_while_one_photo_is_still_coming_nothing_is_decided(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    send(client, world, ID_A, COMING, MOVING, held=(MOVING,))
    desk = Desk(sessions, world)
    with sessions() as session:
        assert waiting_visits(session, desk.caller, QueueWish()) == []
        assert count_waiting(session, desk.caller) == Counts(0, 0, 0, 0)
    assert item(client, world)["permissions"]["may_return"] is False
    with pytest.raises(Refusal) as told:
        desk.give_back()
    assert told.value.code == "VISIT_STATE"


def test_it_goes_back_and_a_new_visit_takes_its_place(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    send(client, world, ID_A, GOOD, MOVING, held=(GOOD, MOVING))
    desk = Desk(sessions, world)
    with pytest.raises(Refusal) as told:
        desk.approve()
    assert told.value.code == "VISIT_STATE"
    answer = client.post(f"/api/v1/inspections/{ID_A}/return", headers=world.as_phone("yong"), json={
        "note": "照片打不开,请重拍", "marks": [{"kind": "photo", "name": sha(MOVING)}]})  # fmt: skip
    assert answer.status_code == 200
    with sessions() as session:
        went = select(InspectionStep.from_state, InspectionStep.to_state).order_by(InspectionStep.id)
        assert [tuple(row) for row in session.execute(went)] == [("draft", "submitted"), ("submitted", "returned")]
        assert waiting_visits(session, desk.caller, QueueWish()) == []
    # The same picture as a file that can be accepted: the phone's correction names the visit that went back.
    send(client, world, ID_B, GOOD, COMING, held=(COMING,), replaces=ID_A)
    with sessions() as session:
        assert session.get_one(Inspection, ID_B).state == "complete"
        assert [one.id for one in waiting_visits(session, desk.caller, QueueWish())] == [ID_B]


def test_ones_own_is_for_another_reviewer(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        arrive(session, world, ID_A, "yong", photos=[claim(MOVING)])
    assert client.put(f"/api/v1/media/{sha(MOVING)}", data=MOVING, headers=world.as_phone("chen")).status_code == 202
    desk = Desk(sessions, world)
    with sessions() as session:
        assert waiting_visits(session, desk.caller, QueueWish()) == []
        assert count_waiting(session, desk.caller) == Counts(total=0, doubtful=0, unjudged=0, own=1, refused=0)
        assert count_waiting(session, world.callers["xiang"]).refused == 1
    with pytest.raises(Refusal) as told:
        desk.give_back()
    assert told.value.code == "OWN_VISIT"
