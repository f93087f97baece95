"""The datum guard on generated counties: what is mixed is found, what is clean is left alone, halves are told apart."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.astray import pair_faults, strayed
from geo.china import PLAUSIBLE, check_pair
from geo.datum import from_cgcs2000, to_cgcs2000
from geo.datum_guard import GuardRules, Points, check_counties, judge, offsets_m, shift_m
from geo.distance import haversine_m
from geo.heaps import huber_mean, two_heaps

A_DEGREE_M = 111_195.08
COUNTIES = 122


def texts(words: list[str]) -> np.ndarray:
    return np.array(words, dtype=object)


def province(
    seed: int, *, stations: int = 10, jitter_m: float = 400.0, mixed: str = "none", datum: str = "gcj02",
    imports: bool = False, declared: str = "cgcs2000",
) -> Points:  # fmt: skip
    """122 counties in Hunan's box; stations stand `jitter_m` (root mean square) from their villages.

    `mixed`: none, all, or half of each county's stations are in `datum`; `imports`: the halves came in two imports.
    """
    dice = np.random.default_rng(seed)
    n = COUNTIES * stations
    village_lon = np.repeat(dice.uniform(108.8, 114.2, COUNTIES), stations) + dice.uniform(-0.2, 0.2, n)
    village_lat = np.repeat(dice.uniform(24.7, 30.1, COUNTIES), stations) + dice.uniform(-0.2, 0.2, n)
    east, north = dice.normal(0.0, jitter_m / np.sqrt(2.0), (2, n))
    lon = village_lon + east / (A_DEGREE_M * np.cos(np.deg2rad(village_lat)))
    lat = village_lat + north / A_DEGREE_M
    first = np.arange(n) % stations < stations // 2
    shifted = {"none": np.zeros(n, bool), "all": np.ones(n, bool), "half": first}[mixed]
    wrong_lon, wrong_lat = from_cgcs2000(lon, lat, datum)
    lon, lat = np.where(shifted, wrong_lon, lon), np.where(shifted, wrong_lat, lat)
    lon, lat = to_cgcs2000(lon, lat, declared)
    counties = [f"43{number:04d}" for number in np.repeat(np.arange(COUNTIES), stations)]
    batches = ["first" if one and imports else "second" for one in first]
    return Points(lon, lat, village_lon, village_lat, texts(counties), texts([declared] * n), texts(batches))


def verdicts(points: Points) -> Counter[tuple[str, str]]:
    return Counter((one.verdict, one.truth) for one in check_counties(points))


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_every_mixed_county_is_found_and_clean_ones_are_left_alone(seed: int) -> None:
    assert verdicts(province(seed)) == {("clean", "cgcs2000"): 122}
    assert verdicts(province(seed, mixed="all")) == {("mixed", "gcj02"): 122}
    assert verdicts(province(seed, mixed="all", datum="bd09")) == {("mixed", "bd09"): 122}


def test_with_400_metres_on_each_axis_a_few_err_as_the_figures_promise() -> None:
    # Mean vector 616 m, error 400 / sqrt(10) = 126 m: halfway is 2.4 errors off, 0.7 % on each side.
    clean, mixed = (
        sum((verdicts(province(seed, jitter_m=565.7, mixed=how)) for seed in range(5)), Counter[tuple[str, str]]())
        for how in ("none", "all")
    )
    assert clean == {("clean", "cgcs2000"): 607, ("mixed", "gcj02"): 2, ("reversed", "gcj02"): 1}
    assert mixed == {("mixed", "gcj02"): 609, ("clean", "cgcs2000"): 1}


def test_pairs_named_shifted_that_are_plain_or_of_the_other_datum() -> None:
    assert verdicts(province(1, mixed="none", declared="gcj02")) == {("mixed", "cgcs2000"): 122}
    assert verdicts(province(1, mixed="all", declared="gcj02")) == {("clean", "gcj02"): 122}
    assert verdicts(province(1, mixed="all", datum="bd09", declared="gcj02")) == {("mixed", "bd09"): 122}


def test_shifted_villages_are_told_from_shifted_stations() -> None:
    points = province(1)
    villages = from_cgcs2000(points.village_lon, points.village_lat, "gcj02")
    points.village_lon[:], points.village_lat[:] = villages
    assert verdicts(points) == {("reversed", "gcj02"): 122}


def test_halves_are_told_apart_by_their_import() -> None:
    found = check_counties(province(1, stations=20, mixed="half", imports=True))
    assert Counter((one.verdict, one.truth) for one in found) == {("partly", "gcj02"): 122}
    assert Counter(tuple(one.bad_batches) for one in found) == {("first",): 122}
    assert verdicts(province(1, stations=20, imports=True)) == {("clean", "cgcs2000"): 122}


def test_halves_without_a_sign_are_told_by_how_they_lie() -> None:
    found = check_counties(province(2, stations=40, mixed="half"))
    assert Counter(one.verdict for one in found) == {"partly": 121, "mixed": 1}
    right = np.concatenate([(one.suspicion > 0.5) == (np.arange(40) < 20) for one in found])
    assert round(float(right.mean()), 2) == 0.86
    assert abs(float(np.mean([one.share for one in found])) - 0.5) < 0.01


def test_one_station_in_a_wrong_village_does_not_decide() -> None:
    points = province(3)
    points.lon[::10] += 0.035  # the first of each county stands 3.4 km east of its village
    assert verdicts(points)[("clean", "cgcs2000")] >= 121
    points.lon[::10] += 1.0  # too far to witness anything
    assert {one.whole.stations for one in check_counties(points)} == {9}


def test_few_stations_stations_on_the_point_and_no_stations_say_nothing() -> None:
    assert verdicts(province(1, stations=4, mixed="all")) == {("too_few", "cgcs2000"): 122}
    points = province(1)
    points.lon[:], points.lat[:] = points.village_lon, points.village_lat
    assert verdicts(points) == {("too_few", "cgcs2000"): 122}
    points.lon[:] = np.nan
    assert verdicts(points) == {("too_few", "cgcs2000"): 122}
    nothing, none = np.empty(0), texts([])
    assert check_counties(Points(nothing, nothing, nothing, nothing, none, none, none)) == []


def test_the_figures_of_one_heap_by_hand() -> None:
    # Three villages with stations exactly on the shifted spot, two 100 m beside it: nothing bends, p = 1, no doubt.
    v = np.array([300.0, -400.0])
    d = np.array([v, v, v, v + np.array([60.0, 80.0]), v - np.array([60.0, 80.0])])
    found = judge(d, {"gcj02": v, "bd09": np.array([1200.0, 0.0])}, "cgcs2000", GuardRules(), 2.0)
    assert (found.verdict, found.truth, found.stations) == ("mixed", "gcj02", 5)
    assert round(found.projections["gcj02"], 9) == 1.0
    assert found.shift_m == 500.0
    # Below: exactly halfway is not «more than half».
    half = judge(np.tile(v / 2, (5, 1)), {"gcj02": v}, "cgcs2000", GuardRules(), 2.0)
    assert (half.projections["gcj02"], half.verdict) == (0.5, "clean")


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.floats(75.0, 134.0), st.floats(18.0, 53.0), st.floats(-3.0, 3.0))
def test_offsets_and_shifts_agree_with_the_sphere(lon: float, lat: float, km: float) -> None:
    there = (lon + km / 150.0, lat - km / 200.0)
    flat = float(np.hypot(*offsets_m(lon, lat, *there)))
    assert abs(flat - float(haversine_m(lon, lat, *there))) < 0.002 * flat + 0.001
    # Converting as declared what is as declared shifts nothing.
    assert float(np.hypot(*shift_m(lon, lat, "gcj02", "gcj02"))) < 0.001


def test_hubers_mean_is_the_mean_without_outliers_and_stays_with_one() -> None:
    around = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]) * 100.0
    assert huber_mean(around)[0].tolist() == [0.0, 0.0]
    mean, typical = huber_mean(np.vstack((around, [[4000.0, 0.0]])))
    assert 0 < mean[0] < 80
    assert typical < 150
    assert round(two_heaps(np.tile([300.0, 0.0], (6, 1)), np.array([300.0, 0.0])).share, 3) == 1.0


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.floats(-180.0, 180.0), st.floats(-180.0, 180.0))
def test_single_pairs_are_judged_by_the_same_words_as_one_at_a_time(lon: float, lat: float) -> None:
    word = check_pair(lon, lat)
    assert pair_faults(lon, lat)[0] == (None if word == PLAUSIBLE else word)


def test_single_pairs() -> None:
    told = pair_faults([111.3, 25.3, 0.0, 12.0, np.nan], [25.3, 111.3, 0.0, 12.0, 25.0])
    assert told.tolist() == [None, "swapped", "zero", "outside", None]


def test_who_lies_in_another_county_with_outlines_and_without() -> None:
    outlines = {"A": shapely.box(111, 25, 112, 26), "B": shapely.box(112, 25, 113, 26)}
    lon = np.array([111.5, 112.5, 112.01, 112.4, 120.0, np.nan])
    lat = np.full(6, 25.5)
    county = texts(["A"] * 6)
    village = np.array([111.5, 111.5, 111.99, np.nan, 111.5, 111.5])
    known, at, whose = np.array([111.5, 112.5]), np.array([25.5, 25.5]), texts(["A", "B"])
    found = strayed(lon, lat, county, village, lat, known, at, whose, outlines)
    # In place; in B; over the border but 2 km from its village; in B, village unknown; in none; no pair.
    assert found.tolist() == [False, True, False, True, True, False]
    far = strayed(lon, lat, county, village, lat, known, at, whose)
    assert far.tolist() == [False, True, True, True, True, False]
    assert strayed(lon, lat, texts(["C"] * 6), village, lat, known, at, whose).tolist() == [False] * 6
