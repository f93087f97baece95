"""Gini and Moran's I against their double sums."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.spread import Adjacency, gini, morans_i, nearest, touching
from geo.distance import haversine_m

AMOUNTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=12)
# Four in a row: 0-1-2-3.
ROW = Adjacency(np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2]), 4)


def test_gini_of_worked_cases():
    assert gini(np.array([7.0, 7.0, 7.0])) == 0.0
    assert gini(np.array([0.0, 0.0, 0.0, 4.0])) == 0.75
    assert gini(np.array([1.0, 3.0])) == 0.25
    assert gini(np.array([0.0, 1.0]), np.array([3.0, 1.0])) == 0.75
    assert gini(np.array([])) is None
    assert gini(np.array([0.0, 0.0])) is None
    assert gini(np.array([5.0, np.nan]), np.array([np.nan, 1.0])) is None
    with pytest.raises(ValueError, match="negative"):
        gini(np.array([-1.0, 2.0]))


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(rows=AMOUNTS, times=st.integers(1, 7))
def test_gini_is_half_the_mean_difference_over_the_mean(rows, times):
    x, w = (np.array([row[at] for row in rows], dtype=float) for at in (0, 1))
    total = float(w @ x)
    found = gini(x, w)
    if not total:
        assert found is None
        return
    plain = sum(a * b * abs(c - d) for a, c in zip(w, x, strict=True) for b, d in zip(w, x, strict=True))
    assert found == pytest.approx(plain / (2 * total * w.sum()), abs=1e-12)
    assert gini(x * times, w) == pytest.approx(found, abs=1e-12)
    # A village of three hundred is three villages of a hundred.
    assert gini(np.repeat(x, w.astype(int))) == pytest.approx(found, abs=1e-12)


def plain_moran(values, net):
    """The double sum over a full table of row-standardised weights."""
    table = np.zeros((net.many, net.many))
    table[net.focal, net.neighbour] = 1
    sums = table.sum(axis=1, keepdims=True)
    table = np.divide(table, sums, out=np.zeros_like(table), where=sums > 0)
    z = values - values.mean()
    return len(z) / table.sum() * (z @ table @ z) / (z @ z)


def test_moran_of_worked_cases():
    assert morans_i(np.array([1.0, 1.0, 0.0, 0.0]), ROW).i == pytest.approx(0.5)
    assert morans_i(np.array([1.0, 0.0, 1.0, 0.0]), ROW).i == pytest.approx(-1.0)
    assert morans_i(np.array([1.0, 0.0, 1.0, 0.0]), ROW).expected == pytest.approx(-1 / 3)


def test_moran_is_not_defined_without_differences_or_neighbours():
    nobody = Adjacency(np.empty(0, dtype=int), np.empty(0, dtype=int), 3)
    for found in (morans_i(np.full(4, 0.3), ROW), morans_i(np.array([1.0, 2.0, 3.0]), nobody),
                  morans_i(np.array([]), Adjacency(nobody.focal, nobody.focal, 0))):  # fmt: skip
        assert (found.i, found.expected, found.p) == (None, None, None)
    with pytest.raises(ValueError, match="finite"):
        morans_i(np.array([1.0, np.nan, 2.0, 3.0]), ROW)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(many=st.integers(4, 25), seed=st.integers(0, 2**32 - 1), k=st.integers(1, 4))
def test_moran_is_its_double_sum_and_its_p_repeats(many, seed, k):
    dice = np.random.default_rng(seed)
    lon, lat, values = dice.uniform(110, 111, many), dice.uniform(28, 29, many), dice.random(many)
    for net in (touching(lon, lat), nearest(lon, lat, k)):
        found = morans_i(values, net, permutations=49, seed=7)
        assert found.i == pytest.approx(plain_moran(values, net), abs=1e-12)
        assert found == morans_i(values, net, permutations=49, seed=7)
        assert 1 / 50 <= found.p <= 1


def test_p_is_the_share_of_all_orders_at_least_as_clustered():
    values = np.array([1.0, 1.0, 0.0, 0.0, 0.0])
    net = Adjacency(np.array([0, 1, 1, 2, 2, 3, 3, 4]), np.array([1, 0, 2, 1, 3, 2, 4, 3]), 5)
    seen = plain_moran(values, net)
    every = [plain_moran(np.array(order), net) >= seen - 1e-12 for order in permutations(values)]
    # Of the ten places of two in a row of five, only the two ends are as clustered.
    assert np.mean(every) == pytest.approx(0.2)
    assert morans_i(values, net, permutations=9999, seed=1).p == pytest.approx(0.2, abs=0.02)


def test_a_clustered_country_is_found_and_a_mixed_one_is_not():
    lon, lat = (grid.ravel() for grid in np.meshgrid(np.linspace(110, 111, 8), np.linspace(28, 29, 8)))
    wiggle = np.random.default_rng(3).uniform(-0.01, 0.01, (2, 64))
    net = touching(lon + wiggle[0], lat + wiggle[1])
    assert morans_i((lon > 110.5).astype(float), net, seed=1).p == 0.001
    assert morans_i(np.random.default_rng(5).random(64), net, seed=1).p > 0.1


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(many=st.integers(0, 15), seed=st.integers(0, 2**32 - 1), k=st.integers(1, 5))
def test_the_nearest_are_the_nearest_others(many, seed, k):
    dice = np.random.default_rng(seed)
    lon, lat = dice.uniform(110, 110.05, many).round(2), dice.uniform(28, 28.05, many).round(2)
    net = nearest(lon, lat, k)
    table = haversine_m(lon[:, None], lat[:, None], lon, lat)
    np.fill_diagonal(table, np.inf)
    for point in range(many):
        mine = net.neighbour[net.focal == point]
        assert point not in mine
        assert len(set(mine.tolist())) == len(mine) == min(k, many - 1)
        assert np.sort(table[point][mine]) == pytest.approx(np.sort(table[point])[: len(mine)], abs=1e-3)


def test_touching_is_mutual_and_never_oneself():
    dice = np.random.default_rng(2)
    lon, lat = dice.uniform(110, 111, 40), dice.uniform(28, 29, 40)
    lon[7], lat[7] = lon[3], lat[3]
    net = touching(lon, lat)
    pairs = set(zip(net.focal.tolist(), net.neighbour.tolist(), strict=True))
    assert pairs == {(b, a) for a, b in pairs}
    assert all(a != b for a, b in pairs)
    assert {a for a, _ in pairs} == set(range(40))
    assert (3, 7) in pairs


@pytest.mark.parametrize("many", [0, 1, 2, 3, 4])
def test_points_in_a_row_have_their_nearest(many):
    net = touching(np.arange(many) / 10.0, np.zeros(many))
    assert net.many == many
    assert set(net.focal.tolist()) == (set(range(many)) if many > 1 else set())
