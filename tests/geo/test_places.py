"""The on-site test, the rough check of a pair, and the area a point lies in."""

import numpy as np
import pytest
from shapely import box
from shapely.geometry import Point, Polygon

from geo.areas import locate
from geo.china import check_pair
from geo.distance import destination
from geo.onsite import OnSiteTest, judge_on_site

STATION = (112.1, 28.5)


def _fix(distance_m):
    if distance_m == 0:
        return STATION
    lon, lat = destination(*STATION, 60, distance_m)
    return float(lon), float(lat)


@pytest.mark.parametrize(
    ("distance_m", "accuracy_m", "verdict"),
    [
        (0, 100, "on_site"),  # exactly R still proves presence
        (79.9, 20, "on_site"),
        (80.1, 20, "unclear"),
        (119.9, 20, "unclear"),
        (120.1, 20, "away"),
        (500, 450, "unclear"),
        (500, 30, "away"),
        (0, 101, "unclear"),
        (10, None, "unclear"),
        (10, -1, "unclear"),
        (10, float("nan"), "unclear"),
    ],
)
def test_three_answers(distance_m, accuracy_m, verdict):
    test = judge_on_site(_fix(distance_m), STATION, accuracy_m, radius_m=100)
    assert test.verdict == verdict
    assert test.distance_m == pytest.approx(distance_m, abs=1e-3)


@pytest.mark.parametrize(("fix", "station"), [(None, STATION), (STATION, None), ((float("nan"), 28.5), STATION)])
def test_without_a_fix_nothing_is_said(fix, station):
    assert judge_on_site(fix, station, 10, 100) == OnSiteTest(None, "no_fix")


@pytest.mark.parametrize(
    ("lon", "lat", "word"),
    [
        (112.1, 28.5, "plausible"),
        (73.0, 3.0, "plausible"),
        (135.1, 54.0, "plausible"),
        (28.5, 112.1, "swapped"),
        (0, 0, "zero"),
        (0.0, -0.0, "zero"),
        (float("nan"), 28.5, "not_finite"),
        (112.1, float("inf"), "not_finite"),
        (112.1, 54.01, "outside"),
        (-112.1, 28.5, "outside"),
    ],
)
def test_a_rough_look_at_a_pair(lon, lat, word):
    assert check_pair(lon, lat) == word


COUNTIES = {"430922": box(112, 28, 113, 29), "430124": box(113, 28, 114, 29), "": box(100, 20, 120, 40)}


def test_each_point_finds_its_county():
    found = locate(COUNTIES, [112.5, 113.5, 120.0, np.nan], [28.5, 28.5, 28.5, 28.5])
    assert found.tolist() == ["430922", "430124", None, None]


def test_a_point_on_a_border_has_one_home_whatever_the_order():
    backwards = dict(reversed(COUNTIES.items()))
    assert locate(COUNTIES, 113.0, 28.5).tolist() == ["430124"]
    assert locate(backwards, 113.0, 28.5).tolist() == ["430124"]


def test_no_areas_and_no_points():
    assert locate({}, [112.5], [28.5]).tolist() == [None]
    assert locate(COUNTIES, [], []).tolist() == []


def test_an_invalid_outline_is_made_valid():
    bow_tie = Polygon([(112, 28), (113, 29), (113, 28), (112, 29)])
    assert locate({"659006": bow_tie}, [112.1, 112.5], [28.5, 28.9]).tolist() == ["659006", None]


def test_holes_belong_to_nobody():
    ring = box(112, 28, 113, 29).difference(box(112.4, 28.4, 112.6, 28.6))
    assert locate({"430922": ring}, [112.5, 112.3], [28.5, 28.5]).tolist() == [None, "430922"]


def test_many_points_at_once():
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(111, 115, 2000), rng.uniform(27, 30, 2000)
    found = locate(COUNTIES, lon, lat)
    inside = (lon > 112) & (lon < 114) & (lat > 28) & (lat < 29)
    assert ((found != None) == inside).all()  # noqa: E711 - compared element by element
    assert (found[inside & (lon < 113)] == "430922").all()


def test_areas_are_what_asking_every_polygon_finds():
    dice = np.random.default_rng(9)
    # Stars that overlap, over several bands of latitude, and points on their corners among the others.
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    stars = {}
    for number in range(12):
        reach = dice.uniform(0.2, 1.5, 12)
        middle = dice.uniform((110, 26), (114, 30))
        stars[f"{number:06d}"] = Polygon(middle + reach[:, None] * np.column_stack((np.cos(angles), np.sin(angles))))
    corners = np.vstack([np.array(star.exterior.coords) for star in stars.values()])
    points = np.vstack((dice.uniform((108, 24), (116, 32), (400, 2)), corners))
    plain = [next((code for code, star in stars.items() if star.intersects(Point(at))), None) for at in points]
    assert locate(stars, points[:, 0], points[:, 1]).tolist() == plain


def test_points_beyond_the_earth_lie_nowhere():
    found = locate(COUNTIES, [112.5, 1e300, 112.5, np.inf], [28.5, 28.5, -1e300, 28.5])
    assert found.tolist() == ["430922", None, None, None]
