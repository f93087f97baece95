"""Ways along roads against comparing everything, and the walks to the road."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.distance import destination, haversine_m
from geo.roads.checking import check_roads
from geo.roads.edges import Roads
from geo.roads.graph import RoadGraph, Snapping
from geo.roads.measure import RoadMeasure
from tests.geo.roads.making import KM, chain, table

NEAR_ROAD = 0.008


def _network(seed, n, extra, spread=0.1):
    """A random tree and some more stretches, of which some are parallel and some cost nothing."""
    rng = np.random.default_rng(seed)
    lon, lat = 112 + rng.uniform(0, spread, n), 28 + rng.uniform(0, spread, n)
    start = np.concatenate((np.arange(1, n), rng.integers(0, n, extra)))
    end = np.concatenate((rng.integers(0, np.arange(1, n)), rng.integers(0, n, extra)))
    # The tree falls in two when a stretch is left out.
    kept = np.arange(len(start)) != rng.integers(0, n)
    start, end = start[kept], end[kept]
    length = haversine_m(lon[start], lat[start], lon[end], lat[end]) * rng.uniform(1, 1.5, len(start))
    minutes = length * 0.06 / rng.choice([20.0, 40.0, 60.0], len(start))
    return Roads(lon, lat, start, end, length, minutes, np.zeros(len(start), bool)), rng


def _every_way(roads, weight):
    """Return the least ways between all junctions by Floyd's plain three loops."""
    n = len(roads.lon)
    ways = np.full((n, n), np.inf)
    np.fill_diagonal(ways, 0)
    for a, b, w in zip(roads.start, roads.end, weight, strict=True):
        ways[a, b] = ways[b, a] = min(ways[a, b], w)
    for k in range(n):
        ways = np.minimum(ways, ways[:, k : k + 1] + ways[k])
    return ways


def _plainly(roads, unit, ask, to, walk_km_h=4.0, largest_m=2000.0):
    """Return the table of ways between two sets of points by comparing everything."""
    per_m = 0.06 / walk_km_h if unit == "min" else 1.0
    ways = _every_way(roads, roads.minutes if unit == "min" else roads.length_m)

    def snapped(lon, lat):
        metres = haversine_m(lon[:, None], lat[:, None], roads.lon, roads.lat)
        near = np.argmin(metres, axis=1)
        least = metres[np.arange(len(lon)), near]
        return near, np.where(least <= largest_m, least * per_m, np.inf)

    (a, leg_a), (b, leg_b) = snapped(*ask), snapped(*to)
    straight = haversine_m(ask[0][:, None], ask[1][:, None], *to)
    on_foot = np.where(straight <= largest_m, straight * per_m, np.inf)
    return np.minimum(leg_a[:, None] + ways[np.ix_(a, b)] + leg_b, on_foot)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 30), unit=st.sampled_from(["min", "m"]))
def test_nearest_and_within_are_what_comparing_everything_finds(seed, n, unit):
    roads, rng = _network(seed, n, n // 2)
    ask = 112 + rng.uniform(-0.02, 0.12, 15), 28 + rng.uniform(-0.02, 0.12, 15)
    to = 112 + rng.uniform(-0.02, 0.12, 9), 28 + rng.uniform(-0.02, 0.12, 9)
    plain = _plainly(roads, unit, ask, to)
    measure = RoadMeasure(RoadGraph(roads, unit))
    rows, far = measure.nearest(*ask, *to)
    assert far == pytest.approx(plain.min(axis=1))
    reached = np.isfinite(far)
    assert (rows[~reached] == -1).all()
    assert plain[reached, rows[reached]] == pytest.approx(far[reached])
    for limit in (0.0, 8.0, 40.0) if unit == "min" else (500.0, 4000.0, 30_000.0):
        pairs = measure.within(*ask, *to, limit)
        asking, found = np.nonzero(plain <= limit)
        assert sorted(zip(pairs.asking, pairs.found, strict=True)) == sorted(zip(asking, found, strict=True))
        assert pairs.distance_m == pytest.approx(plain[pairs.asking, pairs.found])
        assert (np.diff(pairs.asking) >= 0).all()


def test_within_over_many_tiles_is_what_comparing_everything_finds():
    roads, rng = _network(5, 150, 300, spread=2.0)
    # Only short stretches, so that a limit reaches a small piece and the tiles are many.
    short = roads.length_m < 60_000
    roads = Roads(roads.lon, roads.lat, roads.start[short], roads.end[short], roads.length_m[short],
                  roads.minutes[short], roads.is_derived[short])  # fmt: skip
    near = rng.integers(0, 150, 120)
    ask = roads.lon[near] + rng.uniform(-NEAR_ROAD, NEAR_ROAD, 120), roads.lat[near]
    to = roads.lon[near[:80]], roads.lat[near[:80]] + rng.uniform(-NEAR_ROAD, NEAR_ROAD, 80)
    plain = _plainly(roads, "min", ask, to)
    for one, other, ways in ((ask, to, plain), (to, ask, plain.T)):
        pairs = RoadMeasure(RoadGraph(roads)).within(*one, *other, 60.0)
        asking, found = np.nonzero(ways <= 60.0)
        assert len(asking) > 150
        assert sorted(zip(pairs.asking, pairs.found, strict=True)) == sorted(zip(asking, found, strict=True))
        assert pairs.distance_m == pytest.approx(ways[pairs.asking, pairs.found])


def _measure(unit="min", **snapping):
    return RoadMeasure(RoadGraph(check_roads(table(chain(5))).roads, unit, Snapping(**snapping)))


def test_a_worked_way():
    # 200 m walk at 4 km/h is 3 min, 3 km of 县道 at 40 km/h is 4.5 min, 400 m walk is 6 min.
    lon_a, lat_a = destination(110, 0, 0, 200)
    lon_b, lat_b = destination(110 + 3 * KM, 0, 180, 400)
    rows, far = _measure().nearest([lon_a], [lat_a], [lon_b], [lat_b])
    assert (rows.tolist(), far.tolist()) == ([0], pytest.approx([13.5], abs=1e-6))
    assert _measure("m").nearest([lon_a], [lat_a], [lon_b], [lat_b])[1] == pytest.approx([3600], abs=0.01)
    assert _measure(walk_km_h=8.0).nearest([lon_a], [lat_a], [lon_b], [lat_b])[1] == pytest.approx([9.0], abs=1e-6)


def test_a_station_in_the_village_is_near_however_far_the_road():
    # Both stand 1.9 km off the road and 100 m from each other: a walk of a minute and a half.
    lon, lat = destination(110, 0, 0, 1900)
    beside = destination(lon, lat, 90, 100)
    rows, far = _measure().nearest([lon], [lat], [beside[0]], [beside[1]])
    assert (rows.tolist(), far.tolist()) == ([0], pytest.approx([1.5], abs=1e-6))
    # Three kilometres off, no road is in reach at all, and the walk to the neighbour still is.
    lon, lat = destination(110, 0, 0, 3000)
    beside = destination(lon, lat, 90, 100)
    assert _measure().nearest([lon], [lat], [beside[0]], [beside[1]])[1] == pytest.approx([1.5], abs=1e-6)
    assert _measure().within([lon], [lat], [beside[0]], [beside[1]], 2.0).found.tolist() == [0]


def test_the_limit_and_the_largest_walk_themselves_are_within():
    exactly = destination(110, 0, 0, 2000)
    assert _measure().off_road([exactly[0]], [exactly[1]]).tolist() == []
    assert _measure(largest_m=1999.9).off_road([exactly[0]], [exactly[1]]).tolist() == [0]
    assert _measure().within([110], [0], [110 + 4 * KM], [0], 6.0).found.tolist() == [0]
    assert _measure().within([110], [0], [110 + 4 * KM], [0], 5.99).found.tolist() == []


def test_who_cannot_be_reached_is_named():
    lon, lat = [110.0, np.nan, 115.0], [0.0, 0.0, 5.0]
    measure = _measure()
    assert measure.off_road(lon, lat).tolist() == [1, 2]
    rows, far = measure.nearest(lon, lat, [110 + KM], [0])
    assert (rows.tolist(), far.tolist()) == ([0, -1, -1], [pytest.approx(1.5), np.inf, np.inf])


def test_nobody_and_no_road_are_answers():
    measure = _measure()
    assert measure.nearest([110], [0], [], [])[0].tolist() == [-1]
    assert measure.nearest([], [], [110], [0])[0].shape == (0,)
    assert len(measure.within([110], [0], [], [], 5.0).found) == 0
    none = np.empty(0)
    empty = Roads(none, none, none.astype(int), none.astype(int), none, none, none.astype(bool))
    # Without a road there is still the walk.
    assert RoadMeasure(RoadGraph(empty)).nearest([110], [0], [110], [0])[1].tolist() == [0.0]


def test_of_parallel_stretches_the_least_counts_and_a_free_one_is_free():
    quick = ("0", "1", 1000.0, "", 0.5, 110, 0, 110 + KM, 0)
    free = ("1", "2", 1000.0, "", 0.0, 110 + KM, 0, 110 + 2 * KM, 0)
    roads = check_roads(table([*chain(1), quick, free])).roads
    measure = RoadMeasure(RoadGraph(roads))
    assert measure.nearest([110], [0], [110 + 2 * KM], [0])[1].tolist() == [0.5]
    assert measure.within([110], [0], [110 + 2 * KM], [0], 0.5).found.tolist() == [0]


def test_the_core_is_what_is_left_without_dead_ends():
    # A round of three junctions with a dead end of two stretches and one with a fork; and a part that is a tree.
    places = {name: (110 + k * KM, 0.001 * (k % 3)) for k, name in enumerate("abcdefghxyz")}
    ways = ["ab", "bc", "ca", "cd", "de", "af", "fg", "fh", "xy", "yz"]
    roads = check_roads(table([(a, b, 2000.0, "", 1.0, *places[a], *places[b]) for a, b in ways])).roads
    graph = RoadGraph(roads)
    assert len(graph.core.junctions) == 3 + 1
    assert [len(ring.end) for ring in graph.core.rings] == [5, 2]
    # From the end of one dead end to the end of the other: e, d, c, a, f, g.
    (lon_e, lat_e), (lon_g, lat_g) = places["e"], places["g"]
    far = RoadMeasure(RoadGraph(roads, snapping=Snapping(largest_m=10))).nearest([lon_e], [lat_e], [lon_g], [lat_g])[1]
    assert far.tolist() == [5.0]
