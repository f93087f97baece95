"""Months as numbers: they count on over the years, and are read as they are written."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.refusals import Refusal
from stations.records.days import CHINA
from stations.records.periods import (
    ends_at,
    first_day,
    last_day,
    last_ended,
    month_number,
    months_between,
    parse_period,
    parse_periods,
    period_of,
    shifted,
    written,
)

CALM = settings(max_examples=200, deadline=None, derandomize=True, database=None)
MONTHS = st.integers(1950, 2150).flatmap(lambda year: st.integers(1, 12).map(lambda month: year * 100 + month))
STEPS = st.integers(-500, 500)
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("period", "last"), [(202402, "2024-02-29"), (202602, "2026-02-28"), (200002, "2000-02-29"), (210002, "2100-02-28")]
)
def test_february_ends_as_the_year_says(period: int, last: str) -> None:
    assert last_day(period).isoformat() == last
    assert ends_at(period).isoformat() == f"{last[:4]}-03-01T00:00:00+08:00"


def test_a_month_is_over_at_midnight_in_china() -> None:
    assert last_ended(dt.datetime(2026, 7, 1, tzinfo=CHINA)) == 202606
    assert last_ended(dt.datetime(2026, 6, 30, 23, 59, 59, tzinfo=CHINA)) == 202605
    assert last_ended(dt.datetime(2026, 6, 30, 16, 0, tzinfo=dt.UTC)) == 202606
    assert last_ended(dt.datetime(2027, 1, 1, tzinfo=CHINA)) == 202612


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("202606", [202606]),
        ("202606;202604", [202604, 202606]),
        ("2026Q2", [202604, 202605, 202606]),
        ("2026q4", [202610]),
        ("LAST_MONTH", [202610]),
        ("last_3_months", [202608, 202609, 202610]),
        ("LAST_3_MONTHS;202601", [202601, 202608, 202609, 202610]),
        ("THIS_YEAR", [202600 + month for month in range(1, 11)]),
        ("LAST_YEAR", [202500 + month for month in range(1, 13)]),
        ("2026", [202600 + month for month in range(1, 11)]),
    ],
)
def test_months_are_read_as_they_are_written_elsewhere(asked: str, found: list[int]) -> None:
    assert parse_periods(asked, NOW) == found


@pytest.mark.parametrize(
    "asked",
    ["", "2026-06", "202613", "202600", "LAST_0_MONTHS", "LAST_61_MONTHS", "2027", "2026Q5", "1800", "202606;x"],
)
def test_what_is_no_month_is_refused(asked: str) -> None:
    with pytest.raises(Refusal, match="PERIOD_UNKNOWN"):
        parse_periods(asked, NOW)


@pytest.mark.parametrize("asked", ["2026", "20266", "2026061", " 202606", "２０２６０６", "202606\n"])
def test_one_month_is_six_figures(asked: str) -> None:
    with pytest.raises(Refusal, match="PERIOD_UNKNOWN"):
        parse_period(asked)


@CALM
@given(MONTHS, STEPS, STEPS)
def test_steps_add_up_and_can_be_taken_back(period: int, one: int, other: int) -> None:
    assert shifted(shifted(period, one), other) == shifted(period, one + other)
    assert month_number(shifted(period, one)) == month_number(period) + one
    assert 1 <= shifted(period, one) % 100 <= 12


@CALM
@given(MONTHS, st.integers(0, 300))
def test_between_two_months_lie_all_and_only_these(period: int, length: int) -> None:
    found = months_between(period, shifted(period, length))
    assert len(found) == length + 1
    assert found == sorted(set(found))
    assert (found[0], found[-1]) == (period, shifted(period, length))
    assert months_between(shifted(period, length + 1), period) == []


@CALM
@given(MONTHS)
def test_days_and_months_agree(period: int) -> None:
    first, last = first_day(period), last_day(period)
    assert (last - first).days + 1 == calendar.monthrange(period // 100, period % 100)[1]
    assert period_of(first) == period_of(last) == period == parse_period(written(period))
    assert period_of(last + dt.timedelta(days=1)) == shifted(period, 1)
