"""The fifth is in time and the sixth is not, whatever the month, the holiday and the phone's clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab_months import ReportState, Timeliness
from stations.records.days import CHINA
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.periods import shifted
from stations.sales.calendar.deadlines import asked_by, due_at, locks_at, opens_at, state_on, timeliness

POLICY = MonthlyPolicy()
CALM = settings(max_examples=200, deadline=None, derandomize=True, database=None)
MONTHS = st.integers(1990, 2150).flatmap(lambda year: st.integers(1, 12).map(lambda month: year * 100 + month))
SECOND = dt.timedelta(seconds=1)


def china(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=CHINA)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("period", "opens", "asked", "due", "locks"),
    [
        (202606, "2026-07-01", "2026-07-04", "2026-07-06", "2026-07-16"),
        # Over a year's end, and February in a leap year and in others.
        (202612, "2027-01-01", "2027-01-04", "2027-01-06", "2027-01-16"),
        (202402, "2024-03-01", "2024-03-04", "2024-03-06", "2024-03-16"),
        (202602, "2026-03-01", "2026-03-04", "2026-03-06", "2026-03-16"),
        (210002, "2100-03-01", "2100-03-04", "2100-03-06", "2100-03-16"),
        # The week of the National Day, 1 to 7 October, moves nothing: the notices are silent.
        (202609, "2026-10-01", "2026-10-04", "2026-10-06", "2026-10-16"),
        # Nor does the Spring Festival of 2027 (6 February) move January's.
        (202701, "2027-02-01", "2027-02-04", "2027-02-06", "2027-02-16"),
    ],
)
def test_four_instants_of_a_month(period: int, opens: str, asked: str, due: str, locks: str) -> None:
    found = [rule(period, POLICY) for rule in (opens_at, asked_by, due_at, locks_at)]
    assert [one.isoformat() for one in found] == [f"{day}T00:00:00+08:00" for day in (opens, asked, due, locks)]


def timely(received: dt.datetime, captured: dt.datetime | None = None, offset: int | None = 0) -> Timeliness:
    return timeliness(202606, captured_at=captured or received, received_at=received, clock_offset_s=offset,
                      policy=POLICY)  # fmt: skip


def test_the_last_second_of_the_fifth_is_in_time_and_the_first_of_the_sixth_is_not() -> None:
    assert timely(china(2026, 7, 5, 23, 59, 59)) == "on_time"
    assert timely(china(2026, 7, 6)) == "late"
    # The same instants as a server in UTC sees them.
    assert timely(dt.datetime(2026, 7, 5, 15, 59, 59, tzinfo=dt.UTC)) == "on_time"
    assert timely(dt.datetime(2026, 7, 5, 16, 0, 0, tzinfo=dt.UTC)) == "late"


def test_captured_in_time_and_received_within_three_days_is_late_only_by_the_network() -> None:
    captured = china(2026, 7, 5, 23, 59, 59)
    assert timely(china(2026, 7, 6), captured) == "late_sync"
    assert timely(china(2026, 7, 9), captured) == "late_sync"
    assert timely(china(2026, 7, 9) + SECOND, captured) == "late"
    assert timely(china(2026, 7, 7), china(2026, 7, 6)) == "late"


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(300, "late_sync"), (-300, "late_sync"), (301, "late"), (-301, "late"), (86400, "late"), (-86400, "late"),
     (None, "late")],
)  # fmt: skip
def test_a_clock_that_is_wrong_or_unknown_earns_no_grace(offset: int | None, expected: str) -> None:
    assert timely(china(2026, 7, 7), china(2026, 7, 4), offset) == expected


def test_a_clock_wrong_by_a_day_cannot_make_a_report_late_that_came_in_time() -> None:
    assert timely(china(2026, 7, 5, 12), china(2026, 7, 6, 12), 86400) == "on_time"
    # Nor one in time that came too late: its clock stood a day behind.
    assert timely(china(2026, 7, 6, 12), china(2026, 7, 5, 12), -86400) == "late"


def state(now: dt.datetime, **more: Any) -> ReportState:
    asked = {"stored": None, "is_excused": False, "is_unlocked": False, "return_stands": False} | more
    return state_on(202606, now=now, policy=POLICY, **asked)


def test_a_month_opens_when_it_is_over_and_locks_after_the_fifteenth() -> None:
    assert state(china(2026, 6, 30, 23, 59, 59)) == "not_due"
    assert state(china(2026, 7, 1)) == "open"
    assert state(china(2026, 7, 15, 23, 59, 59)) == "open"
    assert state(china(2026, 7, 16)) == "locked"
    assert state(china(2026, 7, 16), is_unlocked=True) == "open"


def test_a_stored_state_shows_until_the_month_is_locked() -> None:
    for stored in (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED):
        assert state(china(2026, 7, 15), stored=stored) is stored
        assert state(china(2026, 7, 16), stored=stored) == "locked"
        assert state(china(2026, 7, 16), stored=stored, is_unlocked=True) is stored
        assert state(china(2026, 7, 10), stored=stored, return_stands=True) == "locked"
        assert state(china(2026, 7, 10), stored=stored, is_excused=True) is stored
    assert state(china(2026, 7, 10), is_excused=True) == "excused"
    assert state(china(2026, 7, 20), is_excused=True) == "excused"


def test_days_are_policy() -> None:
    early = MonthlyPolicy(due_day=3, lock_day=10, open_ahead_days=2)
    assert opens_at(202402, early).isoformat() == "2024-02-28T00:00:00+08:00"
    assert due_at(202402, early).isoformat() == "2024-03-04T00:00:00+08:00"
    assert locks_at(202402, early).isoformat() == "2024-03-11T00:00:00+08:00"


@CALM
@given(MONTHS)
def test_the_instants_of_a_month_are_in_order_and_before_the_next_months(period: int) -> None:
    mine = [rule(period, POLICY) for rule in (opens_at, asked_by, due_at, locks_at)]
    assert mine == sorted(mine)
    assert mine[-1] < opens_at(shifted(period, 1), POLICY)


@CALM
@given(MONTHS, st.integers(-40 * 86400, 40 * 86400), st.integers(-40 * 86400, 40 * 86400), st.integers(-600, 600))
def test_what_came_before_the_due_instant_is_always_in_time(
    period: int, received_s: int, captured_s: int, offset: int
) -> None:
    due = due_at(period, POLICY)
    received, captured = (due + dt.timedelta(seconds=s) for s in (received_s, captured_s))
    found = timeliness(period, captured_at=captured, received_at=received, clock_offset_s=offset, policy=POLICY)
    assert (found is Timeliness.ON_TIME) == (received_s < 0)
    graced = 0 <= received_s <= 72 * 3600 and captured_s < 0 and abs(offset) <= 300
    assert (found is Timeliness.LATE_SYNC) == graced
