"""The two commands of vitality: looking again, and explaining a file without any database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from api.commands.vitality import explain_vitality
from stations.records.tables import Station
from tests.stations.register.building import TODAY
from tests.world import World

FILE = {"evidence": [
    {"id": "v1", "kind": "site_visit", "at": "2026-03-01T10:00:00+08:00", "observed_state": "open_operating"},
    {"id": "v2", "kind": "site_visit", "at": "2026-05-01T10:00:00+08:00", "observed_state": "gone",
     "recorded_at": "2026-06-01T00:00:00+08:00"},
]}  # fmt: skip


@pytest.fixture
def evidence(tmp_path: Path) -> str:
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(FILE), "utf-8")
    return str(path)


def test_the_answer_is_told_in_labelled_lines(evidence: str) -> None:
    told = CliRunner().invoke(explain_vitality, [evidence, "--as-of", "2026-05-10"])
    assert told.exit_code == 0
    lines = told.output.splitlines()
    assert lines[0] == "结论 answer: dead (已停业 / Dead)"
    assert lines[1] == "可信度 confidence: verified (已核实 / Verified)"
    assert lines[2] == "理由 reason: gone_seen"
    assert lines[5:7] == ["依据 evidence: v2", "下次可能变化 next date: —"]


def test_a_report_is_named_by_its_month(tmp_path: Path) -> None:
    path = tmp_path / "months.json"
    told = {"id": "r9", "kind": "owner_report", "period": "2026-09", "activity": "10", "state": "locked"}
    path.write_text(json.dumps({"accepted_on": "2025-01-01", "evidence": [told]}), "utf-8")
    asked = [str(path), "--as-of", "2026-11-20"]
    lines = CliRunner().invoke(explain_vitality, asked).output.splitlines()
    assert lines[5] == "依据 evidence: r9 (202609 站长月报 / Owner's report)"
    whole = json.loads(CliRunner().invoke(explain_vitality, [*asked, "--json"]).output)
    assert whole["months_named"] == {"r9": {"period": "202609", "kind": "owner_report", "state": "locked"}}


def test_what_was_not_known_yet_does_not_count(evidence: str) -> None:
    asked = [evidence, "--as-of", "2026-05-10", "--known-at", "2026-05-10T00:00:00+08:00", "--json"]
    told = json.loads(CliRunner().invoke(explain_vitality, asked).output)
    assert (told["vitality"], told["evidence_ids"], told["next_change_on"]) == ("alive", ["v1"], "2026-08-29")


@pytest.mark.parametrize(
    "wrong",
    [["--as-of", "tomorrow"], ["--as-of", "1989-12-31"], ["--as-of", "2026-05-10", "--known-at", "2026-05-10"],
     ["--as-of", "2026-05-10", "--known-at", "2026-05-10T00:00:00"], []],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(evidence: str, wrong: list[str]) -> None:
    told = CliRunner().invoke(explain_vitality, [evidence, *wrong])
    assert (told.exit_code, "Traceback" in told.output) == (2, False)


def test_a_file_that_is_wrong_names_its_place(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    for text, said in (("{", "JSON"), ('{"evidence": [{"id": "a", "kind": "rumour"}]}', "evidence[0].kind")):
        path.write_text(text, "utf-8")
        told = CliRunner().invoke(explain_vitality, [str(path), "--as-of", "2026-05-10"])
        assert (told.exit_code, said in told.output) == (1, True)


def test_looking_again_says_how_many(app: Flask, sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        session.get_one(Station, world.stations["JY001"]).vitality_recheck_on = TODAY
    told = app.test_cli_runner().invoke(args=["recheck-vitality"])
    assert (told.exit_code, told.output) == (0, "已复核 1 个站点,0 个有变化 / looked at 1, changed 0\n")
