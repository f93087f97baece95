"""A phone whose clock is slow by one and the same amount day after day, told from one that was set back for a visit.

What is proved of a visit says between which bounds its phone's clock was off. Visits of one phone that follow each
other fit one amount if those bounds have something in common; a sitting that fills in many days fits none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from inspections.plausibility.grounds.bounds import Bounds, bounds
from inspections.plausibility.grounds.facts import Clock, VisitFacts
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy
from stations.records.days import day_in_china

# Those whose answer may change are among the nearest before it.
_MOST_PARTNERS = 12


@dataclass(frozen=True)
class SlowClock:
    """By how much the clock is slow, at least and at most; `partners` are visits to which the same may now apply."""

    least: dt.timedelta
    most: dt.timedelta
    partners: tuple[str, ...] = ()

    def shares(self, other: SlowClock) -> SlowClock | None:
        """Give what both leave possible, None where that is nothing."""
        least, most = max(self.least, other.least), min(self.most, other.most)
        return SlowClock(least, most) if least <= most else None

    def explains(self, clock: Clock, policy: PlausibilityPolicy) -> bool:
        """Say whether another clock of the same phone is off by as much."""
        proved = bounds(clock, drift_ppm=policy.steady_drift_ppm)
        off = _off(clock, proved, policy)
        return off is not None and self.shares(off) is not None


@dataclass(frozen=True)
class _Seen:
    visit: str
    not_before: dt.datetime
    not_after: dt.datetime
    off: SlowClock


def slow_clock(facts: VisitFacts, policy: PlausibilityPolicy) -> SlowClock | None:
    """Give by how much the visit's phone is slow, if its visits before and after agree and one is of another day.

    The visits must follow each other: between a day filled in and its likeness lies a visit with the right time. None
    where the claim and the phone's clock differ, or nobody knows which phone it was.
    """
    own = _seen(facts.visit, facts.clock, policy)
    if own is None or facts.clock.device is None:
        return None
    others = [
        seen for near in facts.neighbours
        if near.clock.device == facts.clock.device and (seen := _seen(near.visit, near.clock, policy)) is not None
    ]  # fmt: skip
    others.sort(key=_moment)
    before = _run(own.off, reversed([one for one in others if _moment(one) < _moment(own)]))
    common = before[-1][1] if before else own.off
    after = _run(common, [one for one in others if _moment(one) > _moment(own)])
    common = after[-1][1] if after else common
    if not any(_is_another_day(own, one) for one, _ in before + after):
        return None
    return SlowClock(common.least, common.most, tuple(one.visit for one, _ in before[:_MOST_PARTNERS]))


def _run(common: SlowClock, others: Iterable[_Seen]) -> list[tuple[_Seen, SlowClock]]:
    """Give the visits, nearest first, up to the first that does not fit, each with what is left possible by then."""
    found = []
    for one in others:
        left = common.shares(one.off)
        if left is None:
            break
        common = left
        found.append((one, common))
    return found


def _moment(seen: _Seen) -> tuple[dt.datetime, dt.datetime, str]:
    return (seen.not_before, seen.not_after, seen.visit)


def _is_another_day(own: _Seen, one: _Seen) -> bool:
    first, second = sorted((own, one), key=_moment)
    return day_in_china(first.not_after) < day_in_china(second.not_before)


def _seen(visit: str, clock: Clock, policy: PlausibilityPolicy) -> _Seen | None:
    proved = bounds(clock, drift_ppm=policy.steady_drift_ppm)
    if clock.wall is None or abs(clock.wall - clock.claimed_at) > dt.timedelta(minutes=policy.clock_tolerance_minutes):
        return None
    off = _off(clock, proved, policy)
    if off is None or proved.not_before is None:
        return None
    return _Seen(visit, proved.not_before, proved.not_after, off)


def _off(clock: Clock, proved: Bounds, policy: PlausibilityPolicy) -> SlowClock | None:
    if proved.not_before is None:
        return None
    slack = dt.timedelta(minutes=policy.clock_tolerance_minutes)
    return SlowClock(proved.not_before - clock.claimed_at - slack, proved.not_after - clock.claimed_at + slack)
