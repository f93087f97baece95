"""The ends of the gap as two curves, Turnbull between them where that is so, milestones and the median."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.survival.figures.curves import Times, curves_of, drawn, kaplan_meier, times_of
from stations.survival.figures.lives import Span, StationLife, span_of
from stations.survival.figures.milestones import days_of, median_months_to_last_alive, milestones
from stations.survival.figures.turnbull import survival_at
from tests.stations.survival.building import ACCEPTED, DAY, life

INF = np.inf
DAYS = np.arange(60)


def test_the_life_in_days_since_the_first_acceptance() -> None:
    seen, dead = ACCEPTED + dt.timedelta(days=100), ACCEPTED + dt.timedelta(days=130)
    assert span_of(life(last_alive_on=seen), DAY) == Span(873, 100, None)
    assert span_of(life(vitality="dead", last_alive_on=seen, dead_by_on=dead), DAY) == Span(873, 100, 130)
    # Delisted without a day of death: dead by the day asked about. Seen before the acceptance: nothing seen since.
    before = ACCEPTED - dt.timedelta(days=3)
    assert span_of(life(listing="delisted", vitality="dead", last_alive_on=before), DAY) == Span(873, 0, 873)


def test_a_death_known_to_the_day_is_that_day_for_turnbull() -> None:
    times = times_of([Span(90, 40, 40), Span(90, 0, 0), Span(90, 10, 20), Span(90, 30, None)])
    assert times.lo.tolist() == [39, -1, 10, 30]
    found = curves_of(times)
    assert found is not None
    low, high = survival_at(found.turnbull, [0, 39, 40])
    assert low.tolist() == high.tolist() == [0.75, 0.5, 0.0]


def test_kaplan_meier_of_a_textbook() -> None:
    """Gehan (1965): 21 patients on 6-MP, the shares as every textbook prints them."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    died = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = kaplan_meier(np.array(weeks, dtype=float), died)
    assert found.day.tolist() == [0, 6, 7, 10, 13, 16, 22, 23]
    assert found.share.round(3).tolist() == [1.0, 0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]


def test_the_curves_as_they_are_drawn() -> None:
    told = drawn(curves_of(times_of([Span(400, 61, 122), Span(400, 365, None)])))
    assert told["earliest"] == [[0.0, 1.0], [2.004, 0.5]]
    assert told["latest"] == [[0.0, 1.0], [4.008, 0.5]]
    # After the last day on which anybody was seen alive nothing is known: the lower end falls to nothing.
    assert told["turnbull"] == [[0.0, 1.0, 1.0], [2.004, 0.5, 1.0], [4.008, 0.5, 0.5], [11.992, 0.0, 0.5]]


spans = st.lists(
    st.tuples(st.integers(0, 40), st.none() | st.integers(0, 15)).map(
        lambda told: Span(80, told[0], None if told[1] is None else told[0] + told[1])
    ),
    min_size=1,
    max_size=25,
)


@settings(derandomize=True, deadline=None)
@given(spans)
def test_until_somebody_is_lost_from_sight_turnbull_lies_between_the_two(given_spans: list[Span]) -> None:
    times = times_of(given_spans)
    found = curves_of(times)
    assert found is not None
    lost = times.seen[np.isinf(times.dead)]
    days = DAYS[lost.min() > DAYS] if lost.size else DAYS
    low, high = survival_at(found.turnbull, days)
    assert (found.earliest.at(days) <= low + 1e-9).all()
    assert (high <= found.latest.at(days) + 1e-9).all()


def test_after_that_it_need_not() -> None:
    """The reason the property above stops there: one censored on day 5, one dead between days 1 and 9."""
    found = curves_of(Times(np.array([5.0, 1.0]), np.array([INF, 9.0])))
    assert found is not None
    assert (found.earliest.at([20])[0], found.latest.at([20])[0]) == (0.5, 0.0)


@settings(derandomize=True, deadline=None)
@given(spans)
def test_every_curve_falls_from_one_and_stays_a_share(given_spans: list[Span]) -> None:
    told = drawn(curves_of(times_of(given_spans)))
    for name in ("earliest", "latest", "turnbull"):
        rows = told[name]
        assert rows[0][0] == 0
        months = [row[0] for row in rows]
        assert months == sorted(set(months))
        for column in range(1, len(rows[0])):
            shares = [row[column] for row in rows]
            assert shares == sorted(shares, reverse=True)
            assert all(0 <= share <= 1 for share in shares)


@settings(derandomize=True, deadline=None)
@given(spans)
def test_milestones_add_up(given_spans: list[Span]) -> None:
    for row in milestones([span._replace(age=1200, seen=span.seen * 20) for span in given_spans]):
        assert row["alive"] + row["known_dead"] + row["unsure"] == row["eligible"] == len(given_spans)
        assert row["low"] <= row["high"]


def test_milestones_of_one_two_and_three_years() -> None:
    told = milestones([
        Span(1095, 1000, None), Span(1094, 364, 366), Span(1095, 100, 365), Span(364, 300, None), Span(2000, 365, 365),
    ])  # fmt: skip
    assert [days_of(row["months"]) for row in told] == [365, 730, 1095]
    assert [(row["eligible"], row["at_risk"], row["known_dead"], row["unsure"]) for row in told] == [
        (4, 1, 2, 1), (4, 1, 3, 0), (3, 0, 2, 1),
    ]  # fmt: skip
    assert [(row["low"], row["high"], row["unknown_share"]) for row in told] == [
        (0.25, 0.5, 0.25), (0.25, 0.25, 0.0), (0.0, 0.3333, 0.3333),
    ]  # fmt: skip


def test_the_median_counts_who_was_never_seen_alive() -> None:
    lives: list[StationLife] = [life(), life(last_alive_on=DAY), life(last_alive_on=ACCEPTED + dt.timedelta(days=61))]
    assert median_months_to_last_alive([span_of(one, DAY) for one in lives]) == 2.0
    assert median_months_to_last_alive([]) is None
