"""What a phone could only write to a file is read in by staff: once, as its own account's, nothing lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.found.tables import FoundStation
from inspections.photos.tables import Medium
from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection
from stations.people.tables import AuditEvent
from stations.records.months import SalesReport, SalesReportVersion
from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.conftest import NOON, Clock
from tests.outbox_making import DRAFT_ID, MONTH, PHOTOS, draft, end, head, line, photo, record, visit_body, whole_file
from tests.visit_making import ID_A, ID_B, ID_C, jpeg, sha
from tests.world import World

DOOR = "/api/v1/outbox-files"


@pytest.fixture
def owing(world: World, sessions: sessionmaker[Session], clock: Clock) -> World:
    """The third of December: November may be filed, and what was seen on 20 November is two weeks old."""
    with sessions.begin() as session:
        begin_reporting(session, session.get_one(OrgUnit, "431125"), 202609, by=None, now=NOON)
    clock.forward(days=13)
    return world


def read_in(client: FlaskClient, world: World, *lines: bytes, by: str = "jiang", query: str = "") -> dict[str, Any]:
    answer = client.post(f"{DOOR}?{query}", data=b"".join(lines), headers=world.as_phone(by))
    assert answer.status_code == 200, answer.text
    return answer.json


def outcomes(report: dict[str, Any]) -> list[tuple[int, str, str, str | None]]:
    entries = report["entries"]
    return [(one["line"], one["kind"], one["status"], one["reason"] and one["reason"]["code"]) for one in entries]


def lines_of(world: World) -> list[bytes]:
    return whole_file(world.accounts["chen"].id, world.accounts["tang"].id)


WHOLE = [(2, "visit", "new", None), (5, "visit", "new", None), (6, "month", "new", None),
         (7, "draft", "kept_aside", "OUTBOX_DRAFT")]  # fmt: skip


def test_a_trial_says_what_would_come_of_it_and_changes_nothing(
    client: FlaskClient, owing: World, sessions: sessionmaker[Session]
) -> None:
    told = read_in(client, owing, *lines_of(owing), query="dry_run=true")
    assert outcomes(told) == WHOLE
    assert told["counts"] == {"new": 3, "same": 0, "kept_aside": 1, "refused": 0}
    assert told["photos"] == {"new": 2, "same": 0, "kept_aside": 1, "refused": 0}
    assert (told["dry_run"], told["is_whole"], told["version"], told["lines"]) == (True, True, 2, 9)
    with sessions() as session:
        for table in (Inspection, Medium, KeptAside, SalesReport):
            assert session.scalars(select(table)).all() == []
        assert session.scalars(select(AuditEvent).where(AuditEvent.action == "outbox.import")).all() == []


def test_everything_is_taken_in_as_its_own_accounts(
    client: FlaskClient, owing: World, sessions: sessionmaker[Session]
) -> None:
    told = read_in(client, owing, *lines_of(owing), query="name=导出.ndjson")
    assert outcomes(told) == WHOLE
    assert told["entries"][0]["photos"] == {"new": 2, "same": 0, "kept_aside": 0, "refused": 0}
    with sessions() as session:
        visit = session.get_one(Inspection, ID_A)
        assert visit.body == visit_body(*PHOTOS[:2])
        assert (visit.arrived_by, visit.account_id, visit.device_id, visit.state) == (
            "file", owing.accounts["chen"].id, None, "complete",
        )  # fmt: skip
        version = session.scalars(select(SalesReportVersion)).one()
        assert (version.client_uuid, version.source, version.entered_by) == (
            ID_C, "proxy", owing.accounts["jiang"].id,
        )  # fmt: skip
        kept = {row.record_kind: row for row in session.scalars(select(KeptAside))}
        assert sorted(kept) == ["draft", "draft_photo"]
        assert json.loads(kept["draft"].body)["answers"] == {"note": "写到一半"}
        assert (kept["draft_photo"].record_id, kept["draft_photo"].body_sha256) == (DRAFT_ID, sha(PHOTOS[2]))
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "outbox.import")).one()
        assert (act.actor_id, act.after["name"]) == (owing.accounts["jiang"].id, "导出.ndjson")
        kept_id = kept["draft_photo"].id
    jiang = owing.as_phone("jiang")
    assert client.get(f"/api/v1/inspections/{ID_A}/photos/{sha(PHOTOS[0])}?size=full", headers=jiang).data == PHOTOS[0]
    assert client.get(f"/api/v1/quarantine/{kept_id}/body", headers=jiang).data == PHOTOS[2]


def test_the_same_file_again_is_the_same(client: FlaskClient, owing: World, sessions: sessionmaker[Session]) -> None:
    first = read_in(client, owing, *lines_of(owing))
    again = read_in(client, owing, *lines_of(owing))
    assert [status for _, _, status, _ in outcomes(again)] == ["same", "same", "same", "kept_aside"]
    assert again["photos"] == {"new": 0, "same": 2, "kept_aside": 1, "refused": 0}
    assert [one["quarantine_id"] for one in again["entries"]] == [one["quarantine_id"] for one in first["entries"]]
    with sessions() as session:
        assert len(session.scalars(select(KeptAside)).all()) == 2


def test_what_the_phone_sends_afterwards_is_the_same_and_the_other_way_round(
    client: FlaskClient, owing: World
) -> None:
    chen = owing.accounts["chen"].id
    body, phone = visit_body(PHOTOS[0]), owing.as_phone("chen")
    assert client.put(f"/api/v1/inspections/{ID_A}", data=body, headers=phone).status_code == 201
    told = read_in(client, owing, head(), record(body, chen), photo(PHOTOS[0]), record(visit_body(), chen, ID_B), end())
    assert [status for _, _, status, _ in outcomes(told)] == ["same", "new"]
    assert client.put(f"/api/v1/inspections/{ID_B}", data=visit_body(), headers=phone).status_code == 200
    keys = {"Idempotency-Key": ID_C}
    tang = owing.accounts["tang"].id
    read_in(client, owing, head(), record(MONTH, tang, ID_C, "month", period="202611"))
    sent = client.put("/api/v1/sales-reports/JY001/202611", data=MONTH, content_type="application/json",
                      headers=owing.as_phone("tang") | keys)  # fmt: skip
    assert sent.status_code == 200, sent.text


def test_other_bytes_under_a_known_id_are_kept_aside(client: FlaskClient, owing: World) -> None:
    chen = owing.accounts["chen"].id
    client.put(f"/api/v1/inspections/{ID_A}", data=visit_body(), headers=owing.as_phone("chen"))
    told = read_in(client, owing, head(), record(visit_body(note="另一份"), chen), end())
    assert outcomes(told) == [(2, "visit", "kept_aside", "INSPECTION_CONFLICT")]


@pytest.mark.parametrize(
    ("by", "person", "kind", "reason"),
    [
        ("zhou", "chen", "visit", "ACCOUNT_UNKNOWN"),
        ("jiang", "zhou", "visit", "ACCOUNT_UNKNOWN"),
        ("jiang", "tang", "visit", "NOT_ALLOWED"),
        ("jiang", "chen", "month", "NOT_ALLOWED"),
        ("yong", "tang", "month", "NOT_ALLOWED"),
    ],
)
def test_what_is_not_theirs_is_kept_aside_whole(
    client: FlaskClient, owing: World, sessions: sessionmaker[Session], by: str, person: str, kind: str, reason: str
) -> None:
    body = visit_body() if kind == "visit" else MONTH
    told = read_in(client, owing, head(), record(body, owing.accounts[person].id, kind=kind, period="202611"), by=by)
    assert outcomes(told) == [(2, kind, "kept_aside", reason)]
    with sessions() as session:
        kept = session.scalars(select(KeptAside)).one()
        held = kept.body if kind == "visit" and reason == "NOT_ALLOWED" else json.loads(kept.body)["body_base64"]
        assert kept.unit_path == (owing.callers[by if reason == "ACCOUNT_UNKNOWN" else person].unit_path)
        assert session.scalars(select(Inspection)).all() == []
    assert held


def test_damage_is_named_by_its_line_and_the_rest_is_taken_in(
    client: FlaskClient, owing: World, sessions: sessionmaker[Session]
) -> None:
    chen = owing.accounts["chen"].id
    good, other = record(visit_body(), chen), record(visit_body(), chen, ID_B)
    told = read_in(
        client, owing, head(), good[:-40] + b"\n", other, photo(jpeg(5), ID_B, sha256="0" * 64), b"\n",
        record(visit_body(), chen, ID_C, sha256="f" * 64), photo(jpeg(6), ID_A), b'{"t":"poem"}\n', b"[" * 99_999,
    )  # fmt: skip
    assert outcomes(told) == [
        (2, "damaged", "kept_aside", "OUTBOX_LINE"), (3, "visit", "new", None),
        (6, "visit", "kept_aside", "OUTBOX_LINE"), (7, "photo", "new", None),
        (8, "damaged", "kept_aside", "OUTBOX_LINE"), (9, "damaged", "kept_aside", "OUTBOX_LINE"),
    ]  # fmt: skip
    assert told["entries"][1]["photos"] == {"new": 0, "same": 0, "kept_aside": 1, "refused": 0}
    assert told["is_whole"] is False
    with sessions() as session:
        assert {row.body for row in session.scalars(select(KeptAside))} >= {good[:-40], b"[" * 99_999}


def test_what_is_no_picture_is_kept_aside(client: FlaskClient, owing: World) -> None:
    told = read_in(client, owing, head(), record(visit_body(), owing.accounts["chen"].id), photo(b"no picture"), end())
    assert told["photos"] == {"new": 0, "same": 0, "kept_aside": 1, "refused": 0}


def test_the_first_version_is_read_too(client: FlaskClient, owing: World) -> None:
    chen = owing.accounts["chen"].id
    first = json.loads(record(visit_body(PHOTOS[0]), chen)) | {"photos": [json.loads(photo(PHOTOS[0]))]}
    for name in ("t", "kind", "period", "seen_version"):
        first.pop(name)
    old = {"format": "cunzhan-outbox", "version": 1, "exported_at": "2026-11-20T03:50:00Z", "device_id": 1,
           "records": [first], "drafts": [json.loads(draft(chen)) | {"photos": []}]}  # fmt: skip
    told = read_in(client, owing, json.dumps(old).encode())
    assert outcomes(told) == [(1, "visit", "new", None), (1, "draft", "kept_aside", "OUTBOX_DRAFT")]
    assert (told["version"], told["entries"][0]["photos"]["new"]) == (1, 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not_an_export"),
        (gzip.compress(b"{}", mtime=0), "not_an_export"),
        (b'{"a": 1}', "not_an_export"),
        (b'{"t":"head","format":"cunzhan-outbox","version":3}\n', "version"),
        (b"x\n" * 201, "damaged"),
        (b'{"t":"end"}\n' * 20_001, "too_many_lines"),
    ],
)
def test_what_is_no_export_is_refused_before_anything_is_done(
    client: FlaskClient, owing: World, sessions: sessionmaker[Session], content: bytes, why: str
) -> None:
    answer = client.post(DOOR, data=content, headers=owing.as_phone("jiang"))
    assert (answer.status_code, answer.get_json()["code"]) == (422, "OUTBOX_FILE_UNREADABLE")
    assert answer.get_json()["details"]["why"] == why
    with sessions() as session:
        assert session.scalars(select(KeptAside)).all() == []


@pytest.mark.parametrize("person", ["chen", "tang", "ping"])
def test_only_staff_read_files_in(client: FlaskClient, owing: World, person: str) -> None:
    answer = client.post(DOOR, data=head(), headers=owing.as_phone(person))
    assert (answer.status_code, answer.get_json()["code"]) == (403, "NOT_ALLOWED")


def test_a_file_cut_off_anywhere_gives_a_prefix_and_never_fails(client: FlaskClient, owing: World) -> None:
    """At every line's end, and before, amid and after it; through the door and into the database, as a trial."""
    content, ends, at = b"".join(lines_of(owing)), [0], 0
    for one in lines_of(owing):
        at += len(one)
        ends += [at - len(one) // 2, at - 1, at]
    whole = [one[:2] for one in WHOLE]
    for cut in ends:
        answer = client.post(f"{DOOR}?dry_run=true", data=content[:cut], headers=owing.as_phone("jiang"))
        if answer.status_code == 422:
            assert content[:cut].count(b"\n") == 0
            continue
        assert answer.status_code == 200, (cut, answer.text)
        found = [one[:2] for one in outcomes(answer.json) if one[1] not in ("damaged",)]
        assert found == whole[: len(found)]
        assert answer.json["is_whole"] == (cut >= len(content) - 1)


def test_an_import_cut_off_goes_on_with_the_whole_file(client: FlaskClient, owing: World) -> None:
    lines = lines_of(owing)
    first = read_in(client, owing, b"".join(lines)[: len(b"".join(lines[:3])) + 20])
    assert outcomes(first)[0] == (2, "visit", "new", None)
    again = read_in(client, owing, *lines)
    assert [status for _, _, status, _ in outcomes(again)] == ["same", "new", "new", "kept_aside"]
    assert again["photos"] == {"new": 1, "same": 1, "kept_aside": 1, "refused": 0}


def test_by_command_it_is_a_trial_unless_saved(
    app: Flask, owing: World, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    file = tmp_path / "outbox.ndjson"
    file.write_bytes(b"".join(lines_of(owing)))
    asked = ["import-outbox", str(file), "--unit", "431125"]
    trial = app.test_cli_runner().invoke(args=asked)
    assert (trial.exit_code, "nothing saved" in trial.output) == (0, True), trial.output
    with sessions() as session:
        assert session.scalars(select(Inspection)).all() == []
    saved = app.test_cli_runner().invoke(args=[*asked, "--save"])
    assert (saved.exit_code, "新收 new 3" in saved.output) == (0, True), saved.output
    file.write_bytes(b"".join(lines_of(owing)[:-1]))
    assert app.test_cli_runner().invoke(args=asked).exit_code == 1


def test_a_station_found_is_taken_in_and_what_is_settled_later_still_came_by_file(
    client: FlaskClient, owing: World, sessions: sessionmaker[Session]
) -> None:
    found = json.dumps({
        "name": "路边新店", "village_code": "431125100202", "kind": "village_point", "fix": None, "nearby": [],
        "photos": [], "note": None, "captured_at": "2026-11-20T11:30:00+08:00", "form_version": "1",
        "clock": {"wall": "2026-11-20T03:30:00Z", "monotonic_ms_since_sync": 1000, "last_server_time": None,
                  "time_zone": "Asia/Shanghai"},
    }).encode()  # fmt: skip
    chen = owing.accounts["chen"].id
    future = visit_body(captured_at="2027-01-20T11:30:00+08:00")
    told = read_in(client, owing, head(), record(found, chen, ID_B, "found"), record(future, chen))
    assert outcomes(told) == [(2, "found", "new", None), (3, "visit", "kept_aside", "TIME_IN_FUTURE")]
    settled = client.post(
        f"/api/v1/quarantine/{told['entries'][1]['quarantine_id']}/settlement", headers=owing.as_phone("jiang"),
        json={"decision": "accepted", "note": "时钟", "corrections": {"captured_at": "2026-11-20T11:30:00+08:00"}},
    )
    assert settled.status_code == 200, settled.text
    with sessions() as session:
        assert session.get_one(FoundStation, ID_B).arrived_by == "file"
        assert session.get_one(Inspection, ID_A).arrived_by == "file"


def test_what_the_phone_itself_could_not_read_is_named_and_holds_up_nothing(client: FlaskClient, owing: World) -> None:
    chen = owing.accounts["chen"].id
    lost = [line(t="unreadable", id=ID_B, what="record", why="DataError: gone")] * 300
    told = read_in(client, owing, head(), record(visit_body(), chen), *lost, end())
    assert outcomes(told)[:2] == [(2, "visit", "new", None), (3, "unreadable", "refused", "OUTBOX_UNREADABLE")]
    assert told["entries"][1]["reason"]["errors"] == {"line": ["DataError: gone"]}
    assert told["counts"] == {"new": 1, "same": 0, "kept_aside": 0, "refused": 300}
    assert told["is_whole"]
