"""Datums: known pairs, both directions, the whole mainland box, and the millimetre."""

import numpy as np
import pytest

from geo.datum import from_cgcs2000, to_cgcs2000
from geo.distance import haversine_m


def test_a_known_point_of_beijing_is_shifted_as_published():
    # The public sample point of the polynomial: 116.404, 39.915.
    lon, lat = from_cgcs2000(116.404, 39.915, "gcj02")
    assert lon == pytest.approx(116.41024449916938, abs=1e-9)
    assert lat == pytest.approx(39.91640428150164, abs=1e-9)


def test_bd09_of_a_known_gcj_point():
    # The published BD-09 of GCJ-02 (116.404, 39.915) is (116.41036949371029, 39.92133699351021).
    lon, lat = from_cgcs2000(*to_cgcs2000(116.404, 39.915, "gcj02"), "bd09")
    assert lon == pytest.approx(116.41036949371029, abs=1e-9)
    assert lat == pytest.approx(39.92133699351021, abs=1e-9)


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_round_trips_stay_below_a_millimetre_over_the_mainland_box(datum):
    lon, lat = (grid.ravel() for grid in np.meshgrid(np.linspace(73.0, 135.1, 621), np.linspace(17.9, 54.0, 361)))
    there = from_cgcs2000(lon, lat, datum)
    assert haversine_m(*to_cgcs2000(*there, datum), lon, lat).max() < 0.001
    back = to_cgcs2000(lon, lat, datum)
    assert haversine_m(*from_cgcs2000(*back, datum), lon, lat).max() < 0.001
    assert haversine_m(*there, lon, lat).min() > 15


@pytest.mark.parametrize(("datum", "metres"), [("gcj02", 2e-6), ("bd09", 2e-5)])
def test_four_steps_leave_what_the_module_says(datum, metres):
    dice = np.random.default_rng(4)
    lon, lat = dice.uniform(73.0, 135.1, 20_000), dice.uniform(17.9, 54.0, 20_000)
    back = to_cgcs2000(*from_cgcs2000(lon, lat, datum), datum)
    assert haversine_m(*back, lon, lat).max() < metres


@pytest.mark.parametrize("datum", ["cgcs2000", "wgs84"])
def test_unshifted_datums_come_back_as_they_were_and_never_as_the_callers_array(datum):
    lon, lat = np.array([112.1]), np.array([28.5])
    x, y = to_cgcs2000(lon, lat, datum)
    x[0] = 0.0
    assert (lon[0], y[0]) == (112.1, 28.5)


def test_scalars_and_arrays_agree():
    lon, lat = to_cgcs2000([112.1, 103.2], [28.5, 35.6], "bd09")
    assert (float(lon[1]), float(lat[1])) == tuple(map(float, to_cgcs2000(103.2, 35.6, "bd09")))
    assert np.ndim(to_cgcs2000(103.2, 35.6, "bd09")[0]) == 0


def test_nothing_is_nothing():
    assert to_cgcs2000([], [], "gcj02")[0].shape == (0,)


def test_an_unknown_datum_is_named():
    with pytest.raises(ValueError, match="unknown datum 'xian80'"):
        to_cgcs2000(112.0, 28.0, "xian80")
