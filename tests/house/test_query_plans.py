"""The kept plans of the hottest reads never read all reports, and the reads asked now have such plans still."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.query_plans import KEPT, caught, cut_lists, reads, scans_of_reports, told
from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.conftest import NOON, Backend
from tests.world import World

NAMES = sorted(reads("43", "431125", "JY001"))


def test_the_plans_of_five_reads_are_kept_for_both_databases() -> None:
    kept = sorted(path.name for path in KEPT.glob("*.txt"))
    assert kept == sorted(f"{name}.{dialect}.txt" for name in NAMES for dialect in ("postgresql", "sqlite"))
    assert len(NAMES) == 5


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.txt")), ids=lambda path: path.stem)
def test_no_kept_plan_reads_the_reports_as_a_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert scans_of_reports(text) == []
    if "survival" not in path.name:
        assert "sales_report" in text


# PostgreSQL reads small tables as a whole, rightly: its plans are those of the seeded nation above.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", NAMES)
def test_the_reads_of_today_find_reports_by_an_index(
    backend: Backend, world: World, sessions: sessionmaker[Session], name: str
) -> None:
    with sessions.begin() as session:
        begin_reporting(session, session.get_one(OrgUnit, "431125"), 202509, by=None, now=NOON)
    assert world.stations
    plans = [told(backend.engine, sent) for sent in caught(backend.engine, reads("43", "431125", "JY001")[name])]
    assert plans
    assert [line for plan in plans for line in scans_of_reports(plan)] == []


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        ("SCAN sales_report", 1),
        ("    SCAN sales_report USING COVERING INDEX ix_sales_report_rates", 1),
        ("SEARCH sales_report USING INDEX ix_sales_report_period (period=?)", 0),
        ("  ->  Parallel Seq Scan on sales_report", 1),
        ("->  Index Only Scan using ix_sales_report_rates on sales_report\n      Filter: is_nil", 1),
        ("->  Index Scan using ix on sales_report\n      Index Cond: (station_id = 1)", 0),
        ("->  Seq Scan on sales_report_version", 0),
    ],
)
def test_a_whole_reading_is_known_when_it_is_seen(plan: str, found: int) -> None:
    assert len(scans_of_reports(plan)) == found


def test_long_lists_are_cut() -> None:
    assert cut_lists("x IN (?, ?, ?, ?, ?)") == "x IN (?, ?, ?, …)"
    assert cut_lists("ANY ('{1,2,3,4,5}'::integer[])") == "ANY ('{1,2,3,…}'::integer[])"
