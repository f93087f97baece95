"""A preview comes before its photo: a small picture, its sender's own, never evidence, gone when the photo is there."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from inspections.photos.previews import preview_statuses
from inspections.photos.store import preview_key
from inspections.photos.tables import Medium, PhotoPreview
from inspections.visits.tables import Inspection
from tests.conftest import Clock
from tests.visit_making import ID_A, ID_B, claim, jpeg, sent, sha
from tests.world import World

PHOTO = jpeg(1, (640, 480))
SMALL, OTHER = jpeg(2, (32, 24)), jpeg(3, (32, 24))


def put(client: FlaskClient, world: World, body: bytes = SMALL, person: str = "chen", of: bytes = PHOTO) -> Any:
    return client.put(f"/api/v1/media/{sha(of)}/preview", data=body, headers=world.as_phone(person))


def put_photo(client: FlaskClient, world: World, person: str = "chen") -> None:
    answer = client.put(f"/api/v1/media/{sha(PHOTO)}", data=PHOTO, headers=world.as_phone(person))
    assert answer.status_code in (200, 201)


def put_visit(client: FlaskClient, world: World, person: str = "chen", visit_id: str = ID_A) -> None:
    body = sent(photos=[claim(PHOTO)])
    made = client.put(f"/api/v1/inspections/{visit_id}", data=body, headers=world.as_phone(person))
    assert made.status_code == 201


def look(client: FlaskClient, world: World, visit_id: str = ID_A, query: str = "") -> Any:
    door = f"/api/v1/inspections/{visit_id}/photos/{sha(PHOTO)}{query}"
    return client.get(door, headers=world.as_phone("jiang"))


def drawn(kind: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 30)).save(out, kind)
    return out.getvalue()


def test_it_is_stored_once_under_its_senders_name(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    first = put(client, world)
    assert (first.status_code, first.json) == (201, {"sha256": sha(PHOTO), "durable": True})
    assert put(client, world, OTHER).status_code == 200
    assert put(client, world, OTHER, "ping").status_code == 201
    chen, ping = world.accounts["chen"].id, world.accounts["ping"].id
    store = app.extensions["cunzhan_photo_store"]
    assert (store.get(preview_key(sha(PHOTO), chen)), store.get(preview_key(sha(PHOTO), ping))) == (SMALL, OTHER)
    with sessions() as session:
        rows = session.execute(select(PhotoPreview.sent_by, PhotoPreview.size_bytes)).all()
        assert sorted(tuple(row) for row in rows) == sorted([(chen, len(SMALL)), (ping, len(OTHER))])
        assert session.scalars(select(Medium)).all() == []


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [(SMALL + b"\0" * (30_001 - len(SMALL)), "PREVIEW_TOO_LARGE", 413), (b"<svg/>", "PHOTO_FORMAT", 422),
     (b"", "PHOTO_FORMAT", 422), (SMALL[:400], "PHOTO_FORMAT", 422), (drawn("PNG", (64, 48)), "PHOTO_FORMAT", 422),
     (drawn("JPEG", (1025, 16)), "PHOTO_FORMAT", 422), (drawn("JPEG", (8, 8)), "PHOTO_FORMAT", 422)],
    ids=["30 001 bytes", "no picture", "nothing", "torn", "PNG", "too wide", "too small"],
)  # fmt: skip
def test_what_is_no_small_picture_is_refused_and_nothing_stays(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], body: bytes, code: str, status: int
) -> None:
    answer = put(client, world, body)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    with sessions() as session:
        assert session.scalars(select(PhotoPreview)).all() == []


@pytest.mark.parametrize("body", [SMALL + b"\0" * (30_000 - len(SMALL)), drawn("WEBP", (320, 240))])
def test_thirty_thousand_bytes_and_webp_are_accepted(client: FlaskClient, world: World, body: bytes) -> None:
    assert put(client, world, body).status_code == 201


def test_only_a_name_that_is_a_hash(client: FlaskClient, world: World) -> None:
    answer = client.put("/api/v1/media/..%2F..%2Fx/preview", data=SMALL, headers=world.as_phone("chen"))
    assert answer.status_code in (404, 422)
    answer = client.put(f"/api/v1/media/{'G' * 64}/preview", data=SMALL, headers=world.as_phone("chen"))
    assert answer.status_code == 422


def test_where_the_photo_is_nothing_is_stored(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    put_photo(client, world)
    assert put(client, world).status_code == 200
    with sessions() as session:
        assert session.scalars(select(PhotoPreview)).all() == []


def test_the_same_phone_twice_at_once(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: put(app.test_client(), world), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    with sessions() as session:
        assert len(session.scalars(select(PhotoPreview)).all()) == 1


def test_the_plan_is_told_what_is_held_by_whom(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    third = jpeg(9)
    put(client, world)
    client.put(f"/api/v1/media/{sha(third)}", data=third, headers=world.as_phone("ping"))
    asked = [sha(PHOTO), sha(SMALL), sha(third)]
    with sessions() as session:
        told = {who: [one.held for one in preview_statuses(session, world.callers[who], asked)]
                for who in ("chen", "ping")}  # fmt: skip
        assert preview_statuses(session, world.callers["chen"], []) == []
    assert told == {"chen": [True, False, True], "ping": [False, False, True]}
    plan = client.post("/api/v1/sync/plan", json={"previews": asked}, headers=world.as_phone("chen")).json
    assert plan["previews"] == [{"sha256": one, "held": one != sha(SMALL)} for one in asked]


def test_staff_see_it_as_a_preview_until_the_photo_is_there(app: Flask, client: FlaskClient, world: World) -> None:
    put_visit(client, world)
    assert look(client, world).json["code"] == "PHOTO_UNKNOWN"
    put(client, world)
    awaited = look(client, world)
    assert (awaited.status_code, awaited.data, awaited.headers["Cunzhan-Preview"]) == (200, SMALL, "?1")
    assert (awaited.mimetype, awaited.headers["Cache-Control"]) == ("image/jpeg", "private, no-cache")
    assert awaited.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert look(client, world, query="?size=full").json["details"]["reason"] == "not_received"
    photo = client.get(f"/api/v1/inspections/{ID_A}", headers=world.as_phone("jiang")).json["photos"][0]
    assert (photo["received"], photo["preview"]) == (False, True)
    put_photo(client, world)
    assert look(client, world).data == SMALL, "there is no thumbnail yet"
    make_worker(app).serve(until_empty=True)
    there = look(client, world)
    assert (there.mimetype, "Cunzhan-Preview" in there.headers) == ("image/webp", False)
    photo = client.get(f"/api/v1/inspections/{ID_A}", headers=world.as_phone("jiang")).json["photos"][0]
    assert (photo["received"], photo["preview"]) == (True, False)


def test_a_preview_is_shown_with_its_senders_visit_only(client: FlaskClient, world: World) -> None:
    put_visit(client, world)
    put_visit(client, world, "ping", ID_B)
    put(client, world, SMALL, "chen")
    assert look(client, world, ID_A).data == SMALL
    assert look(client, world, ID_B).json["code"] == "PHOTO_UNKNOWN"
    put(client, world, OTHER, "ping")
    assert (look(client, world, ID_A).data, look(client, world, ID_B).data) == (SMALL, OTHER)


def test_a_preview_is_never_evidence(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    put_visit(client, world)
    put(client, world)
    with sessions() as session:
        assert session.get_one(Inspection, ID_A).state == "submitted"


def test_the_days_sweep_takes_those_whose_photo_can_be_shown(
    app: Flask, client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    awaited = jpeg(8)
    put(client, world)
    put(client, world, OTHER, "ping")
    put(client, world, SMALL, of=awaited)
    put_photo(client, world)
    make_worker(app).serve(until_empty=True)
    worker = make_worker(app)
    worker.ask_daily()
    worker.serve(until_empty=True)
    with sessions() as session:
        assert session.scalars(select(PhotoPreview.sha256)).all() == [sha(awaited)]
    store, chen = app.extensions["cunzhan_photo_store"], world.accounts["chen"].id
    assert store.get(preview_key(sha(PHOTO), chen)) is None
    assert store.get(preview_key(sha(awaited), chen)) == SMALL
    assert put(client, world).status_code == 200
