"""Dated facts are declared again by day: the same is nothing, other facts end the old ones, a blank states nothing."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.logistics.taking_in.timeline import Period, PeriodsOverlap, Timelines, declare

D = dt.date.fromisoformat
OPEN = [Period(D("2024-01-01"), None, {"name": "甲", "days": 2.0}, id=7)]


def rows(periods: list[Period]) -> list[tuple[str, str | None, object, int | None]]:
    return [(str(p.starts_on), p.ends_on and str(p.ends_on), p.facts["name"], p.id) for p in periods]


@pytest.mark.parametrize(("stated", "start", "end", "what", "after"), [
    ({"name": "甲"}, "2024-01-01", None, "same", [("2024-01-01", None, "甲", 7)]),
    ({"name": "甲"}, "2025-06-01", None, "same", [("2024-01-01", None, "甲", 7)]),
    ({"name": "甲"}, "2024-01-01", "2026-01-01", "ended", [("2024-01-01", "2026-01-01", "甲", None)]),
    ({"name": "乙"}, "2024-01-01", None, "changed", [("2024-01-01", None, "乙", None)]),
    ({"name": "乙"}, "2025-01-01", None, "changed",
     [("2024-01-01", "2025-01-01", "甲", None), ("2025-01-01", None, "乙", None)]),
    ({"name": "乙"}, "2023-01-01", None, "new",
     [("2023-01-01", "2024-01-01", "乙", None), ("2024-01-01", None, "甲", 7)]),
])  # fmt: skip
def test_a_declaration_speaks_to_the_period_that_holds_on_its_day(stated, start, end, what, after) -> None:
    said, periods = declare(OPEN, stated, D(start), end and D(end))
    assert (said, rows(periods)) == (what, after)


def test_what_is_blank_stays_and_an_old_file_reopens_nothing() -> None:
    _, ended = declare(OPEN, {}, D("2024-01-01"), D("2026-01-01"))
    assert ended[0].facts == {"name": "甲", "days": 2.0}
    assert declare(ended, {"name": "甲"}, D("2024-01-01"), None)[0] == "same"
    _, again = declare(ended, {"name": "丙"}, D("2026-03-01"), None)
    assert rows(again) == [("2024-01-01", "2026-01-01", "甲", None), ("2026-03-01", None, "丙", None)]
    with pytest.raises(PeriodsOverlap) as overlap:
        declare(again, {"name": "甲"}, D("2024-01-01"), D("2026-04-01"))
    assert overlap.value.begins == D("2026-03-01")


days = st.integers(0, 40).map(lambda n: D("2026-01-01") + dt.timedelta(days=n))
declarations = st.lists(st.tuples(st.sampled_from("甲乙"), days, st.none() | days), max_size=8)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(declarations)
def test_periods_never_overlap_and_a_file_taken_twice_changes_nothing(told) -> None:
    line: Timelines[str] = Timelines()
    for name, start, end in told:
        before = {day: fact_on(line, day) for day in span()}
        if end is not None and end <= start:
            continue
        try:
            what = line.declare("k", {"name": name}, start, end)
        except PeriodsOverlap:
            continue
        assert fact_on(line, start) == name
        # Days before the declared one are never altered.
        assert all(fact_on(line, day) == fact for day, fact in before.items() if day < start)
        if what == "same":
            assert all(fact_on(line, day) == fact for day, fact in before.items())
        assert line.declare("k", {"name": name}, start, end) == "same"
    periods = line.by_key["k"]
    for one, other in pairwise(periods):
        assert one.ends_on is not None
        assert one.starts_on < one.ends_on <= other.starts_on


def span() -> list[dt.date]:
    return [D("2026-01-01") + dt.timedelta(days=n) for n in range(45)]


def fact_on(line: Timelines[str], day: dt.date) -> object:
    found = [one.facts["name"] for one in line.by_key["k"] if one.holds_on(day)]
    assert len(found) <= 1
    return found[0] if found else None
