"""A month is owed exactly when an interval touches it; what excuses it is a granted reason or a late opening."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.records.expected import NOT_OWED, Expectation, Interval, expectation
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.periods import first_day, last_day, months_between, period_of, shifted

POLICY = MonthlyPolicy()
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2028, 12, 31))
CALM = settings(max_examples=200, deadline=None, derandomize=True, database=None)
SPAN = months_between(201801, 202912)


def owed(*spans: tuple[str, str | None]) -> list[Interval]:
    return [Interval(dt.date.fromisoformat(a), dt.date.fromisoformat(b) if b else None) for a, b in spans]


def told(period: int, *spans: tuple[str, str | None], excuse: str | None = None) -> str:
    found = expectation(period, owed(*spans), excuse, POLICY)
    return (found.excuse or "expected") if found.is_owed else "not owed"


@pytest.mark.parametrize(
    ("opened", "june"),
    [("2026-06-01", "expected"), ("2026-06-20", "expected"), ("2026-06-21", "opened_late"),
     ("2026-06-30", "opened_late"), ("2026-07-01", "not owed"), ("2026-05-31", "expected")],
)  # fmt: skip
def test_opened_on_the_twentieth_owes_the_month_and_on_the_twenty_first_does_not(opened: str, june: str) -> None:
    assert told(202606, (opened, None)) == june


def test_opened_late_is_excused_for_that_month_only() -> None:
    assert [told(period, ("2026-06-25", None)) for period in (202605, 202606, 202607)] == [
        "not owed", "opened_late", "expected",
    ]  # fmt: skip


def test_opened_suspended_reopened_suspended_and_reopened_again() -> None:
    life = (("2025-03-10", "2025-06-30"), ("2025-09-25", "2025-12-31"), ("2026-04-01", None))
    assert {period: told(period, *life) for period in months_between(202502, 202605)} == {
        202502: "not owed", 202503: "expected", 202504: "expected", 202505: "expected", 202506: "expected",
        202507: "not owed", 202508: "not owed",
        # Reopened on the 25th: nothing earlier in September was owed.
        202509: "opened_late", 202510: "expected", 202511: "expected", 202512: "expected",
        202601: "not owed", 202602: "not owed", 202603: "not owed", 202604: "expected", 202605: "expected",
    }  # fmt: skip


def test_closed_and_reopened_within_a_month_is_owed_for_what_came_before() -> None:
    assert told(202606, ("2026-01-01", "2026-06-03"), ("2026-06-25", None)) == "expected"
    assert told(202606, ("2026-06-21", "2026-06-22"), ("2026-06-25", None)) == "opened_late"


def test_an_interval_touches_a_month_with_its_first_and_with_its_last_day() -> None:
    assert told(202402, ("2023-01-01", "2024-02-01")) == "expected"
    assert told(202402, ("2023-01-01", "2024-01-31")) == "not owed"
    assert told(202402, ("2024-02-29", "2024-02-29")) == "opened_late"
    assert told(202402, ("2024-03-01", None)) == "not owed"


def test_a_granted_reason_stands_before_the_rules_and_never_makes_a_month_owed() -> None:
    assert told(202606, ("2026-06-25", None), excuse="disaster") == "disaster"
    assert told(202606, ("2026-01-01", None), excuse="suspended") == "suspended"
    assert told(202606, excuse="disaster") == "not owed"
    assert expectation(202606, [], None, POLICY) == NOT_OWED


@st.composite
def histories(draw: st.DrawFn) -> list[Interval]:
    """Draw a life: days on which obligations begin and end in turn, the last one perhaps without end."""
    days = sorted(draw(st.sets(DAYS, min_size=1, max_size=8)))
    pairs = [Interval(start, end) for start, end in pairwise(days)][::2]
    return [*pairs, Interval(days[-1], None)] if len(days) % 2 else pairs


@CALM
@given(histories())
def test_owed_are_the_months_with_an_owed_day_and_no_others(life: list[Interval]) -> None:
    months = {period for period in SPAN if expectation(period, life, None, POLICY).is_owed}
    by_day = {
        period_of(start + dt.timedelta(days=n))
        for start, end in life
        for n in range(((end or last_day(SPAN[-1])) - start).days + 1)
    }
    assert months == by_day & set(SPAN)


@CALM
@given(histories(), st.sampled_from(SPAN), st.sampled_from([None, "disaster"]))
def test_order_and_cutting_of_intervals_change_nothing(life: list[Interval], period: int, excuse: str | None) -> None:
    whole = expectation(period, life, excuse, POLICY)
    assert expectation(period, reversed(life), excuse, POLICY) == whole
    # Cut where a month begins: the pieces together owe what the whole owed.
    cut: list[Interval] = []
    for start, end in life:
        middle = first_day(shifted(period_of(start), 1))
        if end is None or end >= middle:
            cut += [Interval(start, middle - dt.timedelta(days=1)), Interval(middle, end)]
        else:
            cut.append(Interval(start, end))
    assert expectation(period, cut, excuse, POLICY) == whole


@CALM
@given(histories(), st.sampled_from(SPAN))
def test_an_excuse_takes_a_month_out_and_never_puts_one_in(life: list[Interval], period: int) -> None:
    plain, excused = (expectation(period, life, excuse, POLICY) for excuse in (None, "other"))
    assert plain.is_owed == excused.is_owed
    assert not excused.is_expected
    assert plain.is_expected <= plain.is_owed
    assert excused == (Expectation(True, "other") if plain.is_owed else NOT_OWED)
