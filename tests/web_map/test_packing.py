"""Columns come back as the stations they were; counts, shares and points of units are those of the definition."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app_schema.vocab import ListingStatus, Vitality
from geo.datum import from_cgcs2000
from geo.tiles import tile_box, tiles_of
from web_map.packing import (
    LISTINGS,
    STATES,
    Dot,
    box_of_tile,
    count_states,
    dots_of_tile,
    heaps_of,
    pack_shares,
    pack_stations,
    shares_of,
    unit_at,
)

COUNTY = "/CN/43/4311/431125/"


def dot(number: int, vitality: str = "alive", lon: float | None = 111.3, lat: float | None = 25.2,
        path: str = COUNTY) -> Dot:  # fmt: skip
    return Dot(number, lon, lat, vitality, "active", path)


dots = st.lists(
    st.builds(
        Dot,
        station_id=st.integers(1, 10**7),
        lon=st.none() | st.floats(73, 135),
        lat=st.floats(3, 54),
        vitality=st.sampled_from(list(Vitality)),
        listing_status=st.sampled_from(list(ListingStatus)),
        unit_path=st.just(COUNTY),
    ),
    max_size=60,
    unique_by=lambda one: one.station_id,
)


@given(dots)
def test_columns_come_back_as_the_stations_they_were(given_dots: list[Dot]) -> None:
    packed = pack_stations(given_dots, "cgcs2000")
    columns = (accumulate(packed["id"]), accumulate(packed["x"]), accumulate(packed["y"]), packed["s"], packed["l"])
    read = {
        number: (x / 1e5, y / 1e5, STATES[int(state)], LISTINGS[int(listing)])
        for number, x, y, state, listing in zip(*columns, strict=True)
    }
    placed = {one.station_id: one for one in given_dots if one.lon is not None}
    assert read.keys() == placed.keys()
    for number, (lon, lat, state, listing) in read.items():
        assert (lon, lat) == pytest.approx((placed[number].lon, placed[number].lat), abs=6e-6)
        assert (state, listing) == (placed[number].vitality, placed[number].listing_status)
    assert packed["n"] == len(given_dots)
    assert packed["unplaced"] == len(given_dots) - len(placed)


def test_many_stations_travel_in_coarser_units_and_stay_within_three_metres() -> None:
    many = [dot(number, lon=111.0 + number * 0.00073, lat=25.0 + number % 97 * 0.0031) for number in range(1, 5001)]
    packed = pack_stations(many, "cgcs2000")
    assert (packed["per_degree"], pack_stations(many[1:], "cgcs2000")["per_degree"]) == (20_000, 100_000)
    places = zip(accumulate(packed["id"]), accumulate(packed["x"]), accumulate(packed["y"]), strict=True)
    for number, x, y in places:
        assert (x / 20_000, y / 20_000) == pytest.approx((many[number - 1].lon, many[number - 1].lat), abs=2.6e-5)


def test_nothing_packs_to_nothing() -> None:
    packed = pack_stations([], "gcj02")
    assert (packed["x"], packed["id"], packed["s"], packed["n"]) == ([], [], "", 0)


def test_tiles_in_gcj02_shift_the_stations_not_the_tiles() -> None:
    packed = pack_stations([dot(1)], "gcj02")
    lon, lat = from_cgcs2000(111.3, 25.2, "gcj02")
    assert packed["x"] == [round(float(lon) * 1e5)]
    assert packed["y"] == [round(float(lat) * 1e5)]
    assert abs(packed["x"][0] - 11_130_000) > 200


def test_shares_of_the_written_example() -> None:
    # The test case of F3: ten built, two dead, five alive, one dormant, one presumed dead, one unknown.
    states = ["alive"] * 5 + ["dead"] * 2 + ["dormant", "presumed_dead", "unknown", "not_started"]
    assert shares_of(count_states(states)) == {
        "built": 10, "living": 5, "share": 0.5, "low": 0.5, "high": 0.8, "unknown_share": 0.3,
    }  # fmt: skip


def test_nobody_built_gives_no_share_rather_than_zero() -> None:
    assert shares_of(count_states(["not_started"]))["share"] is None


def test_every_state_is_counted_by_itself_and_named_even_at_zero() -> None:
    counts = count_states(["unknown", "alive", "unknown"])
    assert {state: count for state, count in counts.items() if count} == {"alive": 1, "unknown": 2}
    assert list(counts) == ["alive", "weak", "dormant", "presumed_dead", "dead", "unknown", "not_started"]


@pytest.mark.parametrize(
    ("path", "level", "code"),
    [
        ("/CN/43/4311/431125/431125100/431125100201/", "prefecture", "4311"),
        ("/CN/43/4311/431125/431125100/431125100201/", "township", "431125100"),
        ("/CN/42/429004/429004001/", "prefecture", "429004"),
        ("/CN/43/", "county", "43"),
    ],
)
def test_unit_of_a_level_or_the_nearest_below_it(path: str, level: str, code: str) -> None:
    assert unit_at(path, level) == code


def test_a_units_point_is_the_mean_of_its_stations() -> None:
    given_dots = [dot(1, lon=111.0, lat=25.0), dot(2, "dead", lon=112.0, lat=26.0), dot(3, "unknown", lon=None)]
    (row,) = pack_shares(heaps_of(given_dots), "county", {"431125": ("江永县", None, None)}, "cgcs2000")
    assert (row["name"], row["lon"], row["lat"], row["n"], row["share"]) == ("江永县", 111.5, 25.5, 3, 0.3333)


def test_a_unit_whose_stations_have_no_place_takes_its_own() -> None:
    (row,) = pack_shares(heaps_of([dot(1, lon=None)]), "county", {"431125": ("江永县", 111.34, 25.27)}, "cgcs2000")
    assert (row["lon"], row["lat"]) == (111.34, 25.27)


@given(dots, st.integers(3, 9), st.sampled_from(["cgcs2000", "gcj02"]))
def test_every_placed_station_lies_in_exactly_one_tile_and_in_its_box(
    given_dots: list[Dot], z: int, datum: str
) -> None:
    placed = [one for one in given_dots if one.lon is not None]
    shown = from_cgcs2000([one.lon or 0.0 for one in placed], [one.lat or 0.0 for one in placed], datum)
    tiles = {(z, int(x), int(y)) for x, y in zip(*tiles_of(*shown, z), strict=True)}
    found: list[int] = []
    for tile in tiles:
        west, south, east, north = box_of_tile(*tile)
        for one in dots_of_tile(given_dots, tile, datum):
            assert west <= (one.lon or 0.0) <= east
            assert south <= (one.lat or 0.0) <= north
            found.append(one.station_id)
    assert sorted(found) == sorted(one.station_id for one in placed)


def test_a_tile_as_everybody_numbers_it() -> None:
    # Jiangyong in the tile that public tile calculators give for 111.34 E, 25.27 N.
    assert [int(axis) for axis in tiles_of(111.34, 25.27, 8)] == [207, 109]
    assert tile_box(8, 207, 109) == pytest.approx((111.09375, 24.5271348, 112.5, 25.7998912))
    with pytest.raises(ValueError, match="no tile 256/0 at zoom 8"):
        tile_box(8, 256, 0)
