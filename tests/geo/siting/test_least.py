"""The least number of sites against trying every choice, and villages that nobody can reach."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measure import GreatCircle
from geo.siting.covers import cover_of, covered_by
from geo.siting.least import least_sites
from tests.geo.siting.making import cover, problems
from tests.geo.small_situation import places


def _least_by_trying(made, already, wanted):
    for many in range(made.sites + 1):
        for rows in itertools.combinations(range(made.sites), many):
            if (already | covered_by(made, list(rows))).sum() >= wanted:
                return many
    return None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=problems(), share=st.sampled_from([0.5, 0.8, 1.0]))
def test_no_fewer_sites_would_do(problem, share):
    made, _, already = problem
    found = least_sites(made, already, share)
    wanted = math.ceil(share * made.villages)
    assert (found.wanted, found.of, found.already) == (wanted, made.villages, already.sum())
    assert found.number == _least_by_trying(made, already, wanted)
    assert found.covered == (already | covered_by(made, found.sites)).sum()
    assert found.unreachable.tolist() == np.flatnonzero(~already & ~made.reached()).tolist()
    if found.number is not None:
        assert found.is_proven
        assert found.covered >= wanted
    rough = least_sites(made, already, share, exact_cells=0)
    if rough.number is not None:
        assert rough.at_least <= found.number <= rough.number
        assert rough.covered >= wanted


def test_villages_out_of_reach_are_named_and_the_share_said_to_be_impossible():
    made = cover([[0, 1], [2]], 5)
    already = np.array([False, False, False, True, False])
    found = least_sites(made, already)
    assert (found.number, found.at_least, found.is_proven) == (None, None, False)
    assert (found.unreachable.tolist(), found.sites.tolist(), found.covered) == ([4], [0, 1], 4)
    # Four of five is as many as there can be.
    assert (least_sites(made, already, 0.8).number, least_sites(made, already, 0.6).number) == (2, 1)
    assert least_sites(made, already, 0.2).number == 0


def test_the_denominator_keeps_who_cannot_be_reached():
    assert least_sites(cover([[0]], 2), np.zeros(2, bool), 0.5).number == 1
    assert least_sites(cover([[0]], 3), np.zeros(3, bool), 0.5).number is None


@pytest.mark.parametrize("share", [0.0, -0.1, 1.01])
def test_a_share_is_a_share(share):
    with pytest.raises(ValueError, match="share"):
        least_sites(cover([[0]], 1), np.zeros(1, bool), share)


def test_no_village_needs_no_site():
    assert least_sites(cover([], 0), np.zeros(0, bool)).number == 0


def test_a_county_is_proven_and_the_greedy_answer_lies_between_its_bounds():
    rng = np.random.default_rng(11)
    lon, lat = places(rng.uniform(0, 30_000, (250, 2)))
    made = cover_of(GreatCircle(), lon, lat, lon, lat, 4000)
    none = np.zeros(250, bool)
    exact, rough = least_sites(made, none), least_sites(made, none, exact_cells=0)
    assert exact.is_proven
    assert (exact.covered, rough.covered) == (250, 250)
    assert rough.at_least <= exact.number <= rough.number
    assert least_sites(made, none, 0.5).number < least_sites(made, none, 0.8).number < exact.number
