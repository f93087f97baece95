"""The short texts the database makes of reports say the same as the rows, on both databases."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from sqlalchemy import event
from sqlalchemy.orm import Session

from stations.records.frames import unit_asked
from stations.records.periods import months_between
from stations.sales.rates.fetching import months_of
from stations.sales.rates.packed import unpack
from stations.sales.rates.tallying import NO_REPORT, SOURCES, TIMELY, report_code
from tests.conftest import NOON
from tests.stations.sales.rates.building import report
from tests.world import World

KINDS = list(product(TIMELY, SOURCES, ("submitted", "returned", "accepted"), (False, True)))


def test_every_kind_of_report_comes_through_now_and_as_known(session: Session, world: World) -> None:
    ids = list(world.stations.values())
    periods = months_between(202401, 202412)
    for (timeliness, source, state, is_nil), (station, period) in zip(KINDS, product(ids, periods), strict=False):
        report(session, station, period, timeliness=timeliness, source=source, state=state, is_nil=is_nil)
    rest = KINDS[len(ids) * len(periods) :]
    later = months_between(202501, 202512)
    for (timeliness, source, state, is_nil), (station, period) in zip(rest, product(ids, later), strict=False):
        report(session, station, period, timeliness=timeliness, source=source, state=state, is_nil=is_nil)
    xiang = world.callers["xiang"]
    unit = unit_asked(session, xiang, "43")
    for known_at in (None, NOON):
        found = months_of(session, xiang, unit, [*periods, *later], now=NOON, known_at=known_at)
        lines = [found.ids.tolist().index(station) for station in ids]
        told = np.concatenate([found.report[lines, :12].ravel(), found.report[lines, 12:].ravel()]).tolist()
        assert told == [report_code(t, s, is_nil=nil, state=state) for t, s, state, nil in KINDS]
    assert len(set(told)) == 3 * 4 * 2 * 2


def test_months_not_asked_and_stations_without_reports_are_passed_over(session: Session, world: World) -> None:
    for period in (202601, 202602, 202603):
        report(session, world.stations["JY001"], period)
    yong = world.callers["yong"]
    found = months_of(session, yong, unit_asked(session, yong, None), [202601, 202603], now=NOON)
    told = {code: (line != NO_REPORT).tolist() for code, line in zip(found.codes, found.report, strict=True)}
    assert told == {"JY001": [True, True], "JY002": [False, False]}


def test_no_station_or_no_text_is_no_report() -> None:
    assert unpack([], [202601]).shape == (0, 1)
    assert unpack([None, ""], [202601]).tolist() == [[0], [0]]
    assert unpack(["20260170oa"], [202602]).tolist() == [[0]]


def test_a_station_asks_the_index_for_its_own_months(session: Session, world: World) -> None:
    """However large the table of reports, a rate reads only index entries of the stations asked about."""
    report(session, world.stations["JY001"], 202601)
    xiang = world.callers["xiang"]
    unit = unit_asked(session, xiang, None)
    connection, asked = session.connection(), []
    is_sqlite = connection.dialect.name == "sqlite"

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "sales_report" in statement:
            asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", keep)
    months_of(session, xiang, unit, [202601, 202602], now=NOON)
    event.remove(connection, "before_cursor_execute", keep)
    if not is_sqlite:
        # A table this small is read whole unless that is forbidden.
        connection.exec_driver_sql("set local enable_seqscan = off; set local enable_bitmapscan = off")
    ((statement, parameters),) = asked
    explain = "explain query plan " if is_sqlite else "explain "
    plan = "\n".join(str(row) for row in connection.exec_driver_sql(explain + statement, parameters))
    wanted = "SEARCH sales_report USING COVERING INDEX" if is_sqlite else "Index Only Scan using"
    assert f"{wanted} ix_sales_report_rates" in plan, plan
    # The scope itself is a range of the paths' index, on SQLite because LIKE is made case-sensitive there too.
    assert not is_sqlite or "SEARCH station USING INDEX ix_station_unit_path" in plan, plan
