"""The doors of the ledger: try, import, do later, look again, and take it away; and the two commands."""

from __future__ import annotations

import datetime as dt
import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from api.worker import make_worker
from jobs import Job
from stations.people.tables import Account, AuditEvent
from stations.records.tables import Station
from stations.register.ledger import running
from stations.register.ledger.tables import LedgerImport
from tests.conftest import NOON
from tests.stations.register.ledger.sheets import GOOD, HEADER, csv_of, xlsx
from tests.world import World

WRONG = [*GOOD[:2], "没有村", *GOOD[3:]]


def send(client: FlaskClient, world: World, content: bytes, query: str = "", **form: str) -> TestResponse:
    data: dict[str, Any] = {**form, "file": (BytesIO(content), "台账.xlsx")}
    return client.post(f"/api/v1/ledgers{query}", data=data, headers=world.as_phone("jiang"))


def stations(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(Station)) or 0


def test_a_trial_is_the_default_and_leaves_no_trace(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    answer = send(client, world, xlsx(HEADER, GOOD, WRONG))
    assert answer.status_code == 200, answer.json
    assert (answer.json["import_id"], answer.json["job_id"]) == (None, None)
    result = answer.json["result"]
    assert result["summary"] | {"notice_count": 0} == {
        "dry_run": True, "saved": False, "rows": 2, "added": 1, "revised": 0, "unchanged": 0, "wrong_rows": 1,
        "error_count": 1, "notice_count": 0, "possible_duplicate_count": 0,
    }  # fmt: skip
    assert result["errors"] == [{
        "sheet": "台账", "row": 3, "column": "C", "header": "行政村", "value": "没有村", "code": "VILLAGE_UNKNOWN",
        "zh": "本县没有“没有村”。", "en": "No such unit in your area: 没有村.",
        "what_to_do_zh": "核对村名、乡镇名或代码。",
    }]  # fmt: skip
    assert stations(sessions) == 3


def test_an_import_is_kept_whole_with_its_result(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    content = xlsx(HEADER, GOOD)
    answer = send(client, world, content, dry_run="false", coord_system="gcj02")
    assert (answer.status_code, answer.json["result"]["summary"]["saved"]) == (200, True)
    kept = client.get(f"/api/v1/ledgers/{answer.json['import_id']}", headers=world.as_phone("jiang"))
    assert (kept.json["file_name"], kept.json["file_sha256"], kept.json["options"], kept.json["result"]) == (
        "台账.xlsx", hashlib.sha256(content).hexdigest(),
        {"dry_run": False, "save_good_rows": False, "coord_system": "gcj02"}, answer.json["result"],
    )  # fmt: skip
    with sessions() as session:
        assert session.scalars(select(LedgerImport)).one().content == content
        acts = session.scalars(select(AuditEvent.action).where(AuditEvent.object_kind != "account")).all()
    assert sorted(acts) == ["ledger.import", "station.add"]
    assert client.get(f"/api/v1/ledgers/{kept.json['id']}", headers=world.as_phone("zhou")).status_code == 404


def test_wrong_rows_are_refused_with_all_that_is_wrong(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    answer = send(client, world, xlsx(HEADER, GOOD, WRONG), dry_run="false")
    assert (answer.status_code, answer.json["code"]) == (422, "LEDGER_ROWS")
    assert [(one["row"], one["code"]) for one in answer.json["details"]["result"]["errors"]] == [(3, "VILLAGE_UNKNOWN")]
    assert stations(sessions) == 3
    good = send(client, world, xlsx(HEADER, GOOD, WRONG), dry_run="false", save_good_rows="true")
    assert (good.status_code, good.json["result"]["summary"]["added"], stations(sessions)) == (200, 1, 4)


@pytest.mark.parametrize(("content", "form", "code"), [
    (b"not a ledger", {}, "LEDGER_COLUMNS"), (b"PK\x03\x04", {}, "LEDGER_UNREADABLE"),
    (xlsx(HEADER, GOOD), {"coord_system": "mars"}, "BAD_INPUT"), (xlsx(HEADER, GOOD), {"dry": "1"}, "BAD_INPUT"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused(
    client: FlaskClient, world: World, content: bytes, form: dict[str, str], code: str
) -> None:
    answer = send(client, world, content, **form)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_without_a_file_the_field_is_named(client: FlaskClient, world: World) -> None:
    answer = client.post("/api/v1/ledgers", data={"dry_run": "true"}, headers=world.as_phone("jiang"))
    assert (answer.status_code, answer.json["code"]) == (422, "BAD_INPUT")
    assert "file" in answer.json["errors"]["files"]
    answer = client.post("/api/v1/ledgers", data={"file": "text"}, headers=world.as_phone("jiang"))
    assert answer.json["errors"] == {"files": {"file": ["应为文件 / must be a file"]}}


def test_a_long_file_becomes_a_job_and_done_twice_is_done_once(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ROWS_AT_ONCE", 0)
    asked = send(client, world, xlsx(HEADER, GOOD), dry_run="false")
    assert (asked.status_code, asked.json["result"], stations(sessions)) == (202, None, 3)
    worker = make_worker(app)
    assert worker.run_one("one")
    job = client.get(f"/api/v1/jobs/{asked.json['job_id']}", headers=world.as_phone("jiang")).json
    assert (job["state"], job["result"]["summary"]["added"], job["progress_done"], job["progress_total"]) == (
        "done", 1, 1, 1)  # fmt: skip
    assert stations(sessions) == 4
    with sessions.begin() as session:
        held = session.get_one(Job, asked.json["job_id"])
        held.state, held.finished_at = "waiting", None
    assert worker.run_one("one")
    again = client.get(f"/api/v1/jobs/{asked.json['job_id']}", headers=world.as_phone("jiang")).json
    assert (again["result"], stations(sessions)) == (job["result"], 4)


def test_a_job_of_somebody_who_has_left_is_not_done(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    asked = send(client, world, xlsx(HEADER, GOOD), "?as_job=true", dry_run="false")
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["jiang"].id).closed_at = NOON
    assert make_worker(app).run_one("one")
    job = client.get(f"/api/v1/jobs/{asked.json['job_id']}", headers=world.as_phone("yong")).json
    assert (job["state"], "NOT_ALLOWED" in job["last_error"], stations(sessions)) == ("dead", True, 3)


def test_the_ledger_and_its_template_are_files(client: FlaskClient, world: World) -> None:
    template = client.get("/api/v1/ledgers/template.xlsx", headers=world.as_phone("tang"))
    assert (template.status_code, template.data[:2]) == (200, b"PK")
    assert "filename*=UTF-8''%E5%8F%B0" in template.headers["Content-Disposition"]
    for query, first in (("format=csv", b"\xef\xbb\xbf"), ("county=431125&as_of=2026-01-01", b"PK\x03")):
        answer = client.get(f"/api/v1/exports/ledger?{query}", headers=world.as_phone("jiang"))
        assert (answer.status_code, answer.data[:3]) == (200, first)
    foreign = client.get("/api/v1/exports/ledger?county=430922", headers=world.as_phone("jiang"))
    assert foreign.json["code"] == "OUT_OF_SCOPE"
    early = client.get("/api/v1/exports/ledger?as_of=1970-01-01", headers=world.as_phone("jiang"))
    assert early.json["code"] == "BAD_INPUT"


def run(app: Flask, *words: str, status: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == status, result.output
    return result.output


def test_the_commands_try_import_and_write(
    app: Flask, world: World, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    assert world.stations
    file = tmp_path / "台账.csv"
    file.write_bytes(csv_of(HEADER, [str(cell) for cell in GOOD]))
    assert "试算,未保存:共 1 行,新增 1" in run(app, "import-ledger", str(file), "--unit", "431125")
    assert "已保存:共 1 行,新增 1" in run(app, "import-ledger", str(file), "--as", "jiang", "--save")
    assert stations(sessions) == 4
    assert "不变 1" in run(app, "import-ledger", str(file), "--unit", "431125", "--save")
    file.write_bytes(csv_of(HEADER, [str(cell) for cell in WRONG]))
    shown = run(app, "import-ledger", str(file), "--unit", "431125", "--save", status=1)
    assert "有错误,什么都没有保存" in shown
    assert "[CSV] 第 2 行 C 列(行政村):本县没有“没有村”。" in shown
    assert "NOT_ALLOWED" in run(app, "import-ledger", str(file), "--as", "chen", status=1)
    run(app, "import-ledger", str(file), status=2)
    out = tmp_path / "out.xlsx"
    day = dt.date(2026, 11, 20).isoformat()
    assert "已写出 3 个站点" in run(app, "export-ledger", "--unit", "431125", "--as-of", day, "--out", str(out))
    assert "不变 3" in run(app, "import-ledger", str(out), "--unit", "431125")
