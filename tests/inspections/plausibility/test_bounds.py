"""When something was done, as far as it can be proved: the interval's algebra, and what each piece of evidence does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.plausibility.grounds.bounds import Bounds, bounds, photo_bounds
from inspections.plausibility.grounds.facts import Clock
from tests.inspections.plausibility.facts_making import NOON, ago

MINUTE = dt.timedelta(minutes=1)
DRIFT = 500.0
instants = st.integers(-100_000, 100_000).map(lambda minutes: NOON + minutes * MINUTE)
maybe = st.none() | instants
steady = st.none() | st.floats(-1e6, 1e12) | st.sampled_from([float("inf"), float("nan"), 1e300])
clocks = st.builds(Clock, instants, instants, wall=maybe, signed_at=maybe, steady_ms=steady)


def test_nothing_but_the_receipt() -> None:
    assert bounds(Clock(NOON, NOON), drift_ppm=DRIFT) == Bounds(None, NOON)


def test_signed_time_and_steady_clock_give_the_beginning() -> None:
    told = Clock(NOON, NOON, signed_at=ago(days=2))
    assert bounds(told, drift_ppm=DRIFT).not_before == ago(days=2)
    counted = Clock(NOON, NOON, signed_at=ago(days=2), steady_ms=86_400_000.0)
    # A day counted is at least a day less 43.2 seconds: the clock may run fast.
    assert bounds(counted, drift_ppm=DRIFT).not_before == ago(days=1, seconds=43.2)


@pytest.mark.parametrize("steady_ms", [-5.0, float("nan"), float("inf"), 1e300, 3 * 86_400_000.0])
def test_a_steady_clock_that_cannot_be_is_left_out(steady_ms: float) -> None:
    told = Clock(NOON, NOON, signed_at=ago(days=2), steady_ms=steady_ms)
    assert bounds(told, drift_ppm=DRIFT).not_before == ago(days=2)


def test_a_time_signed_after_the_receipt_is_left_out() -> None:
    assert bounds(Clock(NOON, ago(days=1), signed_at=NOON, steady_ms=5.0), drift_ppm=DRIFT) == Bounds(None, ago(days=1))


def test_a_photo_is_older_than_its_visit_and_begins_with_its_own_seal() -> None:
    visit = Bounds(ago(hours=2), NOON)
    assert photo_bounds(visit, None, [], drift_ppm=DRIFT) == Bounds(None, NOON)
    sealed = Clock(NOON, NOON, signed_at=ago(days=3))
    found = photo_bounds(visit, sealed, [ago(hours=1), ago(minutes=1)], drift_ppm=DRIFT)
    assert found == Bounds(ago(days=3), ago(hours=1))


def test_how_far_outside() -> None:
    told = Bounds(ago(hours=2), NOON)
    moments = [ago(hours=3), ago(hours=2), ago(hours=1), NOON, NOON + MINUTE]
    assert [told.past(at) // MINUTE for at in moments] == [-60, 0, 0, 0, 1]
    assert Bounds(None, NOON).past(ago(days=9999)) == dt.timedelta(0)


@given(clocks)
def test_the_beginning_never_lies_after_the_end(told: Clock) -> None:
    found = bounds(told, drift_ppm=DRIFT)
    assert found.not_before is None or found.not_before <= found.not_after


@given(clocks)
def test_more_evidence_never_widens(told: Clock) -> None:
    bare = bounds(Clock(told.claimed_at, told.no_later_than), drift_ppm=DRIFT)
    signed = bounds(Clock(told.claimed_at, told.no_later_than, signed_at=told.signed_at), drift_ppm=DRIFT)
    whole = bounds(told, drift_ppm=DRIFT)
    assert within(signed, bare)
    assert within(whole, signed)


@given(clocks, instants, st.none() | clocks, st.lists(instants, max_size=4))
def test_a_photos_interval_lies_in_its_visits_past(
    told: Clock, known: dt.datetime, seal: Clock | None, more: list[dt.datetime]
) -> None:
    visit = bounds(told, drift_ppm=DRIFT)
    alone = photo_bounds(visit, None, [known], drift_ppm=DRIFT)
    found = photo_bounds(visit, seal, [known, *more], drift_ppm=DRIFT)
    assert found.not_after <= alone.not_after <= visit.not_after
    assert found.not_before is None or found.not_before <= found.not_after
    assert found == photo_bounds(visit, seal, [*reversed(more), known], drift_ppm=DRIFT)


@given(instants, st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0.0, 1.0), st.floats(-4e-4, 4e-4))
def test_an_honest_moment_lies_inside(
    heard: dt.datetime, until_done: int, until_sent: int, awake: float, drift: float
) -> None:
    """Whatever share of the time the phone slept, and however its steady clock drifted within the bound."""
    done = heard + until_done * MINUTE
    counted = until_done * 60_000 * awake * (1 + drift)
    told = Clock(dt.datetime(1970, 1, 1, tzinfo=dt.UTC), done + until_sent * MINUTE, signed_at=heard, steady_ms=counted)
    assert bounds(told, drift_ppm=DRIFT).past(done) == dt.timedelta(0)


def within(inner: Bounds, outer: Bounds) -> bool:
    if inner.not_after > outer.not_after:
        return False
    return outer.not_before is None or (inner.not_before is not None and inner.not_before >= outer.not_before)
