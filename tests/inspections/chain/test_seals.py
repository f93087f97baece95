"""A visit's seals over HTTP: kept to the letter, judged, and never a reason to refuse."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.chain.links import Break, chain_breaks, differing, seal_standing, sealed_not_before, sealed_places
from inspections.chain.payloads import read_payload
from inspections.chain.tables import PhotoSeal
from stations.people.tables import AuditEvent
from tests.conftest import NOON, Clock
from tests.seal_making import SealingPhone, phone_of
from tests.visit_making import ID_A, ID_B, ID_C, claim, jpeg, sha, visit
from tests.world import World

ONE, TWO = jpeg(1), jpeg(2)


def send(client: FlaskClient, world: World, visit_id: str, photos: list[dict[str, Any]], **changes: Any) -> None:
    body = visit(photos=photos, **changes)
    answer = client.put(f"/api/v1/inspections/{visit_id}", json=body, headers=world.as_phone("chen"))
    assert answer.status_code == 201, answer.json


def breaks(sessions: sessionmaker[Session], visit_id: str) -> list[Break]:
    with sessions() as session:
        return chain_breaks(session, visit_id)


def test_a_seal_is_kept_to_the_letter_and_holds(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    phone = phone_of(client, world)
    seal = phone.seal(sha(ONE))
    send(client, world, ID_A, [claim(ONE) | {"seal": seal}])
    with sessions() as session:
        kept = session.scalars(select(PhotoSeal)).one()
        assert (kept.payload, kept.signature, kept.verdict) == (seal["payload"], seal["signature"], "valid")
        assert (kept.number, kept.previous_sha256, kept.device_id) == (1, None, phone.device)
        assert kept.sealed_at is not None
        assert kept.sealed_at.isoformat() == "2026-11-20T03:25:02+00:00"
        assert seal_standing(session, ID_A, sha(ONE)) == "valid"
        assert sealed_places(session, ID_A) == {
            sha(ONE): {"lon": 111.342, "lat": 25.2711, "accuracy_m": 12.0, "age_s": 3.0}
        }
    assert breaks(sessions, ID_A) == []


def test_a_seal_that_does_not_hold_refuses_nothing(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    phone_of(client, world)
    seals = [("{}", "AAAA"), ("", ""), ('{"v": 1, "number": 1e999}', "no base64!"), ("[" * 1999, "A" * 88)]
    photos = [claim(jpeg(seed)) | {"seal": {"payload": payload, "signature": signature}}
              for seed, (payload, signature) in enumerate(seals)]  # fmt: skip
    send(client, world, ID_A, photos)
    assert breaks(sessions, ID_A) == [Break("seal_invalid", photo["sha256"], {}) for photo in photos]


def test_a_letter_changed_after_signing_is_found(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    seal = phone_of(client, world).seal(sha(ONE))
    moved = seal | {"payload": seal["payload"].replace("25.2711", "25.2712")}
    send(client, world, ID_A, [claim(ONE) | {"seal": moved}])
    assert breaks(sessions, ID_A) == [Break("seal_invalid", sha(ONE), {})]


def test_another_phones_seal_does_not_hold(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    phone_of(client, world)
    stranger = phone_of(client, world, "jiang")
    send(client, world, ID_A, [claim(ONE) | {"seal": stranger.seal(sha(ONE))}])
    assert breaks(sessions, ID_A) == [Break("seal_invalid", sha(ONE), {})]


TAKEN = dt.datetime(2026, 11, 20, 3, 25, tzinfo=dt.UTC)
OWN = {"v": 1, "number": 7, "sha256": "a" * 64, "station": "JY001", "inspector": 3, "device": 4,
       "taken_at": "2026-11-20T11:25:00+08:00"}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "fields"),
    [({}, []), ({"sha256": "b" * 64}, ["sha256"]), ({"station": "JY002"}, ["station"]),
     ({"inspector": 5}, ["inspector"]),
     ({"device": 5}, ["device"]), ({"taken_at": "2026-11-19T11:25:00+08:00"}, ["taken_at"]),
     ({"number": -1}, ["number"]), ({"v": 2}, ["sha256", "station", "inspector", "device", "taken_at", "number"])],
    ids=["own", "sha256", "station", "inspector", "device", "taken_at", "number", "version"],
)  # fmt: skip
def test_what_differs_is_named(changes: dict[str, Any], fields: list[str]) -> None:
    told = read_payload(json.dumps(OWN | changes))
    assert differing(told, "a" * 64, "JY001", 3, 4, TAKEN) == fields


def test_a_seal_of_another_station_is_found(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    seal = phone_of(client, world).seal(sha(ONE), station="JY002")
    send(client, world, ID_A, [claim(ONE) | {"seal": seal}])
    assert breaks(sessions, ID_A) == [Break("seal_differs", sha(ONE), {"fields": ["station"]})]


def test_two_photos_with_one_number_break_the_chain(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    phone = phone_of(client, world)
    first = phone.seal(sha(ONE))
    phone.number, phone.head = 0, None
    second = phone.seal(sha(TWO))
    send(client, world, ID_A, [claim(ONE) | {"seal": first}])
    assert breaks(sessions, ID_A) == []
    send(client, world, ID_B, [claim(TWO) | {"seal": second}])
    assert breaks(sessions, ID_B) == [Break("chain_broken", sha(TWO), {"number": 1, "other": sha(ONE)})]
    assert breaks(sessions, ID_A) == [Break("chain_broken", sha(ONE), {"number": 1, "other": sha(TWO)})]


def test_holes_any_order_and_the_same_photo_again_break_nothing(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    phone = phone_of(client, world)
    first = claim(ONE) | {"seal": phone.seal(sha(ONE))}
    phone.seal("a" * 64)  # thrown away
    third = claim(TWO) | {"seal": phone.seal(sha(TWO))}
    send(client, world, ID_B, [third])
    send(client, world, ID_A, [first])
    send(client, world, ID_C, [first, third])
    assert [breaks(sessions, one) for one in (ID_A, ID_B, ID_C)] == [[], [], []]


def test_a_seal_that_comes_before_its_key_is_judged_with_it(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    caller = world.callers["chen"]
    phone = SealingPhone(caller.account_id or 0, caller.device_id or 0)
    wrong = phone.seal(sha(TWO)) | {"signature": phone.sign("something else")}
    send(client, world, ID_A, [claim(ONE) | {"seal": phone.seal(sha(ONE))}, claim(TWO) | {"seal": wrong}])
    with sessions() as session:
        assert seal_standing(session, ID_A, sha(ONE)) == "no_key"
    assert breaks(sessions, ID_A) == []
    asked = {"public_key": phone.public_key}
    assert client.put("/api/v1/my/device/key", json=asked, headers=world.as_phone("chen")).status_code == 200
    assert breaks(sessions, ID_A) == [Break("seal_invalid", sha(TWO), {})]


def test_a_missing_seal_counts_only_for_what_a_phone_with_a_key_took(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    send(client, world, ID_A, [claim(ONE)])
    phone_of(client, world)
    # Begun before the key, by a clock that may go wrong; then two days later.
    send(client, world, ID_B, [claim(TWO)])
    assert (breaks(sessions, ID_A), breaks(sessions, ID_B)) == ([], [])
    clock.forward(days=2)
    late = claim(TWO) | {"taken_at": "2026-11-22T11:25:00+08:00"}
    day = {"started_at": "2026-11-22T11:20:00+08:00", "ended_at": "2026-11-22T11:30:00+08:00",
           "captured_at": "2026-11-22T11:30:00+08:00"}  # fmt: skip
    send(client, world, ID_C, [late], **day)
    figures = {"key_since": "2026-11-20T04:00:00+00:00"}
    assert breaks(sessions, ID_C) == [Break("seal_missing", sha(TWO), figures)]


def test_a_key_is_registered_once_and_noted(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    phone, chen = phone_of(client, world), world.as_phone("chen")
    again = client.put("/api/v1/my/device/key", json={"public_key": phone.public_key}, headers=chen)
    assert again.json == {"device_id": phone.device, "registered_at": "2026-11-20T04:00:00+00:00"}
    other = {"public_key": SealingPhone(1, 1).public_key}
    answer = client.put("/api/v1/my/device/key", json=other, headers=chen)
    assert (answer.status_code, answer.json["code"]) == (409, "KEY_REGISTERED")
    with sessions() as session:
        acts = session.scalars(select(AuditEvent).where(AuditEvent.action == "device.key")).all()
        assert [(act.object_kind, act.object_id) for act in acts] == [("device", str(phone.device))]


def test_what_is_no_key_is_refused(client: FlaskClient, world: World) -> None:
    longer = SealingPhone(1, 1, ec.generate_private_key(ec.SECP384R1())).public_key
    for given in ("no base64!", "AAAA", longer):
        answer = client.put("/api/v1/my/device/key", json={"public_key": given}, headers=world.as_phone("chen"))
        assert (answer.status_code, answer.json["code"]) == (422, "KEY_MALFORMED")


def test_a_phone_is_enrolled_with_its_key_and_a_wrong_one_burns_no_code(client: FlaskClient, world: World) -> None:
    asked = {"account_id": world.accounts["chen"].id}
    code = client.post("/api/v1/enrolments", json=asked, headers=world.as_phone("jiang")).json["code"]
    phone = SealingPhone(1, 1)
    body = {"code": code, "device_label": "红米 12", "secret": "s" * 43}
    assert client.post("/api/v1/devices", json=body | {"public_key": "AAAA"}).json["code"] == "KEY_MALFORMED"
    admitted = client.post("/api/v1/devices", json=body | {"public_key": phone.public_key})
    assert admitted.status_code == 201, admitted.json
    # Its answer was lost: the same code, secret and key.
    again = client.post("/api/v1/devices", json=body | {"public_key": phone.public_key})
    assert again.json["device_id"] == admitted.json["device_id"]
    asked = {"public_key": phone.public_key}
    known = client.put("/api/v1/my/device/key", json=asked, headers={"Authorization": f"Bearer {'s' * 43}"})
    assert known.json["device_id"] == admitted.json["device_id"]


def test_a_seal_tells_the_time_of_a_camera_s_photo_and_not_of_a_chosen_file(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    plan = client.post("/api/v1/sync/plan", json={"records": [], "media": []}, headers=world.as_phone("chen"))
    phone, heard = phone_of(client, world), plan.json["signed_time"]
    capture = {"sharpness": None, "brightness": None, "tilt_deg": None, "kept_anyway": False}
    taken, chosen, unheard = jpeg(1), jpeg(2), jpeg(3)
    told = [(taken, "camera", heard), (chosen, "file", heard), (unheard, "camera", heard[:-1] + "x")]
    photos = [
        claim(body) | {"capture": capture | {"source": source}, "seal": phone.seal(sha(body), signed_time=signed)}
        for body, source, signed in told
    ]
    send(client, world, ID_A, photos)
    with sessions() as session:
        assert sealed_not_before(session, ID_A) == {sha(taken): NOON}
