"""The stages against plain loops, and the cases people argue about."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from geo.coverage.rules import CoverageRules
from geo.coverage.situation import DEAD, DORMANT, PRESUMED_DEAD, UNKNOWN, WEAK
from geo.coverage.stages import link_counts, nearest_serving, service_of, stages_of
from geo.distance import haversine_m
from geo.measure import GreatCircle
from tests.geo.coverage.making import BUY, NOWHERE, PARCELS, REPORTED, RULES, laid, rules, situations

MEASURE = GreatCircle()
NAMES = ("built", "listed", "geographic", "alive", "service", "evidenced", "service_high")


def told(situation, rules=RULES):
    stages = stages_of(situation, rules, MEASURE)
    return {name: getattr(stages, name).tolist() for name in NAMES}


def looped(situation, rules):
    """The definitions, one village and one link after another."""
    s, links, found = situation.stations, situation.links, []

    def required(bits):
        any_of = not rules.required_any or bool(bits & rules.required_any)
        return any_of and not (rules.required_all & ~bits)

    least = {"any": 0, "reported": 2, "verified": 3}[rules.floor]

    def lives(row):
        good = (0, 1) if rules.counts_weak else (0,)
        return bool(s.is_listed[row]) and s.life[row] in good and s.confidence[row] >= least

    for v in range(len(situation.villages.code)):
        mine = [k for k in range(len(links.village)) if links.village[k] == v]
        serving = [k for k in mine if lives(links.station[k]) and required(int(links.services[k]))]
        here = any(s.village[links.station[k]] == v and s.confidence[links.station[k]] >= 3 for k in serving)
        arrived = sum(int(links.parcels[k]) for k in serving) >= rules.evidence_parcels and bool(serving)
        far = [
            float(haversine_m(situation.villages.lon[v], situation.villages.lat[v], s.lon[row], s.lat[row]))
            for row in range(len(s.code)) if lives(row)
        ]  # fmt: skip
        found.append((
            bool(mine), any(bool(s.is_listed[links.station[k]]) for k in mine),
            any(metres <= rules.geographic_m + 1e-6 for metres in far),
            any(lives(links.station[k]) for k in mine), bool(serving), here or arrived,
            any(s.is_listed[links.station[k]] and s.life[links.station[k]] != DEAD and required(int(links.services[k]))
                for k in mine),
        ))  # fmt: skip
    return {name: [row[at] for row in found] for at, name in enumerate(NAMES)}


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(situation=situations(), by=rules())
def test_stages_are_what_their_definitions_say(situation, by):
    stages = stages_of(situation, by, MEASURE)
    assert told(situation, by) == looped(situation, by)
    for more, less in zip(("built", "listed", "alive", "service"), NAMES[1:2] + NAMES[3:6], strict=True):
        assert not (getattr(stages, less) & ~getattr(stages, more)).any()
    assert not (stages.service & ~stages.service_high).any()
    assert (service_of(situation, by) == stages.service).all()
    assert ((stages.nearest_station < 0) == np.isinf(stages.nearest_alive)).all()


def test_an_empty_network_covers_nobody():
    stages = stages_of(laid(at=(0, 1, 2)), RULES, MEASURE)
    assert told(laid(at=(0, 1, 2))) == {name: [False, False, False] for name in NAMES}
    assert stages.nearest_alive.tolist() == [np.inf] * 3
    assert stages.nearest_station.tolist() == [-1] * 3


def test_no_villages_and_no_stations_are_nothing():
    assert told(laid(at=())) == {name: [] for name in NAMES}


def test_a_village_two_stations_serve_is_one_village():
    two = laid(at=(0, 5), stations=({"village": 0}, {"village": 0}))
    assert told(two)["service"] == [True, False]
    assert link_counts(two, RULES).tolist() == [True, True]


@pytest.mark.parametrize(("life", "alive", "high"), [
    (WEAK, True, True), (DORMANT, False, True), (PRESUMED_DEAD, False, True), (UNKNOWN, False, True),
    (DEAD, False, False),
])  # fmt: skip
def test_what_a_life_counts_for(life, alive, high):
    one = told(laid(at=(0,), stations=({"village": 0, "life": life},)))
    assert (one["alive"], one["service"], one["service_high"]) == ([alive], [alive], [high])
    assert one["built"] == one["listed"] == [True]


def test_a_weak_station_counts_only_where_the_rules_say_so():
    weak = laid(at=(0,), stations=({"village": 0, "life": WEAK},))
    assert told(weak, replace(RULES, counts_weak=False))["alive"] == [False]


def test_a_delisted_station_was_built_and_counts_for_nothing_else():
    gone = told(laid(at=(0,), stations=({"village": 0, "is_listed": False},)))
    assert [name for name in NAMES if gone[name] == [True]] == ["built"]


def test_by_place_is_not_by_service():
    served_from_afar = laid(at=(0, 2), stations=({"village": 1, "km": 2},), links=((0, 0),))
    assert told(served_from_afar)["geographic"] == [True, True]
    assert told(served_from_afar)["service"] == [True, False]


def test_the_radius_itself_is_covered():
    at_3_km = laid(at=(0,), stations=({"village": 0, "km": 3},))
    assert told(at_3_km, CoverageRules(geographic_m=3000))["geographic"] == [True]
    assert told(at_3_km, CoverageRules(geographic_m=2999.9))["geographic"] == [False]


def test_a_village_or_station_without_a_place_is_served_and_never_near():
    nowhere = laid(at=(NOWHERE, 0), stations=({"village": 0}, {"village": 1, "km": NOWHERE}))
    assert told(nowhere)["geographic"] == [False, False]
    assert told(nowhere)["service"] == [True, True]


def test_required_services_are_all_of_some_and_one_of_others():
    for services, serves in ((BUY, False), (PARCELS, False), (BUY | PARCELS, True)):
        one = laid(at=(0,), stations=({"village": 0, "services": services},))
        assert told(one)["service"] == [serves]
        assert told(one, CoverageRules())["service"] == [True]


def test_evidence_is_a_verified_station_in_the_village_or_enough_parcels():
    seen = {"village": 0, "confidence": REPORTED}
    assert told(laid(at=(0,), stations=(seen,), parcels=(2,)))["evidenced"] == [False]
    assert told(laid(at=(0,), stations=(seen,), parcels=(3,)))["evidenced"] == [True]
    assert told(laid(at=(0,), stations=(seen, seen), parcels=(1, 2)))["evidenced"] == [True]
    assert told(laid(at=(0,), stations=(seen, {"village": 0, "life": DEAD}), parcels=(0, 9)))["evidenced"] == [False]
    assert told(laid(at=(0,), stations=({"village": 0},)))["evidenced"] == [True]
    assert told(laid(at=(0, 1), stations=({"village": 0},), links=((0, 1),)))["evidenced"] == [False, False]


def test_the_nearest_station_that_serves_may_be_farther_than_the_nearest():
    near_without = laid(at=(0,), stations=({"village": 0, "km": 1, "services": BUY}, {"village": 0, "km": 2}))
    assert stages_of(near_without, RULES, MEASURE).nearest_station.tolist() == [0]
    rows, metres = nearest_serving(near_without, RULES, MEASURE)
    assert (rows.tolist(), metres.tolist()) == ([1], [pytest.approx(2000, abs=1e-3)])
