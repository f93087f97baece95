"""A photo kept aside is taken in by whoever learned to read it since: no phone need send it again."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from api.job_loop import Worker
from api.worker import functions_of
from inspections.photos.store import PhotoStore, photo_key
from inspections.photos.tables import Medium
from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection
from jobs import Job
from tests.conftest import Clock
from tests.inspections.photos.hostile.webps import real_heic
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

pytest.importorskip("pillow_heif")


def test_heic_is_taken_in_once_its_decoder_is_there(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, torn, phone = real_heic(), jpeg(5)[:-1], world.as_phone("chen")
    client.put(f"/api/v1/inspections/{ID_A}", data=sent(photos=[claim(photo, mime="image/heic")]), headers=phone)
    with monkeypatch.context() as without:
        without.setattr("inspections.photos.pictures.looking.reads_heic", lambda: False)
        answer = client.put(f"/api/v1/media/{sha(photo)}", data=photo, headers=phone)
    assert (answer.status_code, answer.json["reason"]["code"]) == (202, "PHOTO_HEIC_UNREADABLE")
    assert client.put(f"/api/v1/media/{sha(torn)}", data=torn, headers=phone).status_code == 202
    looking = app.test_cli_runner().invoke(args=["photos-look-again"])
    assert (looking.exit_code, looking.output.split()) == (
        0, ["taken_in", sha(photo), "PHOTO_TRUNCATED=1", "taken_in=1"])  # fmt: skip
    assert app.extensions["cunzhan_photo_store"].get(photo_key(sha(photo))) == photo
    with sessions() as session:
        medium = session.get_one(Medium, sha(photo))
        assert (medium.mime, medium.sent_by) == ("image/heic", world.accounts["chen"].id)
        assert session.get_one(Inspection, ID_A).state == "complete"
        settled = dict(session.execute(select(KeptAside.record_id, KeptAside.settlement)).all())
    assert settled == {sha(photo): "accepted", sha(torn): None}
    # The phone that asks again hears of the photo, not of the quarantine; a second look changes nothing.
    assert client.put(f"/api/v1/media/{sha(photo)}", data=photo, headers=phone).status_code == 200
    assert app.test_cli_runner().invoke(args=["photos-look-again"]).output.split() == ["PHOTO_TRUNCATED=1"]


def test_a_worker_without_the_decoder_is_not_the_last_word(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    photo, phone = real_heic(), world.as_phone("chen")
    client.put(f"/api/v1/inspections/{ID_A}", data=sent(photos=[claim(photo, mime="image/heic")]), headers=phone)
    assert client.put(f"/api/v1/media/{sha(photo)}", data=photo, headers=phone).status_code == 201
    with sessions.begin() as session:
        # As such a worker leaves it: this process has the decoder, and cannot unlearn it.
        session.execute(delete(Job))
        session.get_one(Medium, sha(photo)).refused_code = "PHOTO_HEIC_UNREADABLE"
    told = app.test_cli_runner().invoke(args=["photos-look-again"])
    assert (told.exit_code, told.output) == (0, "asked_again=1\n")
    derive(app, sessions, clock)
    assert state_of(sessions, photo) == (None, clock())
    assert app.test_cli_runner().invoke(args=["photos-look-again"]).output == "taken_in=0\n"


def test_what_still_cannot_be_decoded_is_marked_again(
    app: Flask, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    torn = jpeg(5)[:-40]
    PhotoStore(app.extensions["cunzhan_config"].photo_store_url).put_new(photo_key(sha(torn)), torn)
    with sessions.begin() as session:
        session.add(Medium(sha256=sha(torn), size_bytes=len(torn), mime="image/jpeg", width_px=1, height_px=1,
                           stored_at=clock(), refused_code="PHOTO_DAMAGED"))  # fmt: skip
    assert app.test_cli_runner().invoke(args=["photos-look-again"]).output == "asked_again=1\n"
    assert state_of(sessions, torn) == (None, None)
    derive(app, sessions, clock)
    assert state_of(sessions, torn) == ("PHOTO_TRUNCATED", None)


def derive(app: Flask, sessions: sessionmaker[Session], clock: Clock) -> None:
    functions = {"photo_thumbnail": functions_of(app)["photo_thumbnail"]}
    Worker(sessions, functions, clock, daily=()).serve(threads=1, until_empty=True)


def state_of(sessions: sessionmaker[Session], photo: bytes) -> tuple[str | None, dt.datetime | None]:
    with sessions() as session:
        medium = session.get_one(Medium, sha(photo))
        return medium.refused_code, medium.thumbnail_at
