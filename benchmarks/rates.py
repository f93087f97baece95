"""Reporting rates of a province, 15,000 stations x 12 months, inside the nation's 5.5 million reports; and the doubts.

The limit of issue 3 is 300 ms, warm, on both databases. The peer is what everybody writes first: one SQL sum over the
reports joined with their stations, which must give the same counts and says nothing of what was owed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from sqlalchemy import Integer, case, cast, event, func, select
from sqlalchemy.orm import Session

from benchmarks.months_seed import NOW, XIANG, seeded
from db import make_engine
from stations.records.months import SalesReport
from stations.records.periods import parse_periods
from stations.records.tables import Station
from stations.sales.doubts.contradictions import contradictions
from stations.sales.doubts.outliers import OutlierQuestion, outliers
from stations.sales.doubts.visiting import visit_list
from stations.sales.rates.asking import RatesQuestion, reporting_rates

ROUNDS, LIMIT_MS = 7, 300
PERIODS = parse_periods("LAST_12_MONTHS", NOW)


def main(size: str = "nation") -> None:
    for backend in ("sqlite", "postgis"):
        engine = make_engine(seeded(backend, size))
        with Session(engine) as session:
            session.connection(execution_options={"reading": True})
            county = session.scalars(select(Station.unit_path).where(Station.unit_path.like("/CN/43/%")).limit(1)).one()
            measure(backend, session, county.split("/")[4])
        engine.dispose()


def measure(backend: str, session: Session, county: str) -> None:
    """Time every question of a province, and check the rates against the peer's counts."""
    told = {}
    for by in ("period", "unit", "station"):
        told[by] = tell(f"{backend}: rates by {by}", lambda by=by: rates(session, by), limit_ms=LIMIT_MS)["total"]
    assert told["period"] == told["unit"] == told["station"]
    counted = tell(f"{backend}: peer, one SQL sum", lambda: plainly(session))
    total = told["period"]
    assert [total["actual"], total["actual_on_time"], total["nil"], total["proxy"]] == [int(n) for n in counted]
    print(f"    expected {total['expected']:,}, actual {total['actual']:,}, excused {total['excused']:,}")
    for unit, name in ((county, "county"), ("43", "province")):
        page: dict[str, Any] = {"ou": unit, "offset": 0, "limit": 100, "now": NOW}
        tell(f"{backend}: outliers of a {name}", lambda unit=unit: outliers(
            session, XIANG, OutlierQuestion(unit), now=NOW), rounds=2)  # fmt: skip
        tell(f"{backend}: contradictions of a {name}", lambda page=page: contradictions(
            session, XIANG, as_of=None, **page), rounds=2)  # fmt: skip
        tell(f"{backend}: visit list of a {name}", lambda page=page: visit_list(session, XIANG, **page), rounds=2)
    print(plan(session))


def rates(session: Session, by: str) -> dict[str, Any]:
    return reporting_rates(session, XIANG, RatesQuestion("43", by=by), now=NOW)


def plainly(session: Session) -> tuple[int, ...]:
    """Count expected reports, those on time, nil and by proxy, as SQL would."""
    row = SalesReport
    one = [case((condition, 1), else_=0) for condition in (row.timeliness != "late", row.source == "proxy")]
    asked = select(
        func.count(row.id), func.sum(one[0]), func.sum(cast(row.is_nil, Integer)), func.sum(one[1])
    ).join(Station, Station.id == row.station_id).where(
        Station.unit_path.like("/CN/43/%"), row.period.between(PERIODS[0], PERIODS[-1]), row.is_expected
    )  # fmt: skip
    return tuple(session.execute(asked).one())


def plan(session: Session) -> str:
    """Give how the database reads the reports of a province's year."""
    connection, found = session.connection(), []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "sales_report" in statement:
            found.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", keep)
    rates(session, "period")
    event.remove(connection, "before_cursor_execute", keep)
    statement, parameters = found[0]
    explain = "explain query plan " if connection.dialect.name == "sqlite" else "explain (analyze, buffers) "
    rows = connection.exec_driver_sql(explain + statement, parameters)
    return "\n".join(f"    {row[-1]}" for row in rows)


def tell(what: str, work: Callable[[], Any], *, rounds: int = ROUNDS, limit_ms: int | None = None) -> Any:
    """Run it once cold, then warm; print middle and worst of the warm ones, and what this process itself worked.

    Of SQLite that is all there is: where it is much less than the time taken, the machine had other work.
    """
    answer, times, worked = work(), [], []
    for _ in range(rounds):
        begun, before = time.perf_counter(), time.process_time()
        work()
        worked.append((time.process_time() - before) * 1000)
        times.append((time.perf_counter() - begun) * 1000)
    limit = f"   limit {limit_ms} ms" if limit_ms else ""
    took = f"{median(times):6.0f} ms   worst {max(times):6.0f}   own work {median(worked):6.0f}"
    print(f"  {what:40} {took}{limit}", flush=True)
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
