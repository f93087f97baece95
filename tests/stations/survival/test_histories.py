"""Survival from a file: the documented examples as documented, the same rule as the register, faults by their lines."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from api.commands.survival import survival_from_file
from field_app_schema.refusals import Refusal
from stations.records.days import end_of_day
from stations.survival.histories.events import Event
from stations.survival.histories.lines import COLUMNS
from stations.survival.histories.telling import survival_from

PAGE = (Path(__file__).parents[3] / "docs" / "survival-file.md").read_text("utf-8")
JUNE = dt.date(2026, 6, 30)


def example(name: str) -> str:
    found = re.search(rf"<!-- {name} [\d-]+ -->\n```csv\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def told(text: str, as_of: dt.date = JUNE, **more: Any) -> dict[str, Any]:
    return survival_from(text.encode(), as_of, **more)


def head(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    found = answer["headline"]
    return found["built"], found["alive"], found["known_dead"], found["unsure"]


def run(tmp_path: Path, text: str | bytes, *options: str) -> Result:
    path = tmp_path / "lives.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(survival_from_file, [str(path), *options])


def test_the_worked_case_from_the_command_line(tmp_path: Path) -> None:
    answer = run(tmp_path, example("standing"), "--as-of", "2026-09-30")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    shown = found["headline"]
    assert (shown["share_built"], shown["share_listed"]) == (0.5, 0.625)
    assert (shown["low"], shown["high"], shown["unknown_share"]) == (0.5, 0.8, 0.3)
    assert found["delisting_effect"] == {
        "share_built": 0.5, "share_listed": 0.625, "percentage_points": 12.5, "delisted": 2, "stations": ["D1", "D2"],
    }  # fmt: skip
    assert (found["stations"], found["frame"]["as_of"], found["frame"]["unit"]) == (10, "2026-09-30", None)
    assert found["frame"]["sources"] == {"file": 10}


def test_late_evidence_and_revival_as_known_then(tmp_path: Path) -> None:
    text = example("events")
    asked = ("--as-of", "2026-06-30")
    now = json.loads(run(tmp_path, text, *asked).stdout)
    before = json.loads(run(tmp_path, text, *asked, "--known-at", "2026-08-09").stdout)
    on_the_day = json.loads(run(tmp_path, text, *asked, "--known-at", "2026-08-10").stdout)
    assert (head(now), head(before), head(on_the_day)) == ((2, 1, 1, 0), (2, 2, 0, 0), (2, 1, 1, 0))
    # R, found gone after 416 days, lives again: one life, last seen after 861 days. L was gone after 873.
    assert now["curve"]["latest"] == [[0.0, 1.0], [28.682, 0.0]]
    assert [(row["eligible"], row["alive"]) for row in now["milestones"]] == [(2, 2), (2, 2), (0, 0)]
    assert head(told(text, dt.date(2025, 12, 31))) == (2, 0, 1, 1)


def test_an_instant_is_an_instant(tmp_path: Path) -> None:
    text = "code,date,event,known_on\nA,2026-01-01,accepted,\nA,2026-06-01,gone,2026-08-10T12:00:00+08:00\n"
    seen = [json.loads(run(tmp_path, text, "--as-of", "2026-06-30", "--known-at", at).stdout)["headline"]["known_dead"]
            for at in ("2026-08-10T11:59:59+08:00", "2026-08-10T12:00:00+08:00")]  # fmt: skip
    assert seen == [0, 1]


def test_a_merged_station_is_counted_once() -> None:
    text = ("code,date,event,successor\nA,2024-01-01,accepted,\nB,2024-01-01,accepted,\n"
            "B,2026-01-01,merged,A\nA,2026-06-01,seen_open,\n")  # fmt: skip
    assert head(told(text)) == (1, 1, 0, 0)
    assert head(told(text, dt.date(2025, 12, 31))) == (2, 0, 0, 2)


def test_silent_months_count_only_where_they_are_owed() -> None:
    text = "code,accepted_on,date,event\nA,2024-01-01,,\nA,,2025-01-01,owes_from\nB,,2024-01-01,accepted\n"
    assert told(text)["headline"]["by_vitality"]["presumed_dead"] == 1
    spoke = text + "A,,2026-05,report_active\nA,,2026-02-17,report_nil\n"
    assert told(spoke)["headline"]["by_vitality"]["alive"] == 1


def test_a_duty_that_begins_after_the_20th_begins_with_the_next_month() -> None:
    def state(begins: str) -> dict[str, int]:
        text = f"code,date,event\nA,2024-01-01,accepted\nA,{begins},owes_from\n"
        counts: dict[str, int] = told(text)["headline"]["by_vitality"]
        return {name: many for name, many in counts.items() if many}

    # May is the last closed month: six are owed from December on, five from January on.
    assert (state("2025-12-20"), state("2025-12-21")) == ({"presumed_dead": 1}, {"dormant": 1})


def test_groups_and_sunset_from_the_file() -> None:
    text = ("code,accepted_on,vitality,operator,host_type,is_subsidised,subsidy_ended_on\n"
            "A,2024-01-01,alive,甲,shop,是,2026-06-30\nB,2024-01-01,在营,甲,商店,yes,2026-07-01\n"
            "C,2024-01-01,dead,,,否,\nD,2025-01-01,,,,,\n")  # fmt: skip
    groups = told(text)["groups"]
    assert {name: {row["key"]: (row["built"], row["alive"]) for row in rows} for name, rows in groups.items()} == {
        "operator": {"甲": (2, 2), "unknown": (2, 0)}, "host_type": {"shop": (2, 2), "unknown": (2, 0)},
        "subsidy": {"subsidised": (2, 2), "not_subsidised": (1, 0), "unknown": (1, 0)},
        "sunset": {"before": (1, 1), "after": (1, 1), "not_subsidised": (1, 0), "unknown": (1, 0)},
        "cohort": {"2024": (3, 2), "2025": (1, 0)},
    }  # fmt: skip
    assert head(told(text, cohort="2025")) == (1, 0, 0, 1)


def test_what_a_spreadsheet_writes_is_read(tmp_path: Path) -> None:
    text = "编号,验收日期,存活状态,在册状态\r\nA,2024/5/1,在营,在册\r\n\r\n,,,\r\n"
    for content in (text.encode("utf-8-sig"), text.encode("gb18030")):
        answer = run(tmp_path, content, "--as-of", "2026-06-30")
        assert json.loads(answer.stdout)["headline"]["alive"] == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("code,vitalty\nA,alive\n", "第1行 line 1"),
        ("accepted_on\n2024-01-01\n", "第1行 line 1"),
        ("code,code\nA,A\n", "第1行 line 1"),
        ("code\n", "第2行 line 2"),
        ("code,accepted_on\nA,2024-01-01\n,2024-01-01\n", "第3行 line 3.code"),
        ("code,accepted_on\nA,1 May\n", "第2行 line 2.accepted_on"),
        ("code,accepted_on\nA,2024-01-01\nA,2024-01-01\n", "第3行 line 3.code"),
        ("code,vitality\nA,well\n", "第2行 line 2.vitality"),
        ("code,listing_status,vitality\nA,delisted,alive\n", "第2行 line 2.vitality"),
        ("code,accepted_on,listing_status\nA,2024-01-01,rejected\n", "第2行 line 2.listing_status"),
        ("code,accepted_on,vitality\nA,2024-01-01,not_started\n", "第2行 line 2.vitality"),
        ("code,dead_by_on\nA,2026-07-01\n", "第2行 line 2.dead_by_on"),
        ("code,last_alive_on,dead_by_on\nA,2026-02-02,2026-02-01\n", "第2行 line 2.dead_by_on"),
        ("code,known_on\nA,2026-02-02\n", "第2行 line 2.known_on"),
        ("code,date,event\nA,2026-02-02,seen_opne\n", "第2行 line 2.event"),
        ("code,date,event\nA,,seen_open\n", "第2行 line 2.date"),
        ("code,date,event\nA,2026-02,seen_open\n", "第2行 line 2.date"),
        ("code,date,event\nA,2026-02-02,owes_until\n", "第2行 line 2.event"),
        ("code,date,event,vitality\nA,2026-02-02,seen_open,alive\n", "第2行 line 2.vitality"),
        ("code,date,event,withdrawn_on\nA,2026-02-02,accepted,2026-02-03\n", "第2行 line 2.withdrawn_on"),
        ("code,operator,date,event\nA,甲,2026-02-02,accepted\nA,乙,2026-02-03,seen_open\n", "第3行 line 3.operator"),
        ("code,is_subsidised\nA,maybe\n", "第2行 line 2.is_subsidised"),
        ('code,name,vitality\nA,"two\nlines",well\n', "第3行 line 3.vitality"),
        ("code\nA,alive\n", "第2行 line 2"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        told(text)
    assert list(refused.value.errors) == [place]
    answer = run(tmp_path, text, "--as-of", "2026-06-30")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert f"  {place}: " in answer.stderr
    assert " / " in answer.stderr


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b'code\n"A', b"code\nA\xff\xff\n", b""])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    answer = run(tmp_path, content, "--as-of", "2026-06-30")
    assert (answer.exit_code, "Traceback" in answer.output) == (2, False)


@pytest.mark.parametrize(
    "options", [[], ["--as-of", "June"], ["--as-of", "1980-01-01"], ["--as-of", "2026-06-30", "--known-at", "soon"],
                ["--as-of", "2026-06-30", "--known-at", "2026-06-30T10:00:00"],
                ["--as-of", "2026-06-30", "--cohort", "2026Q7"]],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(tmp_path: Path, options: list[str]) -> None:
    answer = run(tmp_path, example("standing").replace("2026-09-01", "2026-06-01"), *options)
    assert (answer.exit_code, answer.stdout, "Traceback" in answer.output) == (2, "", False)


def test_every_column_and_every_event_is_documented() -> None:
    columns = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|.*\|.*\|$", PAGE, re.MULTILINE))
    assert {name: columns.get(name) for name in COLUMNS} == COLUMNS
    assert re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE) == list(Event)


def test_the_end_of_a_day_is_known_on_that_day() -> None:
    text = "code,date,event,known_on\nA,2026-01-01,accepted,\nA,2026-06-01,gone,2026-08-10\n"
    last = end_of_day(dt.date(2026, 8, 9)) - dt.timedelta(microseconds=1)
    assert [head(told(text, known_at=at))[2] for at in (last, last + dt.timedelta(microseconds=1))] == [0, 1]
