"""The code on a print, asked by anybody: genuine, unsealed, altered, unknown; and no word of a person."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session, sessionmaker

from inspections.chain.codes import short_code
from inspections.photos.pictures.coarse import difference_hash
from inspections.photos.pictures.small import make_small
from inspections.photos.store import PhotoStore, photo_key, thumbnail_key
from inspections.photos.tables import Medium
from inspections.plausibility.tables import VisitJudgement
from inspections.verifying.photos import state_of
from tests.conftest import NOON, Clock
from tests.seal_making import phone_of
from tests.visit_making import ID_A, ID_B, claim, jpeg, sha, visit
from tests.world import World

ONE = jpeg(1, (640, 480))
CODE = short_code(sha(ONE))


def send(client: FlaskClient, world: World, visit_id: str, photo: dict[str, Any], body: bytes, **changes: Any) -> None:
    chen = world.as_phone("chen")
    answer = client.put(f"/api/v1/inspections/{visit_id}", json=visit(photos=[photo], **changes), headers=chen)
    assert answer.status_code == 201, answer.json
    client.put(f"/api/v1/media/{photo['sha256']}", data=body, headers=chen)


def asked(client: FlaskClient, code: str = CODE) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/public/photos/{code}")
    assert answer.status_code == 200, answer.json
    return answer.json["photos"]


def make_small_one(app: Flask, sessions: sessionmaker[Session], body: bytes) -> None:
    """Put the small picture there as the worker does."""
    PhotoStore(app.extensions["cunzhan_config"].photo_store_url).put_new(thumbnail_key(sha(body)), make_small(body))
    with sessions.begin() as session:
        session.get_one(Medium, sha(body)).thumbnail_at = NOON


def test_a_sealed_photo_is_genuine_and_names_nobody(client: FlaskClient, world: World) -> None:
    seal = phone_of(client, world).seal(sha(ONE))
    send(client, world, ID_A, claim(ONE) | {"seal": seal}, ONE)
    (photo,) = asked(client, f"{CODE[:5].lower()}-{CODE[5:]}")
    assert photo == {
        "sha256": sha(ONE), "code": CODE, "state": "genuine", "stored": "same", "seal": "valid",
        "station": {"code": "JY001", "name": "何家湾服务站", "village_name": "何家湾村委会",
                    "township_name": "潇浦镇", "county_name": "江永县"},
        "purpose": "sign", "source": "unknown", "on_site": "on_site", "taken_at": "2026-11-20T03:25:00+00:00",
        "not_before": None, "not_after": "2026-11-20T04:00:00+00:00", "likeness": None,
    }  # fmt: skip
    said = json.dumps(photo, ensure_ascii=False)
    account, device = world.callers["chen"].account_id, world.callers["chen"].device_id
    assert not any(word in said for word in ("陈检查", "chen", "111.342", "25.27", f": {account}", f": {device}"))


def test_a_picture_out_of_the_gallery_is_told_as_one(client: FlaskClient, world: World) -> None:
    phone = phone_of(client, world)
    chosen = claim(ONE) | {"seal": phone.seal(sha(ONE)), "exif": {"tags": {"DateTimeOriginal": "2025:03:01 09:00:00"}}}
    send(client, world, ID_A, chosen | {"capture": {"source": "file"}}, ONE)
    two = jpeg(2)
    send(client, world, ID_B, claim(two) | {"capture": {"source": "camera"}}, two)
    assert [(one["source"], one["state"]) for one in asked(client)] == [("file", "genuine")]
    assert [(one["source"], one["state"]) for one in asked(client, short_code(sha(two)))] == [("camera", "unsealed")]


def test_a_photo_of_an_older_phone_is_unsealed_and_a_broken_seal_is_altered(client: FlaskClient, world: World) -> None:
    send(client, world, ID_A, claim(ONE), ONE)
    assert [(one["state"], one["seal"]) for one in asked(client)] == [("unsealed", "none")]
    two = jpeg(2)
    moved = phone_of(client, world).seal(sha(two))
    moved["payload"] = moved["payload"].replace("JY001", "JY002")
    send(client, world, ID_B, claim(two) | {"seal": moved}, two)
    assert [(one["state"], one["seal"]) for one in asked(client, short_code(sha(two)))] == [("altered", "invalid")]


def test_a_stored_file_that_was_changed_is_altered(client: FlaskClient, world: World, app: Flask, clock: Clock) -> None:
    send(client, world, ID_A, claim(ONE), ONE)
    assert [one["stored"] for one in asked(client)] == ["same"]
    folder = PhotoStore(app.extensions["cunzhan_config"].photo_store_url).folder
    assert folder is not None
    file = folder / photo_key(sha(ONE))
    file.chmod(0o600)
    file.write_bytes(ONE[:-1] + b"!")
    # Looked at again after a minute.
    clock.forward(seconds=59)
    assert [one["stored"] for one in asked(client)] == ["same"]
    clock.forward(seconds=1)
    assert [(one["state"], one["stored"]) for one in asked(client)] == [("altered", "differ")]
    file.unlink()
    clock.forward(minutes=2)
    assert [(one["state"], one["stored"]) for one in asked(client)] == [("missing", "missing")]


@pytest.mark.parametrize("code", ["ZZZZZZZZZZ", "short", "7PH4R-NGZ2K", "%25%25", "UUUUUUUUUU"])
def test_an_unknown_code_says_so(client: FlaskClient, code: str) -> None:
    for path in (code, f"{code}/picture"):
        answer = client.get(f"/api/v1/public/photos/{path}")
        assert (answer.status_code, answer.json["code"]) == (404, "PHOTO_CODE_UNKNOWN")


def test_what_has_not_wholly_come_is_unknown(client: FlaskClient, world: World) -> None:
    body = visit(photos=[claim(ONE), claim(jpeg(2), "front")])
    client.put(f"/api/v1/inspections/{ID_A}", json=body, headers=world.as_phone("chen"))
    client.put(f"/api/v1/media/{sha(ONE)}", data=ONE, headers=world.as_phone("chen"))
    assert client.get(f"/api/v1/public/photos/{CODE}").status_code == 404
    client.put(f"/api/v1/media/{sha(jpeg(2))}", data=jpeg(2), headers=world.as_phone("chen"))
    assert len(asked(client)) == 1


def test_one_picture_for_two_stations_is_listed_twice(client: FlaskClient, world: World) -> None:
    send(client, world, ID_A, claim(ONE), ONE)
    send(client, world, ID_B, claim(ONE), ONE, station_code="JY002")
    assert [one["station"]["code"] for one in asked(client)] == ["JY001", "JY002"]
    assert [one["on_site"] for one in asked(client)] == ["on_site", "away"]


def test_the_judged_interval_is_told_outwards_to_the_minute(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    send(client, world, ID_A, claim(ONE), ONE)
    own = {"photo": None, "not_before": "2026-11-20T03:28:00+00:00", "not_after": "2026-11-20T04:00:00+00:00"}
    its = {"photo": sha(ONE), "not_before": "2026-11-20T03:24:31+00:00", "not_after": "2026-11-20T03:29:01+00:00"}
    with sessions.begin() as session:
        judged = VisitJudgement(
            inspection_id=ID_A, judged_at=NOON, rule_version="1", weight=0, reasons=[], times=[own, its]
        )
        session.add(judged)
    (photo,) = asked(client)
    told = (photo["not_before"], photo["not_after"])
    assert told == ("2026-11-20T03:24:00+00:00", "2026-11-20T03:30:00+00:00")
    with sessions.begin() as session:
        session.get_one(VisitJudgement, ID_A).times = [own]
    (photo,) = asked(client)
    # The visit's own bounds are those of its end.
    assert (photo["not_before"], photo["not_after"]) == (None, "2026-11-20T04:00:00+00:00")


def test_the_picture_is_coarse_and_says_nothing_else(
    client: FlaskClient, world: World, app: Flask, sessions: sessionmaker[Session]
) -> None:
    marked = jpeg(3, (640, 480), exif=True)
    code = short_code(sha(marked))
    send(client, world, ID_A, claim(marked), marked)
    assert client.get(f"/api/v1/public/photos/{code}/picture").json["details"] == {"reason": "thumbnail_pending"}
    make_small_one(app, sessions, marked)
    answer = client.get(f"/api/v1/public/photos/{code}/picture?sha256={sha(marked)}")
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    with Image.open(io.BytesIO(answer.data)) as image:
        assert image.size == (96, 72)
        assert not image.getexif()
    assert b"SecretMaker" not in answer.data
    other = client.get(f"/api/v1/public/photos/{code}/picture?sha256={'0' * 64}")
    assert other.status_code == 404
    assert len(asked(client, code)[0]["likeness"]) == 16


@pytest.mark.parametrize(
    ("stored", "seal", "state"),
    [("same", "valid", "genuine"), ("same", "none", "unsealed"), ("same", "no_key", "unsealed"),
     ("same", "invalid", "altered"), ("same", "differs", "altered"), ("differ", "valid", "altered"),
     ("missing", "none", "missing"),
     ("missing", "valid", "missing"), ("missing", "invalid", "altered")],
)  # fmt: skip
def test_one_word_for_both(stored: str, seal: str, state: str) -> None:
    assert state_of(stored, seal) == state


def test_the_likeness_of_an_example() -> None:
    """The page's own reckoning is held to the same picture and bits: tests/browser/test_verify.py."""
    rows, columns = np.mgrid[0:40, 0:60]
    grey = ((columns * 7 + rows * 3) * (columns // 9 + 1)) % 256
    out = io.BytesIO()
    Image.fromarray(np.stack([grey] * 3, axis=2).astype(np.uint8)).save(out, "PNG")
    assert difference_hash(out.getvalue()) == LIKENESS


LIKENESS = "cc9592a46b625454"
