"""Sync over HTTP: the plan spares bytes, the batch answers each record by itself."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection
from tests.visit_making import ID_A, ID_B, ID_C, jpeg, sent, sha
from tests.world import World


def post(client: FlaskClient, world: World, what: str, body: Any, person: str = "chen") -> Any:
    return client.post(f"/api/v1/sync/{what}", json=body, headers=world.as_phone(person))


def count(sessions: sessionmaker[Session], table: type) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_plan_says_what_is_missing(client: FlaskClient, world: World) -> None:
    whole, part, nothing, odd = jpeg(1), jpeg(2), jpeg(3), b"<svg/>"
    phone = world.as_phone("chen")
    client.put(f"/api/v1/inspections/{ID_A}", data=sent(), headers=phone)
    client.put(f"/api/v1/inspections/{ID_B}", data=sent(), headers=phone)
    for body in (whole, odd):
        client.put(f"/api/v1/media/{sha(body)}", data=body, headers=phone)
    piece = {"Content-Range": f"bytes 0-99/{len(part)}"}
    client.put(f"/api/v1/media/{sha(part)}", data=part[:100], headers=phone | piece)
    plan = post(client, world, "plan", {
        "records": [{"id": ID_A, "sha256": sha(sent())}, {"id": ID_B, "sha256": sha(b"x")},
                    {"id": ID_C, "sha256": sha(b"x")}],
        "media": [{"sha256": sha(body), "size": len(body)} for body in (whole, part, nothing, odd)],
    }).json  # fmt: skip
    assert plan["server_time"] == "2026-11-20T04:00:00+00:00"
    assert [record["status"] for record in plan["records"]] == ["same", "conflict", "missing"]
    assert [(medium["received_bytes"], medium["complete"]) for medium in plan["media"]] == [
        (len(whole), True), (100, False), (0, False), (len(odd), True)]  # fmt: skip


def test_an_empty_plan_is_answered_and_a_wrong_one_refused(client: FlaskClient, world: World) -> None:
    assert post(client, world, "plan", {}).status_code == 200
    assert post(client, world, "plan", {"records": [{"id": 5}]}).json["code"] == "BAD_INPUT"


def test_one_bad_record_never_hurts_another(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    answer = post(client, world, "records", {"records": [
        {"id": ID_A, "body": sent().decode()},
        {"id": ID_B, "body": "{"},
        {"id": ID_C, "body_base64": base64.b64encode(sent(station_code="JY002")).decode()},
        {"id": ID_A, "body": sent().decode()},
        {"id": ID_A, "body": sent(observed_state="gone").decode()},
        {"id": ID_C, "body_base64": "!"},
        "nonsense",
    ]})  # fmt: skip
    assert answer.status_code == 200
    receipts = answer.json["receipts"]
    assert [receipt["status"] for receipt in receipts] == [201, 202, 201, 200, 202, 202, 202]
    assert [receipts[n]["id"] for n in (0, 2, 3)] == [ID_A, ID_C, ID_A]
    assert receipts[0]["sha256"] == sha(sent())
    assert [receipts[n]["reason"]["code"] for n in (1, 4, 5, 6)] == [
        "BODY_MALFORMED", "INSPECTION_CONFLICT", "INSPECTION_CONFLICT", "BAD_INPUT"]  # fmt: skip
    assert (count(sessions, Inspection), count(sessions, KeptAside)) == (2, 4)


def test_what_is_no_batch_is_kept_whole(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    phone = world.as_phone("chen")
    many = {"records": [{"id": ID_A, "body": "{}"}] * 51}
    for body in (b"{", b"[]"):
        answer = client.post("/api/v1/sync/records", data=body, headers=phone)
        assert (answer.status_code, answer.json["code"]) == (202, "KEPT_ASIDE")
    assert post(client, world, "records", many).json["reason"]["code"] == "BAD_INPUT"
    with sessions() as session:
        assert [kept.body for kept in session.scalars(select(KeptAside).order_by(KeptAside.id))][:2] == [b"{", b"[]"]


def test_batches_crossing_each_other_all_succeed(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    good = [{"id": visit_id, "body": sent().decode()} for visit_id in (ID_A, ID_B, ID_C)]
    bad = [{"id": ID_A, "body": "["}, {"id": ID_B, "body": "]"}]
    orders = [[*good, *bad], [*bad, *reversed(good)], [*reversed(bad), *good], [*reversed(good), *bad]]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda order: post(app.test_client(), world, "records", {"records": order}), orders))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert (count(sessions, Inspection), count(sessions, KeptAside)) == (3, 2)
