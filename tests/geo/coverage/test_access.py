"""Access by floating catchments against plain sums."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.access import access_of, e2sfca
from geo.coverage.situation import DEAD
from geo.distance import Pairs
from geo.measure import GreatCircle
from tests.geo.coverage.making import NOWHERE, RULES, laid

BANDS = ((1000.0, 1.0), (3000.0, 0.68), (5000.0, 0.22))


def pairs_of(table):
    village, station = np.nonzero(np.isfinite(table))
    return Pairs(village, station, table[village, station])


def looped(table, capacity, people, bands):
    """Both steps as Luo & Qi write them."""

    def weight(metres):
        return next((w for limit, w in bands if metres <= limit), 0.0)

    ratio = []
    for s, c in enumerate(capacity):
        demand = sum(weight(table[v][s]) * people[v] for v in range(len(people)))
        ratio.append(c / demand if demand > 0 else 0.0)
    access = [sum(weight(row[s]) * r for s, r in enumerate(ratio)) for row in table]
    return ratio, access


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(villages=st.integers(0, 8), stations=st.integers(0, 6), seed=st.integers(0, 2**32 - 1))
def test_two_steps_are_two_loops(villages, stations, seed):
    dice = np.random.default_rng(seed)
    # On the limits, too: a thousand metres are within a thousand.
    table = dice.choice((0.0, 999.0, 1000.0, 1000.5, 3000.0, 4999.0, 5000.0, 6000.0, np.inf), (villages, stations))
    capacity, people = dice.uniform(0, 50, stations), dice.integers(0, 4, villages) * 250.0
    ratio, access = e2sfca(pairs_of(table), capacity, people, BANDS)
    plain_ratio, plain_access = looped(table, capacity, people, BANDS)
    assert ratio.tolist() == pytest.approx(plain_ratio)
    assert access.tolist() == pytest.approx(plain_access)
    # What is given out is what there is, and a station nobody comes to gives nothing.
    assert access @ people == pytest.approx(capacity[ratio > 0].sum())


def test_a_worked_case():
    # One station of 100 parcels: 500 people at its door, 1000 people at 2 km, 900 people at 9 km.
    pairs = Pairs(np.array([0, 1]), np.array([0, 0]), np.array([0.0, 2000.0]))
    ratio, access = e2sfca(pairs, np.array([100.0]), np.array([500.0, 1000.0, 900.0]), BANDS)
    assert ratio.tolist() == [pytest.approx(100 / 1180)]
    assert access.tolist() == pytest.approx([100 / 1180, 68 / 1180, 0])


def test_unknown_people_and_capacity_count_nothing_and_stay_numbers():
    pairs = Pairs(np.array([0, 1, 1]), np.array([0, 0, 1]), np.zeros(3))
    ratio, access = e2sfca(pairs, np.array([10.0, np.nan]), np.array([np.nan, 5.0]), BANDS)
    assert (ratio.tolist(), access.tolist()) == ([2.0, 0.0], [2.0, 2.0])


def test_only_alive_stations_give_access_and_an_unknown_capacity_is_the_median():
    stations = (
        {"village": 0, "parcels_a_day": 10.0}, {"village": 0, "parcels_a_day": 30.0}, {"village": 0},
        {"village": 0, "life": DEAD, "parcels_a_day": 999.0},
    )  # fmt: skip
    pairs, access = access_of(laid(at=(0, 9), stations=stations), RULES, GreatCircle())
    assert sorted(pairs.found.tolist()) == [0, 1, 2]
    assert access.tolist() == pytest.approx([0.6, 0.0])
    nobody_knows = laid(at=(0,), stations=({"village": 0}, {"village": 0, "km": NOWHERE}))
    assert access_of(nobody_knows, RULES, GreatCircle())[1].tolist() == pytest.approx([0.01])


def test_an_empty_network_gives_no_access():
    pairs, access = access_of(laid(at=(0, 1)), RULES, GreatCircle())
    assert (len(pairs.asking), access.tolist()) == (0, [0.0, 0.0])


def test_minutes_have_bands_of_their_own():
    by_road = replace(RULES, catchment_m=1.0)
    assert by_road.catchment("min") == 30
    assert by_road.weights("min") == ((10, 1.0), (20, 0.68), (30, 0.22))
    assert by_road.radii("min") == (10, 20, 30, 60)
