"""Both denominators, the bounds and the unknown share; merged stations once; the map's legend says the same."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab import ListingStatus, Vitality
from stations.survival.figures.headline import delisting_effect, headline
from stations.survival.figures.lives import StationLife, built_by
from stations.survival.figures.report import survival_figures
from tests.stations.survival.building import DAY, life, worked_case
from web_map.packing import count_states, shares_of


def test_the_worked_case() -> None:
    found = headline(built_by(worked_case(), DAY))
    assert (found.built, found.listed, found.alive, found.known_dead, found.unsure) == (10, 8, 5, 2, 3)
    assert (found.share_built, found.share_listed) == (0.5, 0.625)
    assert (found.low, found.high, found.unknown_share) == (0.5, 0.8, 0.3)
    assert found.by_vitality == {
        "alive": 5, "weak": 0, "dormant": 1, "presumed_dead": 1, "dead": 2, "unknown": 1,
    }  # fmt: skip


def test_what_delisting_alone_does_to_the_share() -> None:
    built = built_by(worked_case(), DAY)
    assert delisting_effect(built, headline(built)) == {
        "share_built": 0.5, "share_listed": 0.625, "percentage_points": 12.5, "delisted": 2, "stations": ["D1", "D2"],
    }  # fmt: skip


def test_a_merged_station_is_counted_once_at_its_successor() -> None:
    found = headline(built_by([life("A1"), life("M1", "alive", "merged")], DAY))
    assert (found.built, found.alive, found.share_built) == (1, 1, 1.0)


def test_only_who_was_accepted_by_the_day_is_built() -> None:
    proposed = life("P", "not_started", "proposed", accepted_on=None)
    later = life("L", "not_started", "proposed", accepted_on=DAY + dt.timedelta(days=1))
    today = life("T", "unknown", accepted_on=DAY)
    assert [one.code for one in built_by([proposed, later, today], DAY)] == ["T"]


def test_a_suspended_station_is_listed_and_a_weak_one_lives() -> None:
    found = headline(built_by([life("A", "weak", "suspended"), life("B", "dead", "active")], DAY))
    assert (found.listed, found.alive, found.known_dead, found.share_listed) == (2, 1, 1, 0.5)


def test_a_delisted_station_is_dead_whatever_else_is_said_of_it() -> None:
    found = headline(built_by([life("A", "alive", "delisted"), life("B")], DAY))
    assert (found.alive, found.known_dead, found.by_vitality["dead"]) == (1, 1, 1)


def test_nothing_built_gives_no_share_rather_than_zero() -> None:
    found = survival_figures([], DAY)
    assert found["headline"]["share_built"] is None
    assert found["headline"]["unknown_share"] is None
    assert found["delisting_effect"]["percentage_points"] is None
    assert found["curve"]["turnbull"] == []
    assert found["median_months_to_last_alive"] is None
    assert [row["low"] for row in found["milestones"]] == [None, None, None]


any_life = st.builds(
    life,
    code=st.text("ABC", min_size=1, max_size=3),
    vitality=st.sampled_from([state for state in Vitality if state is not Vitality.NOT_STARTED]),
    listing=st.sampled_from([ListingStatus.ACTIVE, ListingStatus.SUSPENDED, ListingStatus.MERGED]),
) | st.builds(life, vitality=st.just(Vitality.DEAD), listing=st.just(ListingStatus.DELISTED))


@settings(derandomize=True, deadline=None)
@given(st.lists(any_life, max_size=40))
def test_parts_add_up_and_the_bounds_hold_the_share(lives: list[StationLife]) -> None:
    found = headline(built_by(lives, DAY))
    assert found.alive + found.known_dead + found.unsure == found.built == sum(found.by_vitality.values())
    if found.built:
        assert 0 <= found.low == found.share_built <= found.high <= 1  # type: ignore[operator]
        assert found.share_listed is None or found.share_listed >= found.share_built  # type: ignore[operator]


@settings(derandomize=True, deadline=None)
@given(st.lists(any_life, max_size=40))
def test_the_map_says_the_same(lives: list[StationLife]) -> None:
    """The map counts what it shows: a merged station is not shown, one not started is shown and never counted."""
    shown = [one.vitality for one in lives if one.listing_status != ListingStatus.MERGED]
    on_the_map = shares_of(count_states([*shown, "not_started"]))
    found = headline(built_by(lives, DAY))
    assert on_the_map == {
        "built": found.built, "living": found.alive, "share": found.share_built, "low": found.low,
        "high": found.high, "unknown_share": found.unknown_share,
    }  # fmt: skip
