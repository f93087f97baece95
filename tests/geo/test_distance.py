"""Distances against known lengths, neighbours against the plain way of finding them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.distance import Neighbours, bearing_deg, destination, haversine_m


def test_a_degree_of_the_equator():
    assert float(haversine_m(0, 0, 1, 0)) == pytest.approx(111195.08, abs=0.01)


def test_antipodes_and_the_same_place():
    assert float(haversine_m(0, 0, 180, 0)) == pytest.approx(20015114.44, abs=0.01)
    assert float(haversine_m(112.1, 28.5, 112.1, 28.5)) == 0.0


@pytest.mark.parametrize(("bearing", "there"), [(0, (112, 29)), (180, (112, 28)), (90, (113, 0)), (270, (111, 0))])
def test_bearings_of_the_four_winds(bearing, there):
    start = (112, 28.5) if bearing in (0, 180) else (112, 0)
    assert float(bearing_deg(*start, *there)) == pytest.approx(bearing)


def test_a_destination_lies_as_far_and_where_it_was_asked():
    lon, lat = destination(112.1, 28.5, [0, 45, 200], [100, 5000, 250000])
    assert haversine_m(112.1, 28.5, lon, lat) == pytest.approx([100, 5000, 250000], abs=1e-3)
    assert bearing_deg(112.1, 28.5, lon, lat) == pytest.approx([0, 45, 200], abs=1e-6)


def _towns(seed, n):
    rng = np.random.default_rng(seed)
    return rng.uniform(108, 115, n), rng.uniform(24, 31, n)


def test_nearest_is_what_comparing_everything_finds():
    lon, lat = _towns(1, 300)
    ask_lon, ask_lat = _towns(2, 200)
    table = haversine_m(ask_lon[:, None], ask_lat[:, None], lon, lat)
    rows, metres = Neighbours(lon, lat).nearest(ask_lon, ask_lat, k=3)
    assert (rows == np.argsort(table, axis=1)[:, :3]).all()
    assert metres == pytest.approx(np.sort(table, axis=1)[:, :3], abs=1e-3)


def test_within_is_what_comparing_everything_finds():
    lon, lat = _towns(3, 300)
    ask_lon, ask_lat = _towns(4, 50)
    table = haversine_m(ask_lon[:, None], ask_lat[:, None], lon, lat)
    pairs = Neighbours(lon, lat).within(ask_lon, ask_lat, 40_000)
    asking, found = np.nonzero(table <= 40_000)
    assert sorted(zip(pairs.asking, pairs.found, strict=True)) == sorted(zip(asking, found, strict=True))
    assert (np.diff(pairs.asking) >= 0).all()


def test_the_radius_itself_is_within():
    lon, lat = destination(112.1, 28.5, 90, 3000)
    assert list(Neighbours([lon], [lat]).within(112.1, 28.5, 3000).found) == [0]
    assert list(Neighbours([lon], [lat]).within(112.1, 28.5, 2999.9).found) == []


def test_fewer_points_than_asked_for():
    rows, metres = Neighbours([112.0], [28.0]).nearest([112.0], [28.0], k=2)
    assert rows.tolist() == [[0, -1]]
    assert metres.tolist() == [[0.0, np.inf]]


def test_an_empty_network_is_an_answer():
    rows, metres = Neighbours([], []).nearest([112.0], [28.0])
    assert (rows.tolist(), metres.tolist()) == ([[-1]], [[np.inf]])
    assert len(Neighbours([], []).within([112.0], [28.0], 1000).found) == 0


def test_nobody_asking_is_an_answer():
    rows, _ = Neighbours([112.0], [28.0]).nearest([], [])
    assert rows.shape == (0, 1)


def test_coordinates_that_are_no_numbers_are_refused():
    with pytest.raises(ValueError, match="finite"):
        Neighbours([np.nan], [28.0])
    with pytest.raises(ValueError, match="k must be"):
        Neighbours([112.0], [28.0]).nearest([112.0], [28.0], k=0)


def test_neighbours_across_the_date_line():
    rows, metres = Neighbours([-179.999, 179.0], [0, 0]).nearest([179.999], [0])
    assert rows.tolist() == [[0]]
    assert metres[0, 0] == pytest.approx(222.39, abs=0.01)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(points=st.integers(0, 25), asked=st.integers(0, 25), seed=st.integers(0, 2**32 - 1),
       radius_m=st.sampled_from((0.0, 1500.0, 12_000.0, 2.1e7)))  # fmt: skip
def test_pairs_come_by_asking_then_metres_then_found_however_many_share_a_place(points, asked, seed, radius_m):
    dice = np.random.default_rng(seed)
    lon, lat = dice.uniform(110, 110.2, points).round(1), dice.uniform(28, 28.2, points).round(1)
    ask_lon, ask_lat = dice.uniform(110, 110.2, asked).round(2), dice.uniform(28, 28.2, asked).round(2)
    pairs = Neighbours(lon, lat).within(ask_lon, ask_lat, radius_m)
    table = haversine_m(ask_lon[:, None], ask_lat[:, None], lon, lat)
    assert set(zip(pairs.asking.tolist(), pairs.found.tolist(), strict=True)) == {
        (row, found) for row in range(asked) for found in range(points) if table[row, found] <= radius_m + 1e-3
    }
    ordered = list(zip(pairs.asking.tolist(), pairs.distance_m.tolist(), pairs.found.tolist(), strict=True))
    assert ordered == sorted(ordered)


def test_who_asks_before_or_after_changes_no_answer():
    lon, lat = _towns(5, 40)
    ask_lon, ask_lat = _towns(6, 60)
    rows, metres = Neighbours(lon, lat).nearest(ask_lon, ask_lat)
    for at in range(60):
        row, far = Neighbours(lon, lat).nearest(ask_lon[at], ask_lat[at])
        assert (row[0, 0], far[0, 0]) == (rows[at, 0], metres[at, 0])
