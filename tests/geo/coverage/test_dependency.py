"""Dependency, pruning and delisting, each against taking stations away one by one and looking."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.dependency import redundant_stations, single_points, what_if, without
from geo.coverage.situation import DEAD
from geo.coverage.stages import link_counts, service_of
from geo.measure import GreatCircle
from tests.geo.coverage.making import RULES, laid, rules, situations

MEASURE = GreatCircle()


def lost(situation, by, rows):
    return np.flatnonzero(service_of(situation, by) & ~service_of(without(situation, rows), by)).tolist()


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(situation=situations(), by=rules())
def test_single_points_are_what_closing_each_station_loses(situation, by):
    found = single_points(situation, by)
    one_by_one = {row: lost(situation, by, [row]) for row in range(len(situation.stations.code))}
    assert {(v, s) for s, villages in one_by_one.items() for v in villages} == set(
        zip(found.villages.tolist(), found.only_station.tolist(), strict=True)
    )
    people, poor = np.nan_to_num(situation.villages.people), situation.villages.is_poor
    for row, count, many_poor, weight in zip(found.stations, found.count, found.poor, found.weight, strict=True):
        mine = one_by_one[int(row)]
        assert (count, many_poor, weight) == (len(mine), poor[mine].sum(), people[mine].sum())


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(situation=situations(), by=rules())
def test_redundant_stations_go_together_and_no_other_can_follow(situation, by):
    gone = redundant_stations(situation, by).tolist()
    serving = set(situation.links.station[link_counts(situation, by)].tolist())
    assert set(gone) <= serving
    assert lost(situation, by, gone) == []
    for row in serving - set(gone):
        assert lost(situation, by, [*gone, row]) != []


def test_of_two_stations_in_one_village_one_may_go():
    two = laid(at=(0, 9), stations=({"village": 0}, {"village": 0}, {"village": 1}))
    assert redundant_stations(two, RULES).tolist() == [0]
    assert single_points(two, RULES).villages.tolist() == [1]
    assert single_points(two, RULES).only_station.tolist() == [2]


def test_the_most_critical_station_comes_first_poor_villages_before_many():
    three = laid(at=(0, 9, 18, 27), stations=({"village": 0}, {"village": 3}), links=((0, 0), (0, 1), (0, 2), (1, 3)),
                 poor=(3,))  # fmt: skip
    found = single_points(three, RULES)
    assert (found.stations.tolist(), found.count.tolist(), found.poor.tolist()) == ([1, 0], [1, 3], [1, 0])
    assert found.weight.tolist() == [100.0, 300.0]


def test_an_empty_network_hangs_on_nothing():
    nothing = laid(at=(0, 1))
    assert single_points(nothing, RULES).villages.tolist() == []
    assert redundant_stations(nothing, RULES).tolist() == []
    assert what_if(nothing, RULES, MEASURE, []).villages.tolist() == []


def test_a_delisting_names_poor_villages_first_and_leaves_what_was_built():
    five = laid(
        at=(0, 9, 18, 27, 27.5), stations=tuple({"village": row} for row in range(5)), poor=(2,),
        people=(100, 300, 50, np.nan, 10),
    )  # fmt: skip
    cost = what_if(five, RULES, MEASURE, [0, 1, 2, 3])
    assert cost.villages.tolist() == [2, 1, 0, 3]
    assert (cost.poor, cost.people) == (1, 450.0)
    assert cost.out_of_reach.tolist() == [0, 1, 2]
    assert (cost.before["service"].share, cost.after["service"].share) == (1.0, 0.2)
    assert (cost.before["built"], cost.after["built"].share) == (cost.after["built"], 1.0)
    assert (cost.poor_before["service"].share, cost.poor_after["service"].share) == (1.0, 0.0)
    assert (five.stations.life != DEAD).all()


def test_removing_what_serves_nobody_costs_nothing():
    one = laid(at=(0,), stations=({"village": 0}, {"village": 0, "life": DEAD}))
    cost = what_if(one, RULES, MEASURE, np.array([1]))
    assert cost.villages.tolist() == []
    assert cost.before["service"] == cost.after["service"]


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(situation=situations(), by=rules(), part=st.floats(0, 1))
def test_what_is_lost_is_the_difference_of_the_shares(situation, by, part):
    rows = list(range(round(part * len(situation.stations.code))))
    cost = what_if(situation, by, MEASURE, rows)
    assert sorted(cost.villages.tolist()) == lost(situation, by, rows)
    assert cost.before["service"].covered - cost.after["service"].covered == len(cost.villages)
    poor = situation.villages.is_poor[cost.villages]
    assert poor.tolist() == sorted(poor.tolist(), reverse=True)
    assert cost.poor == pytest.approx(poor.sum())
