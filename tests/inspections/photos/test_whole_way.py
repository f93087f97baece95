"""The whole way of a photo through the doors, in a folder and in a bucket: pieces, record, jobs, every size shown."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.config import Config
from api.photo_room import photo_jobs
from api.worker import Worker
from db import writing
from inspections.arriving.afterwards import READING
from inspections.photos.pictures.exif import read_exif
from inspections.photos.store import PhotoStore, photo_key, screen_key, thumbnail_key
from inspections.photos.tables import Medium, PhotoFingerprint
from inspections.visits.tables import Photo
from tests.conftest import NOON, Backend, Clock
from tests.inspections.photos.s3_server import S3Server
from tests.visit_making import ID_A, ID_B, claim, jpeg, sent, sha
from tests.world import World

PICTURE = jpeg(3, (900, 700), exif=True)
NAME = sha(PICTURE)
PIECE = 4_000


@pytest.fixture
def store_url(backend: Backend, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder beside SQLite and a bucket beside PostgreSQL, as counties and provinces have them."""
    if backend.name == "sqlite":
        return (tmp_path / "store").as_uri()
    server: S3Server = request.getfixturevalue("s3")
    return server.url(f"whole-way/{tmp_path.name}".replace("_", "-"))


@pytest.fixture
def at(app: Flask, store_url: str) -> Flask:
    """The application on this store, known to others under its address."""
    open_on(app, store_url)
    return app


def open_on(app: Flask, url: str) -> None:
    """Let the application have its photos elsewhere from now on."""
    config: Config = app.extensions["cunzhan_config"]
    app.extensions["cunzhan_config"] = replace(config, photo_store_url=url, public_url="https://cunzhan.example")
    app.extensions.pop("cunzhan_photo_store", None)


@pytest.fixture
def phone(at: Flask, world: World) -> FlaskClient:
    return at.test_client()


def send_pieces(phone: FlaskClient, world: World, body: bytes = PICTURE) -> int:
    status = 0
    for first in range(0, len(body), PIECE):
        piece = body[first : first + PIECE]
        headers = world.as_phone("chen") | {"Content-Range": f"bytes {first}-{first + len(piece) - 1}/{len(body)}"}
        status = phone.put(f"/api/v1/media/{sha(body)}", data=piece, headers=headers).status_code
    return status


def send_visit(phone: FlaskClient, world: World, visit_id: str = ID_A, purpose: str = "sign") -> int:
    body = sent(photos=[claim(PICTURE, purpose)])
    return phone.put(f"/api/v1/inspections/{visit_id}", data=body, headers=world.as_phone("chen")).status_code


def work(app: Flask, sessions: sessionmaker[Session], clock: Clock, *kinds: str) -> None:
    """Do the jobs that make pictures; the other kinds are asked for and stay."""
    known = photo_jobs(app)
    some = {kind: known[kind] for kind in kinds or ("photo_thumbnail", "photo_marking")}
    Worker(sessions, some, clock).serve(until_empty=True)


def asked(sessions: sessionmaker[Session]) -> list[tuple[str, dict[str, Any], str]]:
    with sessions() as session:
        return sorted(((one.kind, one.payload, one.state) for one in session.scalars(select(jobs.Job))), key=repr)


def get(phone: FlaskClient, world: World, size: str, person: str = "chen", visit_id: str = ID_A) -> Any:
    address = f"/api/v1/inspections/{visit_id}/photos/{NAME}?size={size}"
    return phone.get(address, headers=world.as_phone(person))


def test_from_the_first_piece_to_every_size(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    assert (send_pieces(phone, world), send_visit(phone, world)) == (201, 201)
    work(at, sessions, clock)
    shown = {size: get(phone, world, size) for size in ("full", "thumb", "screen", "marked")}
    assert [(size, one.status_code, one.content_type) for size, one in shown.items()] == [
        ("full", 200, "image/jpeg"), ("thumb", 200, "image/webp"), ("screen", 200, "image/webp"),
        ("marked", 200, "image/jpeg")]  # fmt: skip
    assert shown["full"].data == PICTURE
    assert read_exif(shown["full"].data)["Make"] == "SecretMaker"
    sizes = {}
    for size in ("thumb", "screen", "marked"):
        assert read_exif(shown[size].data) == {}
        assert b"Secret" not in shown[size].data
        with Image.open(io.BytesIO(shown[size].data)) as image:
            sizes[size] = image.size
            codes = [found.text for found in zxingcpp.read_barcodes(image)]
    assert (sizes["thumb"], sizes["screen"], sizes["marked"][0]) == ((320, 249), (900, 700), 900)
    assert len(codes) == 1
    assert codes[0].startswith("https://cunzhan.example/verify/")
    assert shown["marked"].headers["Content-Disposition"] == f'inline; filename="2026-11-20-{NAME[:10]}.jpg"'
    assert shown["screen"].headers["Cache-Control"] == "private, max-age=31536000, immutable"
    with sessions() as session:
        medium = session.get_one(Medium, NAME)
        assert (medium.thumbnail_at, medium.screen_at, medium.refused_code) == (NOON, NOON, None)
        assert medium.exif == {"Make": "SecretMaker"}
        assert session.scalars(select(PhotoFingerprint.sha256)).all() == [NAME]
        assert session.scalars(select(Photo.marked_at)).all() == [NOON]
    assert asked(sessions) == [
        ("photo_marking", {"inspection_id": ID_A}, "done"), ("photo_thumbnail", {"sha256": NAME}, "done"),
        ("sign_reading", {"sha256": NAME}, "waiting"), ("visit_judgement", {"inspection_id": ID_A}, "waiting"),
    ]  # fmt: skip


def test_done_twice_nothing_changes(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    send_pieces(phone, world)
    send_visit(phone, world)
    work(at, sessions, clock)
    before = {size: get(phone, world, size).data for size in ("thumb", "screen", "marked")}
    with writing(sessions) as session:
        jobs.ask(session, "photo_thumbnail", {"sha256": NAME}, now=NOON)
        jobs.ask(session, "photo_marking", {"inspection_id": ID_A}, now=NOON)
    work(at, sessions, clock)
    assert {size: get(phone, world, size).data for size in before} == before
    with sessions() as session:
        assert session.scalars(select(jobs.Job.result).order_by(jobs.Job.id.desc())).all()[:2] == [
            {"made": 0}, {"made": False}]  # fmt: skip
        assert len(session.scalars(select(PhotoFingerprint)).all()) == 1


def test_while_nothing_is_made_yet(at: Flask, phone: FlaskClient, world: World) -> None:
    send_visit(phone, world)
    assert get(phone, world, "marked").json["details"] == {"reason": "not_received"}
    send_pieces(phone, world)
    assert get(phone, world, "marked").json["details"] == {"reason": "mark_pending"}
    assert get(phone, world, "screen").json["details"] == {"reason": "thumbnail_pending"}
    assert get(phone, world, "huge").status_code == 422
    assert get(phone, world, "marked", "zhou").status_code in (403, 404)


def test_a_sign_that_came_before_its_record_is_read_too(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    send_pieces(phone, world)
    work(at, sessions, clock)
    assert READING not in {kind for kind, _, _ in asked(sessions)}
    send_visit(phone, world, ID_A, "inside")
    assert READING not in {kind for kind, _, _ in asked(sessions)}
    send_visit(phone, world, ID_B, "sign")
    assert (READING, {"sha256": NAME}, "waiting") in asked(sessions)


def test_a_judgement_that_ran_before_the_fingerprint_is_asked_for_again(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    send_visit(phone, world)
    send_pieces(phone, world)
    with writing(sessions) as session:
        assert jobs.claim(session, "somebody", ["visit_judgement"], now=NOON) is not None
    work(at, sessions, clock)
    assert [state for kind, _, state in asked(sessions) if kind == "visit_judgement"] == ["running", "waiting"]


def test_what_an_older_version_left_unmade_is_caught_up(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    send_pieces(phone, world)
    send_visit(phone, world)
    work(at, sessions, clock)
    with writing(sessions) as session:
        medium = session.get_one(Medium, NAME)
        medium.screen_at, medium.exif = None, None
        session.delete(session.scalars(select(PhotoFingerprint)).one())
        session.scalars(select(Photo)).one().marked_at = None
    assert get(phone, world, "screen").headers["Cunzhan-Preview"] == "?1"
    clock.forward(minutes=30)
    catch_up(at, sessions, clock)
    assert [kind for kind, _, state in asked(sessions) if state == "waiting" and kind.startswith("photo")] == []
    clock.forward(hours=1)
    catch_up(at, sessions, clock)
    work(at, sessions, clock)
    with sessions() as session:
        medium = session.get_one(Medium, NAME)
        assert (medium.thumbnail_at, medium.screen_at) == (NOON, NOON + dt.timedelta(minutes=90))
        assert medium.exif == {"Make": "SecretMaker"}
        assert len(session.scalars(select(PhotoFingerprint)).all()) == 1
        assert session.scalars(select(Photo.marked_at)).one() == NOON + dt.timedelta(minutes=90)


def catch_up(app: Flask, sessions: sessionmaker[Session], clock: Clock) -> None:
    with writing(sessions) as session:
        jobs.ask(session, "derivative_catch_up", {}, now=clock())
    work(app, sessions, clock, "derivative_catch_up")


def test_every_photo_is_checked_against_its_bytes(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock, store_url: str
) -> None:
    send_pieces(phone, world)
    send_pieces(phone, world, jpeg(5))
    work(at, sessions, clock, "photo_thumbnail")
    run = at.test_cli_runner()
    sound = run.invoke(args=["photos-check"])
    assert (sound.exit_code, sound.stdout) == (0, "whole=2\n")
    store = PhotoStore(store_url)
    store.remove(photo_key(NAME))
    store.put_new(photo_key(NAME), bytes(len(PICTURE)))
    store.remove(photo_key(sha(jpeg(5))))
    faulty = run.invoke(args=["photos-check"])
    assert (faulty.exit_code, sorted(faulty.stdout.splitlines())) == (
        1, [f"altered\t{NAME}", "altered=1 missing=1", f"missing\t{sha(jpeg(5))}"])  # fmt: skip
    store.remove(photo_key(NAME))
    store.put_new(photo_key(NAME), PICTURE)
    store.put_new(photo_key(sha(jpeg(5))), jpeg(5))
    for key in (thumbnail_key(NAME), screen_key(sha(jpeg(5)))):
        store.remove(key)
    assert run.invoke(args=["photos-check"]).stdout.splitlines()[-1] == "derivative_missing=2"


def test_a_store_that_is_away_loses_nothing(
    at: Flask, phone: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock,
    store_url: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The phone is told to come again, keeps its pieces' offset, and a job that finds no store is tried again."""
    away = "s3://photos/x?endpoint=http://127.0.0.1:1"
    if "AWS_ACCESS_KEY_ID" not in os.environ:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    open_on(at, away)
    assert send_pieces(phone, world) == 503
    headers = world.as_phone("chen")
    again = phone.head(f"/api/v1/media/{NAME}", headers=headers)
    assert (again.headers["Upload-Offset"], again.headers["Upload-Complete"]) == (str(len(PICTURE)), "?0")
    open_on(at, store_url)
    end = {"Content-Range": f"bytes {len(PICTURE) - 1}-{len(PICTURE) - 1}/{len(PICTURE)}"}
    assert phone.put(f"/api/v1/media/{NAME}", data=PICTURE[-1:], headers=headers | end).status_code == 201
    assert PhotoStore(store_url).get(photo_key(NAME)) == PICTURE
    open_on(at, away)
    work(at, sessions, clock, "photo_thumbnail")
    assert asked(sessions) == [("photo_thumbnail", {"sha256": NAME}, "waiting")]
    open_on(at, store_url)
    clock.forward(minutes=1)
    work(at, sessions, clock, "photo_thumbnail")
    assert asked(sessions) == [("photo_thumbnail", {"sha256": NAME}, "done")]
