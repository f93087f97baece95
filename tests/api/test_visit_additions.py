"""What a visit says beside its answers is kept and shown: left open, other words, EXIF, how a photo was judged."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from inspections.visits.tables import Inspection
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

SIGN = jpeg(1)
EXIF = {"tags": {"Make": "HUAWEI", "DateTimeOriginal": "2026:11:20 11:25:03", "Orientation": "6"}}
CAPTURE = {"source": "camera", "sharpness": 41.5, "brightness": 118.0, "tilt_deg": -3.5, "kept_anyway": True,
           "original_sha256": "a" * 64, "original_size": 4_100_000}  # fmt: skip


def put(client: FlaskClient, world: World, **changes: Any) -> Any:
    return client.put(f"/api/v1/inspections/{ID_A}", data=sent(**changes), headers=world.as_phone("chen"))


def test_it_is_kept_and_shown_again(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    told = {
        "answers": {"sign_wording": "other_wording", "other_wording": "供销社益农社"}, "checks": {},
        "not_answered": {"services": "not_seen", "checks": "not_applicable"},
        "photos": [claim(SIGN) | {"exif": EXIF, "capture": CAPTURE}, claim(jpeg(2), "inside")],
    }  # fmt: skip
    assert put(client, world, **told).status_code == 201
    for shown in (
        client.get(f"/api/v1/inspections/{ID_A}", headers=world.as_phone("jiang")).json,
        client.get("/api/v1/inspections?station=JY001", headers=world.as_phone("jiang")).json["inspections"][0],
    ):
        assert shown["answers"] == told["answers"]
        assert shown["not_answered"] == told["not_answered"]
        assert (shown["replaces"], shown["returned"]) == (None, None)
        assert shown["photos"] == [
            {"sha256": sha(SIGN), "purpose": "sign", "received": False, "preview": False,
             "taken_at": "2026-11-20T03:25:00+00:00", "exif": EXIF, "capture": CAPTURE},
            {"sha256": sha(jpeg(2)), "purpose": "inside", "received": False, "preview": False,
             "taken_at": "2026-11-20T03:25:00+00:00", "exif": None, "capture": None},
        ]  # fmt: skip
    with sessions() as session:
        assert session.get_one(Inspection, ID_A).not_answered == told["not_answered"]


def test_a_key_that_is_no_open_question_is_named_and_the_body_kept(client: FlaskClient, world: World) -> None:
    answer = put(client, world, not_answered={"weather": "not_seen"})
    assert (answer.status_code, answer.json["reason"]["code"]) == (202, "BAD_INPUT")
    assert list(answer.json["reason"]["errors"]["not_answered"]) == ["weather"]


def test_a_poor_picture_is_never_a_reason_to_refuse(client: FlaskClient, world: World) -> None:
    blurred = CAPTURE | {"sharpness": 0.0, "brightness": 0.0, "tilt_deg": 180.0}
    assert put(client, world, photos=[claim(SIGN) | {"capture": blurred}]).status_code == 201
