"""Why a village is not covered: the first reason that holds, against plain questions asked in turn."""

import numpy as np
from hypothesis import given, settings

from field_app_schema.vocab_network import GapReason
from geo.coverage.gaps import REASONS, counts, has_logistics, reasons
from geo.coverage.situation import DEAD, DORMANT, UNKNOWN
from geo.coverage.stages import stages_of
from geo.measure import GreatCircle
from tests.geo.coverage.making import BUY, REPORTED, RULES, laid, rules, situations


def reasons_of(situation, by=RULES, late=()):
    stages = stages_of(situation, by, GreatCircle())
    slow = np.isin(np.arange(len(situation.villages.code)), late)
    return reasons(situation, stages, by, slow, has_logistics(situation))


def names(found):
    return ["covered" if number < 0 else REASONS[number] for number in found.tolist()]


def test_the_words_are_those_of_the_vocabulary():
    assert tuple(GapReason) == REASONS


def test_one_village_for_each_reason():
    eight = laid(
        at=(0, 10, 20, 30, 40, 50, 60, 70),
        stations=(
            {"village": 1, "life": DEAD}, {"village": 2, "life": UNKNOWN}, {"village": 3, "services": BUY},
            {"village": 4, "confidence": REPORTED}, {"village": 5}, {"village": 6}, {"village": 7},
        ),
        nodes_in=(6, 7),
    )  # fmt: skip
    found = reasons_of(eight, late=(6,))
    assert names(found) == [*REASONS, "covered"]
    assert counts(found) == dict.fromkeys(REASONS, 1)


def test_a_delisted_station_is_dead_and_a_living_one_beside_it_wins():
    both = laid(at=(0, 9), stations=(
        {"village": 0, "is_listed": False}, {"village": 1, "is_listed": False}, {"village": 1}), nodes_in=(1,),
    )  # fmt: skip
    assert names(reasons_of(both)) == ["station_dead", "covered"]
    asleep = laid(at=(0,), stations=({"village": 0, "life": DEAD}, {"village": 0, "life": DORMANT}))
    assert names(reasons_of(asleep)) == ["station_unknown"]


def test_an_empty_network_has_one_reason_for_all():
    assert counts(reasons_of(laid(at=(0, 1, 2)))) == {**dict.fromkeys(REASONS, 0), "no_station": 3}


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(situation=situations(), by=rules())
def test_the_first_question_that_is_answered_no_is_the_reason(situation, by):
    stages, found = stages_of(situation, by, GreatCircle()), reasons_of(situation, by)
    s, links, nodes = situation.stations, situation.links, set(situation.nodes.village.tolist())
    for village, number in enumerate(found.tolist()):
        mine = links.station[links.village == village].tolist()
        answers = (
            bool(mine), any(s.is_listed[row] and s.life[row] != DEAD for row in mine), stages.alive[village],
            stages.service[village], stages.evidenced[village], village in nodes, True,
        )  # fmt: skip
        assert number == (answers.index(False) if False in [bool(a) for a in answers] else -1)
    assert sum(counts(found).values()) + np.count_nonzero(found < 0) == len(found)
