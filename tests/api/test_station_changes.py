"""The doors through which stations change: proposals, revisions, transitions, each under the version that was seen."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.visits.tables import Photo
from stations.records.tables import Station, StationVersion
from tests.conftest import NOON
from tests.visit_making import ID_A, claim, jpeg, sent
from tests.world import World

NEW = {"name": "圳景服务点", "village_code": "431125100202", "kind": "village_point", "host_type": "shop",
       "lon": 111.35, "lat": 25.28, "coord_system": "bd09", "services": ["parcel"]}  # fmt: skip
SUSPEND = {"to": "suspended", "effective_on": "2026-11-20", "reason_code": "repair",
           "declared": {"expected_end": "2027-01-01"}}  # fmt: skip


def test_a_proposal_gets_its_code_and_the_second_is_warned(client: FlaskClient, world: World) -> None:
    headers = world.as_phone("jiang")
    made = client.post("/api/v1/stations", json=NEW, headers=headers)
    assert (made.status_code, made.json["code"], made.json["listing_status"]) == (201, "431125-V-0001", "proposed")
    assert (made.json["lon_raw"], made.json["coord_system"], made.json["phone"]) == (111.35, "bd09", None)
    again = client.post("/api/v1/stations", json=NEW, headers=headers)
    assert (again.status_code, again.json["code"]) == (409, "NEARBY_STATIONS")
    assert again.json["details"]["nearby"][0]["code"] == "431125-V-0001"
    assert again.json["details"]["nearby"][0]["why"] == ["same_village", "close", "similar_name"]
    third = client.post("/api/v1/stations", json=NEW | {"nearby_checked": True}, headers=headers)
    assert (third.status_code, third.json["code"]) == (201, "431125-V-0002")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"lon": 25.28, "lat": 111.35}, "COORDINATES_SWAPPED", "lon"),
        ({"lon": 0, "lat": 0}, "COORDINATES_OUTSIDE_CHINA", "lat"),
        ({"village_code": "1"}, "UNIT_UNKNOWN", "village_code"),
        ({"name": "\u0000"}, "BAD_INPUT", "json"), ({"name": "\ud800"}, "BAD_INPUT", "json"),
        ({"village_code": "430922100200"}, "OUT_OF_SCOPE", None),
        ({"valid_from": "0001-01-01"}, "BAD_INPUT", "valid_from"),
        ({"host_type": "moon"}, "BAD_INPUT", "json"), ({"unheard_of": 1}, "BAD_INPUT", "json"),
    ],
)  # fmt: skip
def test_a_bad_proposal_saves_nothing(
    client: FlaskClient, sessions: sessionmaker[Session], world: World, change: dict[str, Any], code: str,
    field: str | None,
) -> None:  # fmt: skip
    answer = client.post("/api/v1/stations", json=NEW | change, headers=world.as_phone("jiang"))
    assert answer.json["code"] == code
    assert field is None or field in answer.json["errors"]
    with sessions() as session:
        assert len(session.scalars(select(Station)).all()) == 3


def test_a_revision_needs_the_version_that_was_seen(client: FlaskClient, world: World) -> None:
    headers, change = world.as_phone("jiang"), {"hours": "8:00-18:00", "villages_served": ["431125100202"]}
    bare = client.patch("/api/v1/stations/JY001", json=change, headers=headers)
    assert (bare.status_code, bare.json["code"]) == (428, "IF_MATCH_REQUIRED")
    tag = client.get("/api/v1/stations/JY001", headers=headers).headers["ETag"]
    done = client.patch("/api/v1/stations/JY001", json=change, headers=headers | {"If-Match": tag})
    assert (done.status_code, done.json["hours"]) == (200, "8:00-18:00")
    assert [village["name"] for village in done.json["villages_served"]] == ["圳景村委会"]
    assert done.headers["ETag"] != tag
    for stale in (tag, '"nonsense"'):
        late = client.patch("/api/v1/stations/JY001", json=change, headers=headers | {"If-Match": stale})
        assert (late.status_code, late.json["code"]) == (409, "CONFLICT_VERSION")
    stranger = client.patch("/api/v1/stations/JY001", json=change, headers=world.as_phone("zhou") | {"If-Match": "*"})
    assert stranger.status_code == 404


def test_a_transition_needs_the_version_and_its_conditions(client: FlaskClient, world: World) -> None:
    headers, door = world.as_phone("jiang"), "/api/v1/stations/JY001/transitions"
    assert client.post(door, json=SUSPEND, headers=headers).status_code == 428
    tag = client.get("/api/v1/stations/JY001", headers=headers).headers["ETag"]
    held = headers | {"If-Match": tag}
    refused = client.post(door, json=SUSPEND | {"to": "delisted", "declared": {}}, headers=held)
    assert (refused.status_code, refused.json["code"]) == (409, "TRANSITION_REFUSED")
    assert [one["code"] for one in refused.json["details"]["unmet"]] == [
        "DELISTING_REASON_UNKNOWN", "DELISTING_GROUND_MISSING", "OWNER_NOT_NOTIFIED", "ASSET_DISPOSITION_MISSING",
        "PLAQUE_PHOTO_MISSING",
    ]  # fmt: skip
    done = client.post(door, json=SUSPEND, headers=held)
    assert (done.status_code, done.json["from_status"], done.json["to_status"]) == (201, "active", "suspended")
    assert done.json["details"] == {"expected_end": "2027-01-01", "villages_losing_service": []}
    assert client.post(door, json=SUSPEND, headers=held).status_code == 409
    assert client.get("/api/v1/stations/JY001", headers=headers).json["listing_status"] == "suspended"


def test_a_photo_that_arrived_is_ground_for_delisting(
    client: FlaskClient, sessions: sessionmaker[Session], world: World
) -> None:
    body = sent(observed_state="gone", answers={}, photos=[claim(jpeg(), "front")])
    put = client.put(f"/api/v1/inspections/{ID_A}", data=body, headers=world.as_phone("chen"),
                     content_type="application/json")  # fmt: skip
    assert put.status_code == 201
    asked = {"to": "delisted", "effective_on": "2026-11-20", "reason_code": "gone", "evidence_ids": [ID_A],
             "declared": {"owner_notified_on": "2026-11-02", "asset_disposition": "scrapped"}}  # fmt: skip
    headers, door = world.as_phone("jiang") | {"If-Match": "*"}, "/api/v1/stations/JY001/transitions"
    waiting = client.post(door, json=asked, headers=headers).json["details"]["unmet"]
    assert [one["code"] for one in waiting] == ["DELISTING_GROUND_MISSING", "PLAQUE_PHOTO_MISSING"]
    with sessions.begin() as session:
        session.scalars(select(Photo)).one().received_at = NOON
    assert client.post(door, json=asked, headers=headers).json["vitality"] == "dead"


def test_who_may_change_what(client: FlaskClient, sessions: sessionmaker[Session], world: World) -> None:
    answers = {}
    for who in ("chen", "tang", "yong", "xiang", "ping"):
        headers = world.as_phone(who) | {"If-Match": "*"}
        answers[who] = (
            client.post("/api/v1/stations", json=NEW, headers=headers).status_code,
            client.patch("/api/v1/stations/JY001", json={"hours": "x"}, headers=headers).status_code,
            client.post("/api/v1/stations/JY001/transitions", json=SUSPEND, headers=headers).status_code,
        )
    assert set(answers.values()) == {(403, 403, 403)}
    with sessions() as session:
        assert len(session.scalars(select(StationVersion)).all()) == 3
