"""Hostile files through the real door: refused with their reason, kept aside to the last byte, and nothing breaks."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.photos.store import aside_key, photo_key
from inspections.photos.tables import Medium
from inspections.quarantine.tables import KeptAside
from tests.inspections.photos.hostile.corpus import CORPUS, THROUGH_THE_DOOR, made
from tests.inspections.photos.hostile.pieces import jpeg
from tests.visit_making import ID_A, claim, sent, sha
from tests.world import World


def test_each_is_refused_with_its_reason_and_kept_whole(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    phone = world.as_phone("chen")
    bodies = {name: made(name) for name in THROUGH_THE_DOOR}
    # Named in a record as honest JPEGs: what a phone claims changes nothing.
    photos = [claim(body, mime="image/jpeg") for body in bodies.values()]
    assert client.put(f"/api/v1/inspections/{ID_A}", data=sent(photos=photos[:6]), headers=phone).status_code == 201
    for name, body in bodies.items():
        answer = client.put(f"/api/v1/media/{sha(body)}", data=body, headers=phone)
        said = (answer.status_code, answer.json["code"], answer.json["reason"]["code"])
        assert said == (202, "KEPT_ASIDE", CORPUS[name][1]), name
        assert (answer.json["complete"], answer.json["received_bytes"]) == (True, len(body))
        assert answer.json["reason"]["hint_zh"]
        store = app.extensions["cunzhan_photo_store"]
        assert store.get(aside_key(sha(body))) == body
        assert store.get(photo_key(sha(body))) is None
    with sessions() as session:
        assert session.scalars(select(Medium)).all() == []
        kept = {row.record_id: row.refusal_code for row in session.scalars(select(KeptAside))}
    assert kept == {sha(body): CORPUS[name][1] for name, body in bodies.items()}
    # And the door still takes an honest one, whatever its claimed type.
    assert client.put(f"/api/v1/media/{sha(jpeg())}", data=jpeg(), headers=phone).status_code == 201


def test_a_hostile_file_under_an_honest_name_is_asked_for_again(app: Flask, client: FlaskClient, world: World) -> None:
    bomb = made("png of real 9000 x 9000 in 236 kB")
    answer = client.put(f"/api/v1/media/{sha(jpeg())}", data=bomb, headers=world.as_phone("chen"))
    assert (answer.status_code, answer.json["code"]) == (422, "PHOTO_HASH")
    assert app.extensions["cunzhan_photo_store"].get(aside_key(sha(bomb))) == bomb
