"""Two visits of one person too far apart for the time between them; accuracies are taken off the distance first."""

from __future__ import annotations

import datetime as dt

from geo.distance import haversine_m
from inspections.plausibility.grounds.bounds import bounds
from inspections.plausibility.grounds.facts import OLDEST_FIX_S, Clock, Fix, Neighbour, Reason, VisitFacts
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy


def travel_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Say of which other visit this one is too far for the time, the least possible one; both visits say it.

    The time between is what the phone claims, or what can be proved at most if that is less. Of two phones nobody knows
    how far their clocks are apart: of them only what is proved counts.
    """
    fix = facts.fix
    if not facts.is_on_the_spot or fix is None or fix.accuracy_m is None:
        return []
    found = [one for near in facts.neighbours if (one := _too_fast(facts.clock, fix, near, policy)) is not None]
    if not found:
        return []
    kmh, visit, figures = max(found, key=lambda one: (one[0], one[1]))
    partners = tuple(sorted(other for _, other, _ in found))
    return [Reason("too_fast", policy.weights["too_fast"], None, figures | {"visit": visit, "kmh": kmh}, partners)]


def _too_fast(
    clock: Clock, fix: Fix, near: Neighbour, policy: PlausibilityPolicy
) -> tuple[int, str, dict[str, object]] | None:
    there = near.fix
    if not near.is_on_the_spot or there is None or there.accuracy_m is None:
        return None
    metres = float(haversine_m(fix.lon, fix.lat, there.lon, there.lat)) - (fix.accuracy_m or 0.0) - there.accuracy_m
    if metres < policy.travel_from_m:
        return None
    between = _between(clock, fix, near.clock, there, policy)
    if between is None:
        return None
    hours = (between + dt.timedelta(minutes=policy.travel_slack_minutes)) / dt.timedelta(hours=1)
    if metres / 1000 <= policy.travel_kmh * hours:
        return None
    minutes = between / dt.timedelta(minutes=1)
    figures = {"km": round(metres / 1000, 1), "minutes": round(minutes), "station": near.station}
    return round(metres / 1000 / max(minutes / 60, 1 / 60)), near.visit, figures


def _between(clock: Clock, fix: Fix, other: Clock, there: Fix, policy: PlausibilityPolicy) -> dt.timedelta | None:
    """Give the time between two fixes: as one phone claims it, or the most that the proved intervals leave, if that is
    less; None where nothing tells.
    """
    own_age, its_age = (dt.timedelta(seconds=min(one.age_s or 0.0, OLDEST_FIX_S)) for one in (fix, there))
    is_one_clock = clock.device is not None and clock.device == other.device
    claimed = abs((clock.claimed_at - own_age) - (other.claimed_at - its_age)) if is_one_clock else None
    own, its = (bounds(one, drift_ppm=policy.steady_drift_ppm) for one in (clock, other))
    if own.not_before is None or its.not_before is None:
        return claimed
    # The person may have been at either place first; the fixes are older than the visits by their ages.
    most = max(its.not_after - own.not_before + own_age, own.not_after - its.not_before + its_age)
    return most if claimed is None else min(claimed, most)
