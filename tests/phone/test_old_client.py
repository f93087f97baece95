"""A phone that was never updated: what version 0.3.0 says, as recorded from it, and what it must be able to read.

Recorded on 21 November 2026 from the client of 0.3.0 in Chromium against this server; only the code of enrolment, the
token and the photo's hash and size are put in, since they differ each time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.visits.tables import Inspection, Photo
from stations.people.enrolling import make_enrolment
from tests.conftest import Clock
from tests.visit_making import jpeg
from tests.world import World

RECORDED = dt.datetime(2026, 11, 21, 14, 41, tzinfo=dt.UTC)
VISIT = "644478a1-7ad9-4bd8-8a8e-5a2c94eee1ad"
JSON = {"Accept": "application/json", "Content-Type": "application/json"}
ENROL = '{"code":"CODE","device_label":"Linux 手机"}'
PLAN = (
    '{"records":[{"id":"644478a1-7ad9-4bd8-8a8e-5a2c94eee1ad","sha256":"BODY"}],'
    '"media":[{"sha256":"PHOTO","size":SIZE}]}'
)
BODY = (
    '{"answers":{"services":["parcel"]},"captured_at":"2026-11-21T14:40:59.918Z","checks":{},"clock":{"last_server_time"'
    ':"2026-11-21T14:40:55.256848+00:00","monotonic_ms_since_sync":4549,"time_zone":"Asia/Shanghai","wall":'
    '"2026-11-21T14:40:59.918Z"},"ended_at":"2026-11-21T14:40:59.918Z","fix":{"accuracy_m":12,"age_s":7,"coord_system":'
    '"wgs84","lat":25.2711,"lon":111.3421,"provider":"browser"},"form_version":"4837b570e457","method":"site_visit",'
    '"note":"一切正常","observed_state":"open_operating","photos":[{"mime":"image/jpeg","purpose":"sign","sha256":"PHOTO",'
    '"size":SIZE,"taken_at":"2026-11-21T14:40:58.052Z"}],"started_at":"2026-11-21T14:40:57.260Z","station_code":"JY001"}'
)
# The kinds of question that 0.3.0 can draw, and the fields of a station that its screens read.
DRAWN = {"choice", "multi_choice", "check_map", "text", "integer", "decimal", "date", "boolean"}
READ = {
    "code", "name", "village_name", "township_name", "vitality", "lon", "lat", "last_observed_at",
    "last_observed_state",
}  # fmt: skip


def test_the_client_of_0_3_0_still_syncs(
    client: FlaskClient, sessions: sessionmaker[Session], world: World, clock: Clock
) -> None:
    clock.at = RECORDED
    photo = jpeg(7)
    named = {"PHOTO": hashlib.sha256(photo).hexdigest(), "SIZE": str(len(photo))}
    body = put_in(BODY, named).encode()
    named["BODY"] = hashlib.sha256(body).hexdigest()

    enrolled = client.post("/api/v1/devices", data=put_in(ENROL, {"CODE": code_for(sessions, world)}), headers=JSON)
    assert enrolled.status_code == 201
    told: dict[str, Any] = enrolled.get_json()
    assert isinstance(told["token"], str)
    assert {"id", "name", "role", "unit_name"} <= told["account"].keys()
    phone = JSON | {"Authorization": f"Bearer {told['token']}"}

    forms = client.get("/api/v1/forms", headers=phone)
    form = next(one for one in forms.get_json()["forms"] if one["name"] == "inspection")
    assert {field["type"] for field in form["fields"]} <= DRAWN
    assert all({"purpose", "required_when", "why_zh", "label_zh"} <= rule.keys() for rule in form["photo_rules"])
    stations = client.get("/api/v1/my/stations?limit=500", headers=phone)
    assert {one["code"] for one in stations.get_json()["stations"]} == {"JY001", "JY002"}
    assert all(one.keys() >= READ for one in stations.get_json()["stations"])

    plan = client.post("/api/v1/sync/plan", data=put_in(PLAN, named), headers=phone)
    assert plan.get_json()["records"] == [{"id": VISIT, "status": "missing"}]
    assert (plan.get_json()["media"][0]["received_bytes"], plan.get_json()["media"][0]["complete"]) == (0, False)
    put = client.put(f"/api/v1/inspections/{VISIT}", data=body, headers=phone)
    assert put.status_code == 201
    receipt = put.get_json()
    assert (receipt["durable"], receipt["sha256"]) == (True, named["BODY"])
    assert receipt["photos"] == [receipt["photos"][0] | {"sha256": named["PHOTO"], "received": False}]
    whole = client.put(f"/api/v1/media/{named['PHOTO']}", data=photo, headers=phone | {
        "Content-Type": "image/jpeg", "Content-Range": f"bytes 0-{len(photo) - 1}/{len(photo)}",
    })  # fmt: skip
    assert {"complete": True, "durable": True, "sha256": named["PHOTO"]}.items() <= whole.get_json().items()

    again = client.get("/api/v1/forms", headers=phone | {"If-None-Match": forms.headers["ETag"]})
    assert again.status_code == 304
    with sessions() as session:
        visit = session.scalars(select(Inspection)).one()
        assert (visit.id, visit.body, visit.state) == (VISIT, body, "complete")
        assert session.scalars(select(Photo.sha256)).all() == [named["PHOTO"]]


def put_in(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def code_for(sessions: sessionmaker[Session], world: World) -> str:
    with sessions.begin() as session:
        inspector = world.accounts["chen"].id
        return make_enrolment(session, world.callers["jiang"], inspector, now=RECORDED, minutes=15).code
