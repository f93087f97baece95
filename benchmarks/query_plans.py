"""The plans of the five hottest reads in the seeded nation, kept in `docs/query-plans/`, on both databases.

The statements are those that the rooms send, caught on the way, each explained with the values it was sent with. No
plan may read the reports as a whole; the kept files are held to that by a test, so a plan that grew worse is seen when
they are made again: `python -m benchmarks.query_plans`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from benchmarks.months_seed import NEWEST, NOW, XIANG, seeded
from db import make_engine
from stations.records.periods import parse_periods
from stations.register.lookup.timeline import read_timeline
from stations.sales.filing.reading import list_reports
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from stations.sales.returns.glance import month_at_a_glance
from stations.survival.asking import SurvivalQuestion, survival_of
from stations.units.tables import OrgUnit

KEPT = Path(__file__).resolve().parent.parent / "docs" / "query-plans"
SIZE = "nation"
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (COSTS OFF) "}
Read = Callable[[Session], object]
Sent = tuple[str, Any]


def reads(province: str, county: str, station: str) -> dict[str, Read]:
    """Give the five hottest reads of issue 3, by the name under which their plans are kept."""
    return {
        "rates-of-a-province": lambda session: reporting_rates(session, XIANG, RatesQuestion(ou=province), now=NOW),
        "survival-of-a-province": lambda session: survival_of(session, XIANG, SurvivalQuestion(ou=province), now=NOW),
        "timeline-of-a-station": lambda session: read_timeline(session, XIANG, station, now=NOW),
        "month-of-a-county": lambda session: month_at_a_glance(session, XIANG, county, NEWEST, now=NOW),
        "reports-of-a-county": lambda session: list_reports(
            session, XIANG, session.get_one(OrgUnit, county), periods=parse_periods("LAST_12_MONTHS", NOW), state=None,
            offset=0, limit=100, now=NOW,
        ),
    }  # fmt: skip


def main() -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for backend in ("sqlite", "postgis"):
        engine = make_engine(seeded(backend, SIZE))
        for name, read in reads("43", "431125", _station_of(engine, "431125")).items():
            sent = caught(engine, read)
            plan = "\n\n".join(told(engine, one) for one in sent)
            (KEPT / f"{name}.{engine.dialect.name}.txt").write_text(f"{plan}\n", encoding="utf-8")
            print(
                f"{engine.dialect.name:10} {name:24} {len(sent):3} statements  {1000 * best(engine, read):7.0f} ms warm"
            )
            if whole := scans_of_reports(plan):
                raise SystemExit(f"{name} reads the reports as a whole: {whole}")
        engine.dispose()


def caught(engine: Engine, read: Read) -> list[Sent]:
    """Do a read and give the statements it sent, each form once, with the values of its first time."""
    found: dict[str, Sent] = {}

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        found.setdefault(short(statement), (statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        with Session(engine) as session:
            read(session)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [one for one in found.values() if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]


def told(engine: Engine, sent: Sent) -> str:
    """Give a statement, long lists cut short, and under it the plan of the database."""
    with engine.connect() as connection:
        return f"{short(sent[0])}\n{_plan(connection, sent)}"


def _plan(connection: Connection, sent: Sent) -> str:
    rows = connection.exec_driver_sql(EXPLAIN[connection.dialect.name] + sent[0], sent[1]).all()
    if connection.dialect.name == "postgresql":
        return "\n".join(f"    {cut_lists(row[0])}" for row in rows)
    depth = {0: 0}
    lines = []
    for number, parent, _, line in rows:
        depth[number] = depth.get(parent, 0) + 1
        lines.append(f"{'    ' * depth[number]}{line}")
    return "\n".join(lines)


def scans_of_reports(plan: str) -> list[str]:
    """Give the lines of a plan that read all reports, whether the table or an index of it."""
    lines = plan.splitlines()
    wrong = [line for line in lines if re.search(r"\bSCAN sales_report\b|Seq Scan on sales_report\b", line)]
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        if re.search(r"Index (Only )?Scan .*on sales_report\b", line) and "Index Cond" not in after:
            wrong.append(line)
    return wrong


def short(statement: str) -> str:
    """Put a statement on lines of its own clauses, with lists of values and line ends cut short."""
    return cut_lists(re.sub(r"\s*\n\s*", "\n", statement.strip()))


def cut_lists(text: str) -> str:
    """Cut lists of placeholders or values after the third."""
    text = re.sub(
        r"((?:\?|%\(\w+\)s(?:::\w+)?)(?:, (?:\?|%\(\w+\)s(?:::\w+)?)){2})(?:, (?:\?|%\(\w+\)s(?:::\w+)?))+",
        r"\1, …",
        text,
    )
    return re.sub(r"\{((?:[^,{}]+,){3})[^{}]+\}", r"{\1…}", text)


def best(engine: Engine, read: Read) -> float:
    """Give the seconds of the quickest of three reads after a first one."""
    times = []
    with Session(engine) as session:
        read(session)
        for _ in range(3):
            session.expire_all()
            begun = time.perf_counter()
            read(session)
            times.append(time.perf_counter() - begun)
    return min(times)


def _station_of(engine: Engine, county: str) -> str:
    with engine.connect() as connection:
        asked = (
            f"select min(code) from station where unit_path like '/CN/43/%/{county}/%' or unit_code like '{county}%'"
        )
        return str(connection.exec_driver_sql(asked.replace("%", "%%")).scalar_one())


if __name__ == "__main__":
    main()
