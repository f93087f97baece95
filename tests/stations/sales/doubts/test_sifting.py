"""What is left out before the rules read it is nothing they would have found."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.records.periods import months_between
from stations.sales.doubts.cases import Case, Description, Filing, Sight
from stations.sales.doubts.contradicting import contradictions_of
from stations.sales.doubts.figures import EMPTY, FIELDS, Filings
from stations.sales.doubts.sifting import silent_stations, worth_reading
from stations.sales.doubts.thresholds import ContradictionPolicy
from stations.sales.rates.fetching import Months
from stations.sales.rates.owing import EXPECTED, FIRST_EXCUSE, NOT_OWED

PERIODS = months_between(202605, 202610)
TODAY = dt.date(2026, 11, 20)
FIGURES = st.sampled_from([(EMPTY,) * 5, (0, EMPTY, EMPTY, 0, EMPTY), (100, 5, EMPTY, EMPTY, EMPTY),
                           (100, 0, 100, 7, EMPTY), (EMPTY, EMPTY, EMPTY, 7, 7),
                           (-5, EMPTY, EMPTY, 7, EMPTY)])  # fmt: skip
MONTH = st.none() | st.tuples(FIGURES, st.booleans())
SIGHTS = st.lists(st.tuples(st.dates(dt.date(2025, 6, 1), TODAY),
                            st.sampled_from(["gone", "open_operating", "closed_at_visit"])), max_size=3)  # fmt: skip
SERVICES = st.lists(st.sampled_from([("parcel",), ("sale_agency",)]), max_size=2)
STATIONS = st.lists(
    st.tuples(st.lists(MONTH, min_size=6, max_size=6), st.sampled_from([None, "", "甲", "乙"]), SIGHTS, SERVICES,
              st.booleans()), min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True)
@given(STATIONS, st.integers(1, 3), st.integers(1, 3), st.integers(0, 2))
def test_the_rules_find_the_same_among_what_is_kept(
    stations: list[tuple], repeated: int, operators: int, at_least: int  # type: ignore[type-arg]
) -> None:
    policy = ContradictionPolicy(repeated_months=repeated, same_operator_stations=operators, figures_at_least=at_least)
    n, m = len(stations), len(PERIODS)
    report, returned = np.zeros((n, m), dtype=np.int64), np.zeros((n, m), dtype=np.bool_)
    values = np.full((n, m, len(FIELDS)), EMPTY, dtype=np.int64)
    cases, sights, descriptions = [], {}, {}
    for place, (months, operator, seen, told, owes) in enumerate(stations):
        filed = []
        for month, one in enumerate(months):
            if one is not None:
                report[place, month], values[place, month], returned[place, month] = 1 + month, one[0], one[1]
                figures = tuple((field, value) for field, value in zip(FIELDS, one[0], strict=True) if value > 0)
                filed.append(Filing(1 + month, PERIODS[month], figures, one[1]))
        if seen:
            sights[place] = [Sight(1, on, state) for on, state in sorted(seen)]
        if told:
            descriptions[place] = [Description(number, dt.date(2024 + number, 1, 1), services)
                                   for number, services in enumerate(told)]  # fmt: skip
        owed = tuple(months_between(202501, 202610)) if owes else ()
        cases.append(Case(f"S{place}", operator, tuple(filed), tuple(sights.get(place, ())),
                          tuple(descriptions.get(place, ())), owed))  # fmt: skip
    filings = Filings(
        PERIODS, np.arange(n), [case.code for case in cases], ["village_point"] * n,
        [case.operator for case in cases], ["/CN/"] * n, report, report * 0, returned, values,
    )  # fmt: skip
    silent = {place for place, case in enumerate(cases) if case.expected_months}
    kept = worth_reading(filings, sights, descriptions, silent, policy)
    some = [case for case, keep in zip(cases, kept, strict=True) if keep]
    assert contradictions_of(some, TODAY, policy) == contradictions_of(cases, TODAY, policy)


def months(standing: str, report: str) -> Months:
    """Make one station's months: E expected, X excused, . not owed; r a report, . none."""
    periods = months_between(202501, 202612)[: len(standing)]
    cells = [[{"E": EXPECTED, "X": FIRST_EXCUSE, ".": NOT_OWED}[sign] for sign in standing]]
    filed = [[sign == "r" for sign in report]]
    is_due = np.array([sign != "E" or place < 8 for place, sign in enumerate(standing)])
    return Months(periods, np.array([7]), ["S"], ["/CN/"], np.array(cells, dtype=np.uint8),
                  np.array(filed, dtype=np.uint8), is_due)  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "report", "silent"),
    [("EEEE", "r...", True), ("EEEE", ".r..", False), ("EE", "..", False), ("EXEXE", ".....", True),
     ("EXEXE", ".r.r.", True), ("E.E.E", "..r..", False), ("EEE.....EE", "........rr", True)],
)  # fmt: skip
def test_silent_is_who_left_the_newest_owed_months_unreported(standing: str, report: str, silent: bool) -> None:
    assert silent_stations(months(standing, report), 3) == ({7} if silent else set())
