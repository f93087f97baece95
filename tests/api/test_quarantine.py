"""What was kept aside is seen by the right officers and settled once."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.visits.tables import Inspection
from stations.people.tables import AuditEvent
from stations.records.tables import Observation
from tests.conftest import Clock
from tests.visit_making import ID_A, ID_B, sent, sha
from tests.world import World

URL = f"/api/v1/inspections/{ID_A}"


def send(client: FlaskClient, world: World, body: bytes, url: str = URL) -> Any:
    return client.put(url, data=body, headers=world.as_phone("chen") | {"User-Agent": "Phone/1"})


def settle(client: FlaskClient, world: World, kept_id: int, person: str = "jiang", **said: Any) -> Any:
    wanted = {"decision": "accepted", "note": "电话核实"} | said
    return client.post(f"/api/v1/quarantine/{kept_id}/settlement", json=wanted, headers=world.as_phone(person))


def test_officers_of_the_senders_unit_see_it_whole(client: FlaskClient, world: World) -> None:
    body = sent(captured_at="1970-01-01T00:00:05Z")
    kept_id = send(client, world, body).json["quarantine_id"]
    seen = {who: client.get("/api/v1/quarantine", headers=world.as_phone(who)) for who in ("jiang", "xiang", "zhou")}
    assert {who: answer.json["total"] for who, answer in seen.items()} == {"jiang": 1, "xiang": 1, "zhou": 0}
    whole = client.get(f"/api/v1/quarantine/{kept_id}", headers=world.as_phone("jiang")).json
    assert json.loads(whole["body"]) == json.loads(body)
    assert (whole["refusal_code"], whole["sha256"], whole["user_agent"]) == ("TIME_TOO_OLD", sha(body), "Phone/1")
    raw = client.get(f"/api/v1/quarantine/{kept_id}/body", headers=world.as_phone("jiang"))
    assert raw.data == body
    assert raw.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/api/v1/quarantine/{kept_id}", headers=world.as_phone("zhou")).status_code == 404
    assert client.get("/api/v1/quarantine", headers=world.as_phone("chen")).status_code == 403


def test_a_photo_kept_aside_can_be_downloaded(client: FlaskClient, world: World) -> None:
    answer = client.put(f"/api/v1/media/{sha(b'<svg/>')}", data=b"<svg/>", headers=world.as_phone("chen"))
    kept_id = answer.json["quarantine_id"]
    assert client.get(f"/api/v1/quarantine/{kept_id}/body", headers=world.as_phone("jiang")).data == b"<svg/>"
    assert settle(client, world, kept_id).json["code"] == "BAD_INPUT"
    assert settle(client, world, kept_id, decision="rejected").json["settlement"] == "rejected"


def test_accepted_with_a_correction_it_is_the_senders_visit(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    body = sent(station_code="JY0O1")
    kept_id = send(client, world, body).json["quarantine_id"]
    clock.forward(days=2)
    still = settle(client, world, kept_id)
    assert (still.status_code, still.json["code"]) == (404, "STATION_UNKNOWN")
    done = settle(client, world, kept_id, corrections={"station_code": "JY001"})
    assert (done.status_code, done.json["settlement"]) == (200, "accepted")
    with sessions() as session:
        row = session.get_one(Inspection, ID_A)
        assert (row.body, row.account_id) == (body, world.accounts["chen"].id)
        assert row.received_at.isoformat() == "2026-11-20T04:00:00+00:00"
        assert session.scalars(select(Observation.observer_id)).one() == world.accounts["chen"].id
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "quarantine.settle")).one()
        assert act.actor_id == world.accounts["jiang"].id
        assert act.after == {"settlement": "accepted", "corrections": {"station_code": "JY001"}}
    # The phone, had it missed the answer, now gets a receipt for the very bytes it sent.
    assert send(client, world, body).status_code == 200
    assert settle(client, world, kept_id).json["code"] == "QUARANTINE_SETTLED"


def test_a_correction_is_checked_like_anything_else(client: FlaskClient, world: World) -> None:
    kept_id = send(client, world, sent(station_code="TJ001")).json["quarantine_id"]
    assert settle(client, world, kept_id).json["code"] == "OUT_OF_SCOPE"
    assert settle(client, world, kept_id, corrections={"steps": 1}).json["code"] == "BAD_INPUT"
    assert settle(client, world, kept_id, corrections={"captured_at": "2031-01-01T00:00:00Z"}).json["code"] == (
        "TIME_IN_FUTURE"
    )
    assert client.get("/api/v1/quarantine?settled=false", headers=world.as_phone("jiang")).json["total"] == 1


def test_unreadable_bytes_can_be_accepted_when_all_is_told(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    kept_id = send(client, world, sent()[:-10]).json["quarantine_id"]
    assert settle(client, world, kept_id, corrections=json.loads(sent())).status_code == 200
    with sessions() as session:
        assert session.get_one(Inspection, ID_A).body == sent()[:-10]


def test_rejected_stays_whole_and_leaves_the_open_list(client: FlaskClient, world: World) -> None:
    kept_id = send(client, world, b"{").json["quarantine_id"]
    assert settle(client, world, kept_id, person="zhou", decision="rejected").status_code == 404
    assert settle(client, world, kept_id, decision="rejected").status_code == 200
    assert client.get("/api/v1/quarantine?settled=false", headers=world.as_phone("jiang")).json["total"] == 0
    assert client.get(f"/api/v1/quarantine/{kept_id}", headers=world.as_phone("jiang")).json["body"] == "{"
    assert send(client, world, b"{").json["quarantine_id"] == kept_id


def test_sent_again_and_accepted_it_settles_itself(client: FlaskClient, world: World, clock: Clock) -> None:
    ahead = sent(ended_at="2026-11-20T12:15:00+08:00", captured_at="2026-11-20T12:15:00+08:00")
    kept_id = send(client, world, ahead, f"/api/v1/inspections/{ID_B}").json["quarantine_id"]
    clock.forward(minutes=30)
    assert send(client, world, ahead, f"/api/v1/inspections/{ID_B}").status_code == 201
    kept = client.get(f"/api/v1/quarantine/{kept_id}", headers=world.as_phone("jiang")).json
    assert kept["settlement"] == "superseded"
