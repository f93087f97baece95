"""Reporting rates of the small world: by month, unit and station, now and as known, under any history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ExcuseReason
from stations.policy.tables import PolicyRule
from stations.records.expected import NOT_OWED, expectations
from stations.records.months import ReportStateChange
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from tests.conftest import NOON
from tests.stations.sales.rates.building import excuse, owe, report, version
from tests.world import World


def asked(session: Session, world: World, person: str = "xiang", **question: Any) -> dict[str, Any]:
    return reporting_rates(session, world.callers[person], RatesQuestion(**question), now=NOON)


def some(row: dict[str, Any], *names: str) -> list[Any]:
    return [row[name] for name in names]


@pytest.fixture
def quarter(session: Session, world: World) -> Session:
    """Three stations in August to October: one regular, one late and excused once, one that never speaks."""
    jy1, jy2, tj = (world.stations[code] for code in ("JY001", "JY002", "TJ001"))
    for station in (jy1, jy2, tj):
        owe(session, station, "2026-08-01")
    for period in (202608, 202609, 202610):
        report(session, jy1, period, is_nil=period == 202609)
    report(session, jy2, 202608, timeliness="late", source="proxy")
    report(session, jy2, 202609, timeliness="late_sync", state="returned")
    excuse(session, jy2, 202610)
    excuse(session, jy2, 202609, withdrawn=NOON - dt.timedelta(days=1))
    return session


def test_by_month(quarter: Session, world: World) -> None:
    answer = asked(quarter, world, pe="LAST_3_MONTHS")
    names = ("period", "expected", "actual", "actual_on_time", "nil", "excused", "late_sync", "late", "missing")
    assert [some(row, *names) for row in answer["rows"]] == [
        ["202608", 3, 2, 1, 0, 0, 0, 1, 1],
        ["202609", 3, 2, 2, 1, 0, 1, 0, 1],
        ["202610", 2, 1, 1, 0, 1, 0, 0, 1],
    ]
    total = answer["total"]
    assert some(total, "expected", "actual", "rate", "rate_on_time") == [8, 5, 5 / 8, 4 / 8]
    assert some(total, "proxy", "proxy_share", "returned", "excused_by") == [1, 1 / 5, 1, {"disaster": 1}]
    assert answer["count"] == 3
    frame = answer["frame"]
    assert frame["sources"] == {"owner": 4, "proxy": 1, "import": 0, "feed": 0}
    assert frame["periods"] == ["202608", "202609", "202610"]
    assert (frame["unit"]["code"], frame["as_of"], frame["known_at"]) == ("43", dt.date(2026, 11, 20), NOON)


def test_by_unit_down_to_the_station_each_with_the_same_total(quarter: Session, world: World) -> None:
    units = asked(quarter, world, pe="LAST_3_MONTHS", by="unit")
    assert [some(row, "unit", "name", "expected", "actual", "rate") for row in units["rows"]] == [
        ["4309", "益阳市", 3, 0, 0.0], ["4311", "永州市", 5, 5, 1.0],
    ]  # fmt: skip
    stations = asked(quarter, world, pe="LAST_3_MONTHS", by="station")
    assert [some(row, "station", "unit", "name", "expected", "actual") for row in stations["rows"]] == [
        ["JY001", "431125100201", "何家湾服务站", 3, 3],
        ["JY002", "431125101200", "夏湾服务站", 2, 2],
        ["TJ001", "430922100200", "崆峒服务站", 3, 0],
    ]
    second = asked(quarter, world, pe="LAST_3_MONTHS", by="station", offset=1, limit=1)
    assert ([row["station"] for row in second["rows"]], second["count"]) == (["JY002"], 3)
    assert stations["total"] == units["total"] == second["total"]
    month = asked(quarter, world, pe="202610", by="station", ou="431125")
    assert [some(row, "station", "period", "excused") for row in month["rows"]] == [
        ["JY001", "202610", 0], ["JY002", "202610", 1],
    ]  # fmt: skip


def test_a_station_of_the_unit_itself_has_a_row_of_that_unit(quarter: Session, world: World) -> None:
    village = asked(quarter, world, pe="202610", by="unit", ou="431125100201")
    assert [some(row, "unit", "name", "actual") for row in village["rows"]] == [["431125100201", "何家湾村委会", 1]]


def test_before_the_due_instant_a_month_is_outstanding_then_missing(session: Session, world: World) -> None:
    owe(session, world.stations["JY001"], "2026-10-01")
    question = RatesQuestion(pe="202610", ou="431125")
    due = dt.datetime(2026, 11, 5, 16, tzinfo=dt.UTC)
    for now, missing, outstanding in ((due - dt.timedelta(seconds=1), 0, 1), (due, 1, 0)):
        total = reporting_rates(session, world.callers["jiang"], question, now=now)["total"]
        assert some(total, "expected", "missing", "outstanding", "rate") == [1, missing, outstanding, 0.0]


def test_who_owes_nothing_has_no_rate_and_no_row(session: Session, world: World) -> None:
    answer = asked(session, world, pe="LAST_MONTH", by="station")
    assert (answer["rows"], answer["count"], answer["total"]["rate"]) == ([], 0, None)


def test_a_feed_is_counted_though_it_excuses_the_form(session: Session, world: World) -> None:
    station = world.stations["JY001"]
    owe(session, station, "2026-09-01")
    for period in (202609, 202610):
        report(session, station, period, source="feed")
    excuse(session, station, 202610, "feed")
    total = asked(session, world, pe="LAST_2_MONTHS")["total"]
    assert some(total, "owed", "expected", "actual", "feed", "beyond") == [2, 1, 1, 2, 1]
    assert (total["excused_by"], total["sources"]["feed"], total["rate"]) == ({"feed": 1}, 1, 1.0)


def test_as_known_earlier(session: Session, world: World) -> None:
    station = world.stations["JY001"]
    day = dt.timedelta(days=1)
    then = dt.datetime(2026, 11, 10, tzinfo=dt.UTC)
    owe(session, station, "2026-09-01", superseded=then + day)
    owe(session, station, "2026-10-01", recorded=then + day)
    report(session, station, 202609, timeliness="late", received=then + day)
    row = report(session, station, 202610, is_nil=True, state="returned", received=then - 3 * day)
    excuse(session, station, 202609, recorded=then - day, withdrawn=then + day)
    row.is_nil, row.source, row.version, row.state = False, "proxy", 2, "submitted"
    version(session, row, 2, then + day)
    session.add(ReportStateChange(report_id=row.id, version=2, to_state="submitted", fields=[], at=then + day))
    session.flush()
    known = asked(session, world, pe="202609;202610", known_at=then)["total"]
    names = ("owed", "expected", "excused", "actual", "nil", "returned", "proxy", "beyond")
    assert some(known, *names) == [2, 1, 1, 1, 1, 1, 0, 0]
    today = asked(session, world, pe="202609;202610")["total"]
    assert some(today, *names) == [1, 1, 0, 1, 0, 0, 1, 1]
    assert asked(session, world, pe="LAST_MONTH", known_at=then)["frame"]["periods"] == ["202610"]
    tomorrow = asked(session, world, pe="202609;202610", known_at=NOON + day)
    assert (tomorrow["total"], tomorrow["frame"]["known_at"]) == (today, NOON)


def test_where_a_resubmission_counts_anew_each_version_has_its_own_timeliness(session: Session, world: World) -> None:
    station, then = world.stations["JY001"], NOON - dt.timedelta(days=10)
    session.add(PolicyRule(code="monthly_report", kind="monthly_report", batch_years=[], source_doc="省", quote="重报",
                           parameters={"resubmission_keeps_first_received_at": False}))  # fmt: skip
    owe(session, station, "2026-10-01")
    row = report(session, station, 202610, received=then - dt.timedelta(days=1))
    row.timeliness, row.version = "late", 2
    version(session, row, 2, NOON - dt.timedelta(days=1))
    for known_at, late in ((then, 0), (None, 1)):
        assert asked(session, world, pe="202610", known_at=known_at)["total"]["late"] == late


def test_what_is_refused(session: Session, world: World) -> None:
    for question, code in (({"ou": "430922"}, "OUT_OF_SCOPE"), ({"ou": "99"}, "UNIT_UNKNOWN"),
                           ({"pe": "NEVER"}, "PERIOD_UNKNOWN")):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            asked(session, world, "jiang", **question)


DAYS = st.dates(dt.date(2026, 5, 1), dt.date(2026, 12, 31))
PERIODS = [202607, 202608, 202609, 202610, 202611]
OWED = st.lists(st.tuples(st.integers(0, 2), DAYS, st.none() | st.integers(0, 90), st.booleans()), max_size=6)
EXCUSES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(PERIODS), st.sampled_from(ExcuseReason), st.booleans()),
    max_size=5, unique_by=lambda one: one[:2],
)  # fmt: skip
REPORTS = st.dictionaries(
    st.tuples(st.integers(0, 2), st.sampled_from(PERIODS)),
    st.tuples(st.sampled_from(["on_time", "late_sync", "late"]), st.sampled_from(["owner", "proxy", "import", "feed"]),
              st.sampled_from(["submitted", "returned", "accepted"]), st.booleans()), max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OWED, EXCUSES, REPORTS)
def test_under_any_history_parts_add_up_and_nothing_passes_one(
    session: Session, world: World, owed: Any, excuses: Any, reports: Any
) -> None:
    ids = list(world.stations.values())
    point = session.begin_nested()
    for station, start, days, superseded in owed:
        end = None if days is None else str(start + dt.timedelta(days=days))
        owe(session, ids[station], str(start), end, superseded=NOON if superseded else None)
    for station, period, reason, withdrawn in excuses:
        excuse(session, ids[station], period, reason, withdrawn=NOON if withdrawn else None)
    for (station, period), (timeliness, source, state, is_nil) in reports.items():
        report(session, ids[station], period, timeliness=timeliness, source=source, state=state, is_nil=is_nil)
    pe = ";".join(map(str, PERIODS))
    answers = [asked(session, world, pe=pe, by=by) for by in ("period", "unit", "station")]
    due = expectations(session, ids, PERIODS)
    point.rollback()
    expected = {(ids.index(station), period) for (station, period), one in due.items() if one.is_expected}
    total = answers[0]["total"]
    assert some(total, "owed", "expected", "actual", "beyond") == [
        len(due), len(expected), len(expected & set(reports)), len(set(reports) - expected)
    ]  # fmt: skip
    assert due.get((ids[0], 202612), NOT_OWED) is NOT_OWED
    for answer in answers:
        assert answer["total"] == total
        for name in ("expected", "actual", "excused", "missing", "outstanding", "nil", "late", "feed"):
            assert sum(row[name] for row in answer["rows"]) == total[name], name
        for row in answer["rows"]:
            assert row["expected"] == row["actual"] + row["missing"] + row["outstanding"]
            assert 0 <= (row["rate_on_time"] or 0) <= (row["rate"] or 0) <= 1
