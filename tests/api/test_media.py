"""A photo over HTTP: resumed from any byte, bound to its visit in any order, never trusted by its name."""

from __future__ import annotations

import io
import itertools
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from inspections.photos.store import aside_key, photo_key
from inspections.photos.tables import Medium
from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection, Photo
from jobs import Job
from tests.inspections.photos.hostile.pieces import cut_out
from tests.visit_making import ID_A, ID_B, claim, jpeg, sent, sha
from tests.world import World

PICTURE = jpeg(1)
OTHER = jpeg(2)


def url(body: bytes) -> str:
    return f"/api/v1/media/{sha(body)}"


def put(client: FlaskClient, world: World, body: bytes, first: int = 0, last: int | None = None, **more: Any) -> Any:
    """Send bytes first..last of `body`, with Content-Range unless it is the whole."""
    last = len(body) - 1 if last is None else last
    headers = world.as_phone(more.get("person", "chen"))
    if (first, last) != (0, len(body) - 1):
        headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return client.put(more.get("to", url(body)), data=body[first : last + 1], headers=headers)


def offset(client: FlaskClient, world: World, body: bytes, person: str = "chen") -> int:
    answer = client.head(url(body), headers=world.as_phone(person))
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def stored(app: Flask, key: str) -> bytes | None:
    found: bytes | None = app.extensions["cunzhan_photo_store"].get(key)
    return found


def put_visit(client: FlaskClient, world: World, *photos: bytes, visit_id: str = ID_A) -> Any:
    body = sent(photos=[claim(photo) for photo in photos])
    return client.put(f"/api/v1/inspections/{visit_id}", data=body, headers=world.as_phone("chen"))


def test_a_whole_photo_is_stored_as_it_came(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    answer = put(client, world, PICTURE)
    assert (answer.status_code, answer.json) == (201, {
        "sha256": sha(PICTURE), "received_bytes": len(PICTURE), "complete": True, "durable": True})  # fmt: skip
    assert stored(app, photo_key(sha(PICTURE))) == PICTURE
    with sessions() as session:
        medium = session.get_one(Medium, sha(PICTURE))
        assert (medium.mime, medium.width_px, medium.height_px) == ("image/jpeg", 64, 48)
        assert session.scalars(select(Job.kind)).all() == ["photo_thumbnail"]
    assert offset(client, world, PICTURE) == len(PICTURE)
    again = put(client, world, PICTURE)
    assert (again.status_code, again.json["complete"]) == (200, True)


def test_it_goes_on_where_it_stopped(client: FlaskClient, world: World) -> None:
    assert offset(client, world, PICTURE) == 0
    first = put(client, world, PICTURE, 0, 99)
    assert (first.status_code, first.json["received_bytes"], first.json["complete"]) == (200, 100, False)
    assert offset(client, world, PICTURE) == 100
    gap = put(client, world, PICTURE, 150, 200)
    assert (gap.status_code, gap.json["code"], gap.json["details"]["offset"]) == (409, "PHOTO_OFFSET", 100)
    overlap = put(client, world, PICTURE, 50, 149)
    assert overlap.json["received_bytes"] == 150
    assert put(client, world, PICTURE, 0, 99).json["received_bytes"] == 150
    assert put(client, world, PICTURE, 150).status_code == 201
    assert put(client, world, PICTURE, 150).json["complete"] is True


def test_what_came_before_the_line_broke_is_kept(client: FlaskClient, world: World) -> None:
    announced = {"CONTENT_LENGTH": str(len(PICTURE))}
    broken = client.put(url(PICTURE), input_stream=io.BytesIO(PICTURE[:200]), headers=world.as_phone("chen"),
                        environ_overrides=announced)  # fmt: skip
    assert broken.status_code == 400
    assert offset(client, world, PICTURE) == 200
    assert put(client, world, PICTURE, 200).status_code == 201


def test_another_phone_has_its_own_offset(client: FlaskClient, world: World) -> None:
    put(client, world, PICTURE, 0, 99)
    assert offset(client, world, PICTURE, "ping") == 0
    put(client, world, PICTURE, person="ping")
    assert offset(client, world, PICTURE) == len(PICTURE)


ORDERS = list(itertools.permutations(["visit", "sign", "inside"]))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_record_and_photos_find_each_other_in_any_order(
    order: tuple[str, ...], client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    for number, what in enumerate(order):
        if what == "visit":
            state = put_visit(client, world, PICTURE, OTHER).json["state"]
            assert state == ("complete" if number == 2 else "submitted")
        else:
            assert put(client, world, PICTURE if what == "sign" else OTHER).status_code == 201
    with sessions() as session:
        visit = session.get_one(Inspection, ID_A)
        assert (visit.state, visit.completed_at is None) == ("complete", False)
        assert all(session.scalars(select(Photo.received_at)).all())
    again = put_visit(client, world, PICTURE, OTHER).json
    assert [photo["received"] for photo in again["photos"]] == [True, True]


def test_eight_phones_send_one_photo_at_once(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    put_visit(app.test_client(), world, PICTURE)
    people = ["chen", "ping", "jiang", "yong"] * 2
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda who: put(app.test_client(), world, PICTURE, person=who), people))
    assert {answer.json["complete"] for answer in answers} == {True}
    assert {answer.status_code for answer in answers} <= {200, 201}
    with sessions() as session:
        assert session.get_one(Inspection, ID_A).state == "complete"
        kinds = sorted(session.scalars(select(Job.kind)))
        assert kinds == ["photo_marking", "photo_thumbnail", "visit_judgement"]


def test_record_and_photo_at_the_same_moment_never_miss_each_other(
    app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    for number in range(6):
        body, visit_id = jpeg(10 + number), f"0b7c7a52-6c1e-4a53-9d3e-0000000000{number:02d}"
        with ThreadPoolExecutor(2) as pool:
            record = pool.submit(put_visit, app.test_client(), world, body, visit_id=visit_id)
            photo = pool.submit(put, app.test_client(), world, body)
            assert (record.result().status_code, photo.result().status_code) == (201, 201)
        with sessions() as session:
            assert session.get_one(Inspection, visit_id).state == "complete"


def test_a_spoilt_photo_is_kept_and_asked_for_again(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    spoilt = bytes([*PICTURE[:-5], 0, 1, 2, 3, 4])
    answer = put(client, world, spoilt, to=url(PICTURE))
    assert (answer.status_code, answer.json["code"], answer.json["details"]["offset"]) == (422, "PHOTO_HASH", 0)
    assert offset(client, world, PICTURE) == 0
    assert stored(app, aside_key(sha(spoilt))) == spoilt
    with sessions() as session:
        kept = session.scalars(select(KeptAside)).one()
        assert (kept.record_kind, kept.record_id, kept.body_sha256) == ("medium", sha(PICTURE), sha(spoilt))
        assert kept.size_bytes == len(spoilt)
    assert put(client, world, PICTURE).status_code == 201


def huge_png() -> bytes:
    """Give a PNG that says it has 50,001 × 1,000 pixels, in a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_001, 1_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


NOT_PHOTOS = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "PHOTO_FORMAT"),
    "gif that is also script": (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "PHOTO_FORMAT"),
    "only the beginning of a jpeg": (b"\xff\xd8\xff\xe0junk", "PHOTO_TRUNCATED"),
    "fifty megapixels and more": (huge_png(), "PHOTO_TOO_LARGE"),
}


@pytest.mark.parametrize("name", NOT_PHOTOS)
def test_what_is_no_photo_is_kept_aside(
    name: str, app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    body, code = NOT_PHOTOS[name]
    put_visit(client, world, body)
    answer = put(client, world, body)
    assert (answer.status_code, answer.json["code"], answer.json["reason"]["code"]) == (202, "KEPT_ASIDE", code)
    # The phone need not keep it: every byte is here.
    assert (answer.json["complete"], answer.json["received_bytes"]) == (True, len(body))
    assert stored(app, aside_key(sha(body))) == body
    assert put(client, world, body).json == answer.json
    assert offset(client, world, body) == len(body)
    with sessions() as session:
        assert session.get(Medium, sha(body)) is None
        assert session.get_one(Inspection, ID_A).state == "submitted"


def test_too_large_is_refused_before_its_bytes_are_read(client: FlaskClient, world: World) -> None:
    headers = world.as_phone("chen") | {"Content-Range": "bytes 0-9/20000001"}
    answer = client.put(url(PICTURE), data=b"0123456789", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (413, "PHOTO_TOO_LARGE")
    assert offset(client, world, PICTURE) == 0


@pytest.mark.parametrize("given", ["bytes 0-5/3", "bytes 5-0/9", "bytes 0-9/*", "0-9/10", "bytes 0-8/20"])
def test_a_range_that_cannot_be_is_refused(given: str, client: FlaskClient, world: World) -> None:
    answer = client.put(url(PICTURE), data=b"0123456789", headers=world.as_phone("chen") | {"Content-Range": given})
    assert (answer.status_code, answer.json["code"]) == (422, "BAD_INPUT")


def test_a_name_that_is_no_hash_is_refused(client: FlaskClient, world: World) -> None:
    answer = client.put("/api/v1/media/..%2f..%2fetc", data=PICTURE, headers=world.as_phone("chen"))
    assert answer.status_code in (404, 422)
    assert client.put("/api/v1/media/ABC", data=PICTURE, headers=world.as_phone("chen")).json["code"] == "BAD_INPUT"


def test_a_photo_is_shown_within_scope_and_the_small_one_tells_nothing(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    body = jpeg(3, (800, 600), exif=True)
    put_visit(client, world, body)
    put(client, world, body)
    where = f"/api/v1/inspections/{ID_A}/photos/{sha(body)}"
    pending = client.get(where, headers=world.as_phone("jiang"))
    assert (pending.status_code, pending.json["details"]["reason"]) == (404, "thumbnail_pending")
    make_worker(app).serve(threads=1, until_empty=True)
    small = client.get(where, headers=world.as_phone("jiang"))
    assert (small.status_code, small.content_type) == (200, "image/webp")
    assert len(small.data) < len(body)
    assert b"SecretMaker" not in small.data
    full = client.get(f"{where}?size=full", headers=world.as_phone("jiang"))
    assert (full.data, full.content_type) == (body, "image/jpeg")
    assert b"SecretMaker" in full.data
    assert full.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in full.headers["Content-Security-Policy"]
    again = client.get(where, headers=world.as_phone("jiang") | {"If-None-Match": small.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(where, headers=world.as_phone("zhou")).status_code == 404
    # Who goes there next sees what was shown last, small; the original stays with those who may read the visit.
    assert client.get(where, headers=world.as_phone("ping")).status_code == 200
    assert client.get(f"{where}?size=full", headers=world.as_phone("ping")).status_code == 404
    assert client.get(f"/api/v1/inspections/{ID_A}/photos/{sha(OTHER)}", headers=world.as_phone("jiang")).json[
        "code"] == "PHOTO_UNKNOWN"  # fmt: skip


def test_a_photo_that_cannot_be_decoded_blocks_no_visit(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    # Whole as a file; what its pixels are multiplied with is missing.
    blind = cut_out(jpeg(4, (640, 480)), 0xDB)
    put_visit(client, world, blind, visit_id=ID_B)
    assert put(client, world, blind).status_code == 201
    make_worker(app).serve(threads=1, until_empty=True)
    with sessions() as session:
        medium = session.get_one(Medium, sha(blind))
        assert (medium.refused_code, medium.thumbnail_at) == ("PHOTO_DAMAGED", None)
        assert session.get_one(Inspection, ID_B).state == "complete"
        assert session.scalars(select(Job.state).where(Job.kind == "photo_thumbnail")).all() == ["done"]
