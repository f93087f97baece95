"""Alignment by worked cases, and its loose reading and orphans against plain loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.situation import LEVELS
from geo.distance import haversine_m
from geo.pairing.alignment import AlignmentRules, align
from tests.geo.small_situation import situation

VILLAGE = 2
HOMES = [((0, 0), "t1"), ((0, 9000), "t1"), ((0, 20_000), "t2")]


def _align(stations, nodes, served=(), alive=None, **rules):
    made = situation(HOMES, stations, nodes, served=served)
    living = np.ones(len(stations), bool) if alive is None else np.array(alive, bool)
    return align(made, living, AlignmentRules(**rules))


def test_a_level_with_a_pair_an_orphan_of_each_side_and_a_dead_station():
    stations = [((0, 0), 0, VILLAGE, "yz"), ((0, 9000), 1, VILLAGE, ""), ((0, 20_100), 2, VILLAGE, "")]
    nodes = [((0, 400), -1, VILLAGE, "st", "t1"), ((0, 20_000), 2, VILLAGE, "", "t2")]
    level = _align(stations, nodes, alive=[True, True, False])[VILLAGE]
    assert (level.level, level.stations, level.nodes) == ("village", 2, 2)
    assert (level.pairs.station.tolist(), level.pairs.node.tolist()) == ([0], [0])
    assert (level.f_score, level.station_match, level.logistics_match) == (0.5, 0.5, 0.5)
    assert (level.colour, level.colocated_share) == ("red", 0.0)
    assert (level.orphan_stations.tolist(), level.orphan_nodes.tolist()) == ([1], [1])


@pytest.mark.parametrize(
    ("pairs", "alone", "f_score", "colour"),
    [(4, 2, 0.8, "green"), (3, 4, 0.6, "amber"), (3, 5, 6 / 11, "red"), (1, 0, 1.0, "green"), (0, 2, 0.0, "red")],
)
def test_colours_begin_at_their_limit(pairs, alone, f_score, colour):
    stations = [((0, 5000 * k), -1, VILLAGE, "") for k in range(pairs + alone)]
    nodes = [((0, 5000 * k + 40), -1, VILLAGE, "", "") for k in range(pairs)]
    level = _align(stations, nodes)[VILLAGE]
    assert level.f_score == pytest.approx(f_score)
    assert level.colour == colour


def test_each_level_has_its_limit_and_only_meets_its_own():
    # 900 m apart: too far for a village, near enough for a township; nothing at all at county level.
    stations = [((0, 0), -1, 1, ""), ((0, 0), -1, VILLAGE, "")]
    nodes = [((0, 900), -1, 1, "", ""), ((0, 900), -1, VILLAGE, "", "")]
    county, township, village = _align(stations, nodes)
    assert (county.f_score, county.colour, county.station_match, county.loose.alignment) == (None, None, None, None)
    assert (township.f_score, village.f_score) == (1.0, 0.0)


def test_one_address_is_fifty_metres_or_one_operator():
    stations = [((0, 5000 * k), -1, VILLAGE, op) for k, op in enumerate(("", "邮政", "邮政", ""))]
    nodes = [((50, 0), -1, VILLAGE, "", ""), ((300, 5000), -1, VILLAGE, "邮政", ""),
             ((300, 10_000), -1, VILLAGE, "供销", ""), ((51, 15_000), -1, VILLAGE, "", "")]  # fmt: skip
    level = _align(stations, nodes)[VILLAGE]
    assert level.is_colocated.tolist() == [True, True, False, False]
    assert level.colocated_share == 0.5


@pytest.mark.parametrize(
    ("place", "village", "township", "orphans"),
    [
        ((0, 3000), -1, "t1", []),  # in the township, exactly three kilometres off
        ((0, 3001), -1, "t1", [0]),
        ((0, 2000), -1, "t2", [0]),  # near enough, but of another township
        (None, 0, "t1", []),  # in the village, wherever it is
        (None, 1, "t1", [0]),
    ],
)
def test_an_unpaired_station_is_no_orphan_when_its_township_brings_parcels_near(place, village, township, orphans):
    township_node = (place, village, 1, "", township)
    level = _align([((0, 0), 0, VILLAGE, "")], [township_node])[VILLAGE]
    assert level.orphan_stations.tolist() == orphans


def test_a_node_beside_a_paired_station_is_no_orphan():
    stations = [((0, 0), -1, VILLAGE, "")]
    nodes = [((0, 10), -1, VILLAGE, "", ""), ((0, 500), -1, VILLAGE, "", ""), ((0, 501), -1, VILLAGE, "", "")]
    assert _align(stations, nodes)[VILLAGE].orphan_nodes.tolist() == [2]


def test_an_empty_network_pairs_nobody_and_an_empty_register_too():
    assert [level.f_score for level in _align([], [])] == [None, None, None]
    lonely = _align([((0, 0), 0, VILLAGE, "")], [])[VILLAGE]
    assert (lonely.f_score, lonely.logistics_match, lonely.orphan_stations.tolist()) == (0.0, None, [0])


_place = st.none() | st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda p: (p[0] * 700, p[1] * 700))
_stations = st.lists(st.tuples(_place, st.integers(-1, 2), st.just(VILLAGE), st.just("")), max_size=6)
_nodes = st.lists(st.tuples(_place, st.integers(-1, 2), st.just(VILLAGE), st.just(""), st.just("t1")), max_size=6)
_served = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=5)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(stations=_stations, nodes=_nodes, served=_served)
def test_the_loose_reading_is_what_plain_loops_find(stations, nodes, served):
    served = [(n, v) for n, v in served if n < len(nodes)]
    made = situation(HOMES, stations, nodes, served=served)

    def matched(s, n):
        home = made.stations.village[s]
        metres = haversine_m(made.stations.lon[s], made.stations.lat[s], made.nodes.lon[n], made.nodes.lat[n])
        return metres <= 2000 + 1e-6 or (home >= 0 and ((n, home) in served or made.nodes.village[n] == home))

    s_in = [s for s in range(len(stations)) if any(matched(s, n) for n in range(len(nodes)))]
    n_in = [n for n in range(len(nodes)) if any(matched(s, n) for s in range(len(stations)))]
    loose = align(made, np.ones(len(stations), bool))[LEVELS.index("village")].loose
    assert (loose.matched_stations, loose.matched_nodes) == (len(s_in), len(n_in))
    assert loose.stations_without.tolist() == sorted(set(range(len(stations))) - set(s_in))
    assert loose.nodes_without.tolist() == sorted(set(range(len(nodes))) - set(n_in))
    both = len(stations) + len(nodes)
    assert loose.alignment == (pytest.approx((len(s_in) + len(n_in)) / both) if both else None)
