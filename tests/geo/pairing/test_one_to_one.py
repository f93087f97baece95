"""The pairing has as many pairs as any, and of those the least metres: held against trying every one."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from geo.distance import haversine_m
from geo.pairing.one_to_one import edges_between, pair
from tests.geo.small_situation import places


def _best_by_trying(allowed, weight):
    """Return (pairs, metres) of the best pairing, by trying every way to give stations nodes."""
    best = (0, 0.0)
    stations, nodes = allowed.shape
    for order in itertools.permutations([*range(nodes), *[-1] * stations], stations):
        taken = [(s, n) for s, n in enumerate(order) if n >= 0]
        if all(allowed[s, n] for s, n in taken):
            metres = sum(weight[s, n] for s, n in taken)
            best = max(best, (len(taken), -metres))
    return best[0], -best[1]


_point = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda p: (p[0] * 100, p[1] * 100))
_side = st.lists(st.tuples(st.none() | _point, st.integers(-1, 2)), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(stations=_side, nodes=_side)
def test_no_pairing_is_larger_or_shorter(stations, nodes):
    (s_lon, s_lat), s_village = places([p for p, _ in stations]), np.array([v for _, v in stations])
    (n_lon, n_lat), n_village = places([p for p, _ in nodes]), np.array([v for _, v in nodes])
    metres = haversine_m(s_lon[:, None], s_lat[:, None], n_lon, n_lat)
    here = (s_village[:, None] == n_village) & (s_village[:, None] >= 0)
    with np.errstate(invalid="ignore"):
        allowed = here | (metres <= 500 + 1e-6)
    weight = np.where(np.isnan(metres), 500.0, metres)
    found = pair(s_lon, s_lat, s_village, n_lon, n_lat, n_village, 500)
    assert len(set(found.station)) == len(set(found.node)) == len(found.station)
    assert allowed[found.station, found.node].all()
    count, least = _best_by_trying(allowed, weight)
    assert len(found.station) == count
    assert weight[found.station, found.node].sum() == pytest.approx(least, abs=0.01)


def test_as_many_pairs_as_the_library_finds_in_a_crowd():
    rng = np.random.default_rng(7)
    s, n = rng.uniform(0, 15_000, (900, 2)), rng.uniform(0, 15_000, (700, 2))
    s_village, n_village = rng.integers(-1, 400, 900), rng.integers(-1, 400, 700)
    (s_lon, s_lat), (n_lon, n_lat) = places(s), places(n)
    edges = edges_between(s_lon, s_lat, s_village, n_lon, n_lat, n_village, 500)
    graph = csr_array((np.ones(len(edges.station)), (edges.station, edges.node)), shape=(900, 700))
    largest = int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
    found = pair(s_lon, s_lat, s_village, n_lon, n_lat, n_village, 500)
    assert len(found.station) == largest > 400
    again = pair(s_lon, s_lat, s_village, n_lon, n_lat, n_village, 500)
    assert (found.station.tolist(), found.node.tolist()) == (again.station.tolist(), again.node.tolist())


def _pairs(stations, nodes, limit=500):
    (s_lon, s_lat), (n_lon, n_lat) = places([p for p, _ in stations]), places([p for p, _ in nodes])
    found = pair(s_lon, s_lat, [v for _, v in stations], n_lon, n_lat, [v for _, v in nodes], limit)
    return list(zip(found.station.tolist(), found.node.tolist(), np.round(found.distance_m, 3).tolist(), strict=True))


def test_a_nearer_pair_gives_way_so_that_two_are_paired():
    # Node 0 is nearest to both stations; only station 0 can reach node 1.
    stations, nodes = [((0, 0), -1), ((0, 150), -1)], [((0, 50), -1), ((0, -450), -1)]
    assert _pairs(stations, nodes) == [(0, 1, 450.0), (1, 0, 100.0)]


def test_of_two_stations_at_one_node_the_nearer_is_paired():
    assert _pairs([((0, 300), -1), ((0, 200), -1)], [((0, 0), -1)]) == [(1, 0, 200.0)]


def test_the_limit_itself_is_within_and_a_village_reaches_further():
    assert _pairs([((0, 500), -1)], [((0, 0), -1)]) == [(0, 0, 500.0)]
    assert _pairs([((0, 501), -1)], [((0, 0), -1)]) == []
    assert _pairs([((0, 2501), 3)], [((0, 0), 3)]) == [(0, 0, 2501.0)]


def test_a_village_is_enough_where_a_place_is_unknown_and_nobody_has_village_minus_one():
    found = _pairs([(None, 3), (None, -1)], [(None, 3), (None, -1)])
    assert len(found) == 1
    assert found[0][:2] == (0, 0)
    assert np.isnan(found[0][2])


@pytest.mark.parametrize(("stations", "nodes"), [([], []), ([((0, 0), -1)], []), ([], [((0, 0), 1)])])
def test_nobody_is_paired_with_nobody(stations, nodes):
    assert _pairs(stations, nodes) == []
