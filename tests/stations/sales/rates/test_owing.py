"""What is owed of very many stations at once is what the one rule says of each."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab_months import ExcuseReason
from stations.records.expected import NOT_OWED as NOTHING
from stations.records.expected import Expectation, Interval, expectation
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.periods import months_between
from stations.sales.rates.owing import (
    EXPECTED,
    FIRST_EXCUSE,
    NOT_OWED,
    REASONS,
    WITHOUT_END,
    Excusing,
    Owing,
    standing_of,
    standings,
)

PERIODS = months_between(202401, 202406)
DAYS = st.dates(dt.date(2023, 12, 1), dt.date(2024, 7, 31))
INTERVALS = st.builds(
    lambda start, days: Interval(start, None if days is None else start + dt.timedelta(days=days)),
    DAYS, st.none() | st.integers(0, 120),
)  # fmt: skip
STATIONS = st.lists(st.lists(INTERVALS, max_size=4), min_size=1, max_size=5)


def columns(stations: list[list[Interval]]) -> Owing:
    rows = [(place, one) for place, owed in enumerate(stations) for one in owed]
    return Owing(
        np.array([place for place, _ in rows], dtype=np.int64),
        np.array([one.starts_on.toordinal() for _, one in rows], dtype=np.int64),
        np.array([one.ends_on.toordinal() if one.ends_on else WITHOUT_END for _, one in rows], dtype=np.int64),
    )


def excusing(granted: dict[tuple[int, int], str]) -> Excusing:
    return Excusing(
        np.array([station for station, _ in granted], dtype=np.int64),
        np.array([month for _, month in granted], dtype=np.int64),
        np.array([standing_of(reason) for reason in granted.values()], dtype=np.int64),
    )


def told(standing: int) -> Expectation:
    if standing == NOT_OWED:
        return NOTHING
    return Expectation(True, None if standing == EXPECTED else REASONS[standing - FIRST_EXCUSE])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STATIONS, st.data(), st.integers(0, 31))
def test_the_arrays_say_what_the_rule_says(stations: list[list[Interval]], data: st.DataObject, day: int) -> None:
    cells = st.tuples(st.integers(0, len(stations) - 1), st.integers(0, len(PERIODS) - 1))
    granted = data.draw(st.dictionaries(cells, st.sampled_from([str(one) for one in ExcuseReason]), max_size=6))
    found = standings(len(stations), PERIODS, columns(stations), excusing(granted), day)
    policy = MonthlyPolicy(excused_if_opened_after_day=day)
    for station, owed in enumerate(stations):
        for month, period in enumerate(PERIODS):
            said = expectation(period, owed, granted.get((station, month)), policy)
            assert told(int(found[station, month])) == said, (station, period)


def test_leap_february_an_opening_on_the_21st_and_a_reopening() -> None:
    stations = [
        [Interval(dt.date(2024, 2, 29), dt.date(2024, 2, 29))],
        [Interval(dt.date(2024, 2, 20), None)],
        [Interval(dt.date(2024, 2, 21), None)],
        [Interval(dt.date(2024, 1, 1), dt.date(2024, 3, 1)), Interval(dt.date(2024, 3, 25), dt.date(2024, 3, 31))],
    ]
    late = standing_of("opened_late")
    found = standings(4, PERIODS, columns(stations), excusing({(1, 2): "disaster", (0, 5): "disaster"}), 20)
    disaster = standing_of("disaster")
    assert found.tolist() == [
        [NOT_OWED, late, NOT_OWED, NOT_OWED, NOT_OWED, NOT_OWED],
        [NOT_OWED, EXPECTED, disaster, EXPECTED, EXPECTED, EXPECTED],
        [NOT_OWED, late, EXPECTED, EXPECTED, EXPECTED, EXPECTED],
        [EXPECTED, EXPECTED, EXPECTED, NOT_OWED, NOT_OWED, NOT_OWED],
    ]


def test_no_station_at_all_owes_nothing() -> None:
    assert standings(0, PERIODS, columns([]), excusing({}), 20).shape == (0, 6)
