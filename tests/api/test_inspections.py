"""A visit over HTTP: taken in once, never lost, shown within scope."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, sessionmaker

from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection, InspectionStep
from stations.people.tables import AuditEvent, Device
from stations.records.tables import Observation, Station
from tests.conftest import NOON, Clock
from tests.visit_making import ID_A, ID_B, claim, jpeg, sent, sha, visit
from tests.world import World

URL = f"/api/v1/inspections/{ID_A}"


def put(client: FlaskClient, world: World, body: bytes, url: str = URL, person: str = "chen") -> Any:
    return client.put(url, data=body, headers=world.as_phone(person), content_type="application/json")


def count(sessions: sessionmaker[Session], table: type) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_visit_is_stored_and_its_receipt_says_so(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    body = sent(photos=[claim(jpeg())])
    answer = put(client, world, body)
    assert answer.status_code == 201
    assert answer.json["id"] == ID_A
    assert answer.json["state"] == "submitted"
    assert answer.json["durable"] is True
    assert answer.json["sha256"] == sha(body)
    assert answer.json["on_site"] == "on_site"
    assert 11.0 < answer.json["distance_m"] < 11.3
    assert answer.json["photos"] == [{"sha256": sha(jpeg()), "purpose": "sign", "received": False}]
    with sessions() as session:
        row = session.get_one(Inspection, ID_A)
        assert row.body == body
        assert row.answers == {"services": ["parcel"], "sign_wording": "national"}
        assert row.checks == {"staff_present": "yes", "online_sales": "not_seen"}
        seen = session.scalars(select(Observation)).one()
        assert (seen.observed_state, seen.inspection_id, seen.is_independent) == ("open_operating", ID_A, True)
        assert session.get_one(Station, world.stations["JY001"]).vitality == "alive"
        assert session.scalars(select(AuditEvent.action)).all() == ["visit.record"]


def test_a_visit_without_photos_is_complete_at_once(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    assert put(client, world, sent()).json["state"] == "complete"
    with sessions() as session:
        steps = session.execute(select(InspectionStep.from_state, InspectionStep.to_state).order_by(InspectionStep.id))
        assert steps.all() == [("draft", "submitted"), ("submitted", "complete")]


def test_the_same_bytes_get_the_first_answer_again(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    first = put(client, world, sent())
    clock.forward(hours=3)
    again = put(client, world, sent())
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    assert count(sessions, Inspection) == 1
    assert count(sessions, Observation) == 1


def test_other_bytes_under_the_same_id_are_kept_aside_and_change_nothing(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    put(client, world, sent())
    other = put(client, world, sent(observed_state="gone"))
    assert other.status_code == 202
    assert other.json["code"] == "KEPT_ASIDE"
    assert other.json["reason"]["code"] == "INSPECTION_CONFLICT"
    assert other.json["durable"] is True
    assert put(client, world, sent(observed_state="gone")).json == other.json
    with sessions() as session:
        assert session.get_one(Inspection, ID_A).observed_state == "open_operating"
        assert session.scalars(select(KeptAside.body)).one() == sent(observed_state="gone")


def test_eight_phones_at_once_make_one_row_and_get_one_answer(
    app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    body = sent(photos=[claim(jpeg())])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: put(app.test_client(), world, body), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert all(answer.json == answers[0].json for answer in answers)
    assert count(sessions, Inspection) == 1
    assert count(sessions, Observation) == 1
    assert count(sessions, KeptAside) == 0


def test_eight_times_the_same_bad_bytes_at_once_are_kept_once(
    app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: put(app.test_client(), world, b"{"), range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json["quarantine_id"] for answer in answers}) == 1
    assert count(sessions, KeptAside) == 1


FIX = visit()["fix"]
DEEP = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BAD = {
    "cut short": (sent()[:-20], "BODY_MALFORMED"),
    "not utf-8": (sent().replace("一".encode(), b"\xff"), "BODY_MALFORMED"),
    "a list": (b"[]", "BODY_MALFORMED"),
    "nothing": (b"", "BODY_MALFORMED"),
    "NaN": (sent().replace(b"12.0", b"NaN"), "BODY_MALFORMED"),
    "nested beyond reason": (DEEP, "BODY_MALFORMED"),
    "an endless number": (sent().replace(b"12.0", b"9" * 5000), "BODY_MALFORMED"),
    "infinite": (sent().replace(b"12.0", b"1e999"), "BAD_INPUT"),
    "a field nobody knows": (sent(steps=9000), "BAD_INPUT"),
    "a state nobody knows": (sent(observed_state="fine"), "BAD_INPUT"),
    "a NUL in the note": (sent(note="a\x00b"), "BAD_INPUT"),
    "half a sign in the note": (sent(note="?").replace(b'"?"', b'"\\ud800"'), "BAD_INPUT"),
    "no station": ({"station_code": "XX999"}, "STATION_UNKNOWN"),
    "a foreign county": ({"station_code": "TJ001"}, "OUT_OF_SCOPE"),
    "swapped": ({"fix": FIX | {"lon": 25.2711, "lat": 111.342}}, "COORDINATES_SWAPPED"),
    "outside China": ({"fix": FIX | {"lon": -0.12, "lat": 51.5}}, "COORDINATES_OUTSIDE_CHINA"),
    "at zero": ({"fix": FIX | {"lon": 0, "lat": 0}}, "COORDINATES_OUTSIDE_CHINA"),
    "in the future": ({"captured_at": "2026-11-20T04:10:01Z"}, "TIME_IN_FUTURE"),
    "years ahead": ({"ended_at": "2031-11-20T04:10:01Z"}, "TIME_IN_FUTURE"),
    "of 1970": ({"captured_at": "1970-01-01T00:00:05Z"}, "TIME_TOO_OLD"),
    "too old": ({"started_at": "2025-10-16T03:59:59Z"}, "TIME_TOO_OLD"),
    "of the year one": ({"captured_at": "0001-01-01T00:00:00+14:00"}, "BAD_INPUT"),
    "without a time zone": ({"captured_at": "2026-11-20T11:30:00"}, "BAD_INPUT"),
    "ended before it began": ({"ended_at": "2026-11-20T11:19:59+08:00"}, "BAD_INPUT"),
    "a photo twice": ({"photos": [claim(jpeg()), claim(jpeg())]}, "BAD_INPUT"),
    "a photo with no hash": ({"photos": [claim(jpeg()) | {"sha256": "abc"}]}, "BAD_INPUT"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_accepted_is_kept_whole_with_its_reason(
    name: str, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    what, code = BAD[name]
    body = what if isinstance(what, bytes) else sent(**what)
    answer = put(client, world, body)
    assert answer.status_code == 202
    assert answer.json["code"] == "KEPT_ASIDE"
    assert answer.json["reason"]["code"] == code
    assert answer.json["reason"]["hint_zh"]
    assert answer.json["sha256"] == sha(body)
    assert put(client, world, body).json["quarantine_id"] == answer.json["quarantine_id"]
    with sessions() as session:
        kept = session.scalars(select(KeptAside)).one()
        assert (kept.body, kept.refusal_code, kept.record_id) == (body, code, ID_A)
        assert kept.unit_path == "/CN/43/4311/431125/"
    assert count(sessions, Inspection) == 0
    assert count(sessions, Observation) == 0


@pytest.mark.parametrize("at", ["2026-11-20T04:10:00Z", "2025-10-16T04:00:00Z"])
def test_the_edges_of_the_times_are_accepted(at: str, client: FlaskClient, world: World) -> None:
    assert put(client, world, sent(started_at=at, ended_at=at, captured_at=at)).status_code == 201


def test_a_name_that_is_no_uuid_is_kept_aside_too(client: FlaskClient, world: World) -> None:
    answer = put(client, world, sent(), url="/api/v1/inspections/visit-17")
    assert (answer.status_code, answer.json["reason"]["code"]) == (202, "BAD_INPUT")


def test_upper_case_names_the_same_visit(client: FlaskClient, world: World) -> None:
    put(client, world, sent())
    assert put(client, world, sent(), url=f"/api/v1/inspections/{ID_A.upper()}").status_code == 200


def test_a_body_over_the_limit_is_refused_clearly(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    answer = put(client, world, sent(note="长" * 400_000))
    assert (answer.status_code, answer.json["code"]) == (413, "BODY_TOO_LARGE")
    assert answer.json["details"] == {"limit_bytes": 1_000_000}
    assert count(sessions, KeptAside) == 0


def test_nobody_and_a_revoked_phone_leave_nothing_behind(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    assert client.put(URL, data=sent()).json["code"] == "NOT_SIGNED_IN"
    with sessions.begin() as session:
        session.get_one(Device, world.callers["chen"].device_id).revoked_at = NOON
    answer = put(client, world, sent())
    assert (answer.status_code, answer.json["code"]) == (401, "TOKEN_REVOKED")
    assert count(sessions, Inspection) == count(sessions, KeptAside) == 0


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_full_disk_is_said_so_and_nothing_is_promised(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    engine = app.extensions["cunzhan_engine"]
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages}"))
    heavy = sent(answers={}, note="长" * 500) + b" " * 500_000
    full = put(client, world, heavy)
    assert (full.status_code, full.json["code"], full.json["retry"]) == (507, "STORAGE_FULL", True)
    assert full.headers["Retry-After"]
    assert client.get(URL, headers=world.as_phone("chen")).status_code == 404
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=1000000"))
    assert put(client, world, heavy).status_code == 201


def test_an_owner_records_no_visits(client: FlaskClient, world: World) -> None:
    assert put(client, world, sent(), person="tang").status_code == 403


def test_a_countys_own_check_is_not_independent(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    assert put(client, world, sent(), person="jiang").status_code == 201
    with sessions() as session:
        assert session.scalars(select(Observation.is_independent)).one() is False


def test_a_delisted_station_may_be_visited(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(Station, world.stations["JY001"]).listing_status = "delisted"
    assert put(client, world, sent()).status_code == 201


def test_the_place_is_shown_and_never_enforced(client: FlaskClient, world: World) -> None:
    away = put(client, world, sent(fix=FIX | {"lat": 25.4}))
    assert (away.status_code, away.json["on_site"]) == (201, "away")
    unclear = put(client, world, sent(fix=FIX | {"accuracy_m": 300}), url=f"/api/v1/inspections/{ID_B}")
    assert unclear.json["on_site"] == "unclear"
    blind = put(client, world, sent(fix=None), url="/api/v1/inspections/0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0cff")
    assert (blind.json["on_site"], blind.json["distance_m"]) == ("no_fix", None)


def test_everybody_reads_what_is_theirs(client: FlaskClient, world: World) -> None:
    put(client, world, sent())
    put(client, world, sent(), url=f"/api/v1/inspections/{ID_B}", person="ping")
    seen = {
        person: client.get("/api/v1/inspections", headers=world.as_phone(person)).json["total"]
        for person in ("chen", "ping", "jiang", "yong", "xiang", "zhou")
    }
    assert seen == {"chen": 1, "ping": 1, "jiang": 2, "yong": 2, "xiang": 2, "zhou": 0}
    assert client.get(URL, headers=world.as_phone("jiang")).json["inspector"] == "陈检查"
    for stranger in ("zhou", "ping"):
        assert client.get(URL, headers=world.as_phone(stranger)).json["code"] == "INSPECTION_UNKNOWN"
    page = client.get("/api/v1/inspections?page=2&page_size=1&station=JY001", headers=world.as_phone("jiang")).json
    assert (page["total"], len(page["inspections"])) == (2, 1)
    assert client.get("/api/v1/inspections?state=approved", headers=world.as_phone("jiang")).json["total"] == 0


def test_the_form_is_the_schema_and_has_a_tag(client: FlaskClient, world: World) -> None:
    first = client.get("/api/v1/forms", headers=world.as_phone("chen"))
    form = json.loads(first.data)["forms"][0]
    assert [(field["name"], field["type"]) for field in form["fields"]] == [
        ("method", "choice"), ("observed_state", "choice"), ("services", "multi_choice"), ("sign_wording", "choice"),
        ("other_wording", "text"), ("checks", "check_map"), ("note", "text")]  # fmt: skip
    assert [rule["purpose"] for rule in form["photo_rules"]] == [
        "sign", "closed_door", "plaque_removed", "front", "inside"]  # fmt: skip
    again = client.get("/api/v1/forms", headers=world.as_phone("chen") | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
