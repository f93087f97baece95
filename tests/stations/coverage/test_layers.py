"""Every village is in one class of a map, the counts add up, and rings hold what their points hold."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from field_app_schema.vocab_network import MapTheme
from geo.coverage.situation import DEAD, UNKNOWN, Situation
from geo.measure import GreatCircle
from stations.coverage.layers.asking import THEMES
from stations.coverage.layers.making import layer_of, rings_of
from stations.coverage.outcome import computed
from stations.coverage.rules_in_force import CoveragePolicy
from tests.geo.coverage.making import BUY, RULES, VERIFIED, laid, situations
from tests.geo.small_situation import situation


def basis(columns: Situation) -> SimpleNamespace:
    return SimpleNamespace(situation=columns, rules=RULES, policy=CoveragePolicy(), measure=GreatCircle())


def drawn(theme: MapTheme, columns: Situation):
    return layer_of(theme, columns, computed(basis(columns)), RULES)


def test_the_best_that_holds_is_what_the_funnel_shows() -> None:
    columns = laid(
        (0, 2, 20, 40, 60, 80),
        (
            {"village": 0, "km": 0},
            {"village": 1, "life": DEAD},  # near the first, which lives
            {"village": 2, "services": BUY},
            {"village": 3, "life": DEAD},
            {"village": 4, "life": DEAD, "is_listed": False, "confidence": VERIFIED},
        ),
    )
    layer = drawn(MapTheme.FUNNEL, columns)
    assert [layer.classes[number] for number in layer.points[0].klass] == [
        "evidenced", "geographic", "alive", "listed", "built", "none",
    ]  # fmt: skip
    assert sum(layer.counts.values()) == 6


def test_paper_tells_dead_from_unknown() -> None:
    columns = laid((0, 20, 40), ({"village": 0}, {"village": 1, "life": UNKNOWN}, {"village": 2, "life": DEAD}))
    assert drawn(MapTheme.PAPER, columns).counts == {"live": 1, "paper_unknown": 1, "paper_only": 1, "none": 0}


def test_gaps_name_the_first_reason() -> None:
    columns = laid((0, 20), ({"village": 0},), nodes_in=(0,))
    counts = drawn(MapTheme.GAPS, columns).counts
    assert (counts["covered"], counts["no_station"]) == (1, 1)


def test_pairs_have_a_line_and_orphans_none() -> None:
    columns = situation(
        villages=[((0, 0), "t1"), ((9000, 0), "t2")],
        stations=[((0, 0), 0, 2, "甲"), ((9000, 0), 1, 2, "乙")],
        nodes=[((100, 0), 0, 2, "丙", "t1"), ((50_000, 0), -1, 2, "丁", "")],
    )
    layer = drawn(MapTheme.ALIGNMENT, columns)
    assert layer.counts == {"station_paired": 1, "station_near": 0, "station_orphan": 1, "node_paired": 1,
                            "node_near": 0, "node_orphan": 1}  # fmt: skip
    assert len(layer.lines) == 1
    assert {ring.code: ring.share for ring in rings_of(layer, "township")} == {"t1": 1.0, "t2": 0.0}


def test_days_that_say_nothing_are_no_part_of_a_units_share() -> None:
    columns = laid((0, 20), ({"village": 0},))
    (ring,) = rings_of(drawn(MapTheme.DELIVERY, columns), "county")
    assert (ring.share, ring.counts["none"]) == (None, 2)


def test_a_unit_whose_villages_nobody_placed_stands_among_its_stations() -> None:
    columns = laid((float("nan"), 20), ({"village": 0, "km": 8},))
    nowhere = replace(columns, villages=replace(columns.villages, lon=np.full(2, np.nan), lat=np.full(2, np.nan)))
    layer = drawn(MapTheme.GAPS, nowhere)
    assert [(ring.lon, ring.lat) for ring in rings_of(layer, "county")] == [(None, None)]
    (ring,) = rings_of(layer, "county", nowhere)
    assert (ring.lon, ring.lat) == (pytest.approx(columns.stations.lon[0]), 0.0)
    assert (ring.good, ring.judged, ring.share) == (0, 2, 0.0)


def test_a_theme_of_its_own_question_is_no_layer() -> None:
    columns = laid((0,))
    with pytest.raises(ValueError, match="no theme"):
        drawn(MapTheme.VITALITY, columns)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(columns=situations())
def test_counts_of_points_of_rings_and_of_the_legend_are_the_same(columns: Situation) -> None:
    # A unit without a code has no ring; here every village has one.
    everywhere = replace(columns.villages, township=("T1",) * len(columns.villages.code))
    columns = replace(columns, villages=everywhere)
    figures = computed(basis(columns))
    for theme in set(THEMES) - {MapTheme.SITING}:
        layer = layer_of(theme, columns, figures, RULES)
        assert sum(layer.counts.values()) == sum(len(points.key) for points in layer.points)
        if theme is MapTheme.ALIGNMENT:
            continue
        rings = rings_of(layer, "township")
        summed = np.sum([list(ring.counts.values()) for ring in rings] or [[0] * len(layer.classes)], axis=0)
        assert summed.tolist() == list(layer.counts.values())
