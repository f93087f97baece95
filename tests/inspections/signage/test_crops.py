"""A crop is a piece of the upright picture, never more than there is, and says nothing of the original."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.crops import crop
from inspections.photos.pictures.exif import read_exif
from inspections.signage.readings import read_sign
from inspections.signage.tables import SignReading
from tests.conftest import NOON
from tests.inspections.signage.sign_making import A, B, Told, sign_photo
from tests.visit_making import ID_A, claim, sent, sha
from tests.world import World

PICTURE = sign_photo(B)


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_crop_is_of_the_upright_picture(orientation: int) -> None:
    body = sign_photo(B, orientation=orientation)
    piece = crop(body, (40, 100, 960, 300))
    assert read_exif(piece) == {}
    assert b"Secret" not in piece
    with opened(piece) as image:
        # Four parts in a hundred of its longer side are shown around it.
        assert (image.format, image.size) == ("WEBP", (994, 274))
        blue, wall = image.getpixel((60, 137)), image.getpixel((10, 10))
        assert (blue[2] > blue[0] + 80, abs(wall[0] - wall[2]) < 20) == (True, True)


@pytest.mark.parametrize(
    ("box", "size"),
    [((-50, -50, 2000, 2000), (1000, 400)), ((900, 350, 1400, 700), (120, 70)), ((5000, 5000, 6000, 6000), (1, 1)),
     ((10, 10, 10, 10), (1, 1))],
    ids=["larger", "over the corner", "outside", "nothing"],
)  # fmt: skip
def test_a_crop_never_leaves_the_picture(box: tuple[int, int, int, int], size: tuple[int, int]) -> None:
    with opened(crop(PICTURE, box)) as image:
        assert image.size == size


def test_a_large_crop_is_made_small() -> None:
    with opened(crop(PICTURE, (0, 0, 1000, 400), longest_px=500)) as image:
        assert image.size == (500, 200)
    with pytest.raises(Refusal):
        crop(PICTURE[:3000], (0, 0, 10, 10))


def test_a_worker_reads_the_sign_and_the_crop_is_shown_to_whoever_may_see_the_photo(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    chen, door = world.as_phone("chen"), f"/api/v1/inspections/{ID_A}/photos/{sha(PICTURE)}?size=sign"
    visit = sent(photos=[claim(PICTURE)])
    assert client.put(f"/api/v1/inspections/{ID_A}", data=visit, headers=chen).status_code in {200, 201}
    assert client.put(f"/api/v1/media/{sha(PICTURE)}", data=PICTURE, headers=chen).status_code == 201
    waiting = client.get(door, headers=chen)
    assert (waiting.status_code, waiting.json["code"]) == (404, "PHOTO_UNKNOWN")
    assert waiting.json["details"]["reason"] == "not_read"
    worker = make_worker(app)
    while worker.run_one("w"):
        pass
    with sessions() as session:
        (told,) = session.scalars(select(SignReading))
        assert (told.sha256, told.sign_class, told.is_sure) == (sha(PICTURE), "national", True)
    shown = client.get(door, headers=chen)
    assert (shown.status_code, shown.content_type) == (200, "image/webp")
    # A better engine crops anew under the same address.
    assert shown.headers["Cache-Control"] == "private, no-cache"
    again = client.get(door, headers=chen | {"If-None-Match": shown.headers["ETag"]})
    assert again.status_code == 304
    with opened(shown.data) as image:
        assert image.width <= 1000
    assert client.get(door, headers=world.as_phone("zhou")).json["code"] == "INSPECTION_UNKNOWN"
    other = client.get(door.replace(sha(PICTURE), "0" * 64), headers=chen)
    assert (other.status_code, other.json["code"]) == (404, "PHOTO_UNKNOWN")


def test_a_photo_without_a_sign_has_no_crop(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    chen, bare = world.as_phone("chen"), sign_photo(A)
    client.put(f"/api/v1/inspections/{ID_A}", data=sent(photos=[claim(bare)]), headers=chen)
    client.put(f"/api/v1/media/{sha(bare)}", data=bare, headers=chen)
    read_sign(sessions, app.extensions["cunzhan_photo_store"], Told([]), {"sha256": sha(bare)}, now=NOON)
    answer = client.get(f"/api/v1/inspections/{ID_A}/photos/{sha(bare)}?size=sign", headers=chen)
    assert (answer.status_code, answer.json["details"]["reason"]) == (404, "no_sign_found")
