"""The whole report of small places, by great circle and by road, and of an empty network."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from geo.coverage.report import closing, coverage_figures
from geo.coverage.rules import CoverageRules
from geo.coverage.situation import DEAD, UNKNOWN
from geo.measure import GreatCircle
from geo.roads.edges import Roads
from geo.roads.graph import RoadGraph
from geo.roads.measure import RoadMeasure
from tests.geo.coverage.making import NOWHERE, RULES, km, laid, situations

FIVE = laid(
    at=(0, 2, 20, 40, NOWHERE),
    stations=(
        {"village": 0, "parcels_a_day": 8.0}, {"village": 0}, {"village": 2, "life": DEAD},
        {"village": 3, "life": UNKNOWN},
    ),
    poor=(0, 3), people=(100, 200, 300, NOWHERE, 400), nodes_in=(0,),
)  # fmt: skip


def by_stage(funnel):
    return {row["stage"]: (row["covered"], row["of"]) for row in funnel}


def test_the_report_of_five_villages():
    report = coverage_figures(FIVE, RULES, GreatCircle())
    assert by_stage(report["funnel"]) == {
        "built": (3, 5), "listed": (3, 5), "geographic": (2, 5), "alive": (1, 5), "service": (1, 5),
        "evidenced": (1, 5),
    }  # fmt: skip
    assert report["hollow_rate"] == pytest.approx(2 / 3)
    assert report["interval"] == {"low": 0.2, "high": 0.4}
    assert [(row["radius_m"], row["covered"]) for row in report["geographic"]] == [
        (1000, 1), (2000, 2), (3000, 2), (5000, 2),
    ]  # fmt: skip
    assert by_stage(report["poor"]["funnel"])["service"] == (1, 2)
    assert report["poor"]["tilt"] is None
    assert by_stage(report["people"]["funnel"])["service"] == (100.0, 1000.0)
    assert report["people"]["unknown_share"] == 0.2
    assert [row["covered"] for row in report["floors"]] == [1, 1, 1]
    assert report["paper"] == {"listed_share": 0.6, "live_share": 0.2, "paper_only": pytest.approx(0.4)}
    assert report["gaps"] == {
        "no_station": 2, "station_dead": 1, "station_unknown": 1, "missing_service": 0, "no_evidence": 0,
        "no_logistics": 0, "late": 0,
    }  # fmt: skip
    assert report["single_points"] == {"villages": 0, "of_stations": 0, "stations": []}
    assert report["redundant"] == ["S0"]
    assert (report["checked"]["alive"], report["checked"]["checked"]) == (2, 4)
    assert [(row["code"], row["covered"], row["of"]) for row in report["units"]] == [("C", 1, 5)]


def test_what_has_no_place_and_what_no_station_reaches_are_named():
    report = coverage_figures(FIVE, RULES, GreatCircle())
    assert report["placed"] == {
        "covered": 4, "of": 5, "share": 0.8, "exact_share": 0.8, "unplaced": ["V4"],
        "by_quality": {"missing": 1, "township": 0, "village": 0, "geocoded": 0, "gps": 4},
    }  # fmt: skip
    assert (report["access"]["unreachable"], report["access"]["unreachable_villages"]) == (3, ["V2", "V3", "V4"])
    assert report["access"]["capacity_known"] == 0.5
    # Two stations of 8 parcels a day for 100 people at the door and 200 two kilometres off.
    assert report["access"]["mean_per_thousand"] == pytest.approx(1000 * 16 / 1000)


def test_an_empty_network_is_an_explained_nothing():
    report = coverage_figures(laid(at=(0, 9), poor=(0,)), RULES, GreatCircle())
    assert {row["share"] for row in report["funnel"]} == {0.0}
    assert report["gaps"]["no_station"] == 2
    assert (report["hollow_rate"], report["access"]["gini"], report["closing"]["moran_i"]) == (None, None, None)
    assert report["interval"] == {"low": 0.0, "high": 0.0}
    assert (report["checked"]["low"], report["checked"]["high"]) == (0.0, 1.0)


def test_no_villages_are_a_report_of_nothing():
    report = coverage_figures(laid(at=()), RULES, GreatCircle())
    assert {row["share"] for row in report["funnel"]} == {None}
    assert report["units"] == []


def test_by_road_the_same_villages_are_minutes_apart():
    # A road of 2 km that a car needs 12 minutes for; the other villages are off the road.
    lon, lat = km(0, 2), np.zeros(2)
    one = np.array([0]), np.array([1])
    roads = RoadMeasure(RoadGraph(Roads(lon, lat, *one, np.array([2000.0]), np.array([12.0]), np.array([False]))))
    report = coverage_figures(FIVE, RULES, roads)
    assert report["distance_unit"] == "min"
    assert [(row["radius_min"], row["covered"]) for row in report["geographic"]] == [(10, 1), (20, 2), (30, 2), (60, 2)]
    assert by_stage(report["funnel"])["geographic"] == (1, 5)
    assert by_stage(report["funnel"])["service"] == (1, 5)
    assert by_stage(coverage_figures(FIVE, CoverageRules(geographic_min=12), roads)["funnel"])["geographic"] == (2, 5)


def test_late_villages_are_a_reason_of_their_own_and_units_are_the_askers():
    report = coverage_figures(FIVE, RULES, GreatCircle(), late=np.arange(5) == 0, units=["A", "A", "B", "B", "B"])
    assert report["gaps"]["late"] == 1
    assert [(row["code"], row["covered"], row["of"]) for row in report["units"]] == [("A", 1, 2), ("B", 0, 3)]


def test_closing_is_told_for_townships_that_have_a_station_and_a_place():
    found = closing(FIVE, permutations=9, seed=3)
    assert (found["townships"], found["moran_i"], found["permutations"], found["seed"]) == (1, None, 9, 3)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(situation=situations(villages=25, stations=20))
def test_any_report_is_plain_numbers_and_adds_up(situation):
    report = coverage_figures(situation, RULES, GreatCircle())
    json.dumps(report, allow_nan=False)
    service = by_stage(report["funnel"])["service"]
    assert (sum(row["covered"] for row in report["units"]), sum(row["of"] for row in report["units"])) == service
    assert sum(report["gaps"].values()) <= len(situation.villages.code)
    assert [row["covered"] for row in report["floors"]] == sorted(
        (row["covered"] for row in report["floors"]), reverse=True
    )
