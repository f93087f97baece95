"""Chains over three levels: worked breaks, and reachability against walking every way."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.pairing.chain import chains
from tests.geo.small_situation import situation

COUNTY, TOWNSHIP, VILLAGE = 0, 1, 2


def _chains(levels, routes, served, many=1, standing=None):
    nodes = [(None, -1 if standing is None else standing[k], level, "", "") for k, level in enumerate(levels)]
    return chains(situation([(None, "t")] * many, (), nodes, routes, served))


def test_a_whole_chain_and_one_broken_at_each_level():
    # 0 county, 1 and 2 townships (nobody brings to 2), 3 a stop behind 1, 4 a stop behind 2, 5 a stop behind nobody.
    levels = [COUNTY, TOWNSHIP, TOWNSHIP, VILLAGE, VILLAGE, VILLAGE]
    routes = [(0, 1), (1, 3), (2, 4)]
    found = _chains(levels, routes, [(3, 0), (4, 1), (5, 2)], many=4)
    assert found.whole.tolist() == [True, False, False, False]
    assert found.broken.tolist() == [-1, COUNTY, TOWNSHIP, VILLAGE]
    assert found.share() == 0.25
    assert found.broken_by_level() == {"county": 1, "township": 1, "village": 1}


def test_a_township_may_serve_a_village_itself_and_a_county_may_not():
    assert _chains([COUNTY, TOWNSHIP], [(0, 1)], [(1, 0)]).whole.tolist() == [True]
    assert _chains([COUNTY], [], [(0, 0)]).broken.tolist() == [TOWNSHIP]
    assert _chains([COUNTY, VILLAGE], [(0, 1)], [(1, 0)]).broken.tolist() == [TOWNSHIP]


def test_routes_go_one_way_and_may_pass_through_others():
    assert _chains([COUNTY, TOWNSHIP, VILLAGE], [(1, 0), (1, 2)], [(2, 0)]).broken.tolist() == [COUNTY]
    round_about = [(0, 1), (1, 2), (2, 3)]
    assert _chains([COUNTY, TOWNSHIP, VILLAGE, VILLAGE], round_about, [(3, 0)]).whole.tolist() == [True]


def test_a_stop_serves_the_village_it_stands_in():
    levels = [COUNTY, TOWNSHIP, VILLAGE]
    assert _chains(levels, [(0, 1), (1, 2)], [], standing=[-1, -1, 0]).whole.tolist() == [True]
    # A township's node in a village is no stop of that village.
    assert _chains(levels, [(0, 1), (1, 2)], [], standing=[-1, 0, -1]).broken.tolist() == [VILLAGE]


def test_no_network_breaks_every_chain_and_no_village_has_no_share():
    assert _chains([], [], [], many=2).broken.tolist() == [VILLAGE, VILLAGE]
    assert _chains([COUNTY], [], [], many=0).share() is None


_arrow = st.tuples(st.integers(0, 6), st.integers(0, 6))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    levels=st.lists(st.integers(0, 2), min_size=7, max_size=7),
    routes=st.lists(_arrow, max_size=12),
    served=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=6),
)
def test_chains_are_what_walking_every_way_finds(levels, routes, served):
    leads = np.eye(7, dtype=bool)
    for a, b in routes:
        leads[a, b] = True
    for k in range(7):
        leads |= leads[:, k : k + 1] & leads[k]
    found = _chains(levels, routes, served, many=3)
    for village in range(3):
        ends = [n for n, v in served if v == village]
        townships = [t for t in range(7) if levels[t] == TOWNSHIP and any(leads[t, n] for n in ends)]
        counties = [c for c in range(7) if levels[c] == COUNTY and any(leads[c, t] for t in townships)]
        told = -1 if counties else COUNTY if townships else TOWNSHIP if ends else VILLAGE
        assert found.broken[village] == told
        assert found.whole[village] == bool(counties)
