"""All reasons to look twice at a visit, each with its figures. Pure; it refuses nothing and accuses nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from inspections.plausibility.grounds.bounds import bounds, photo_bounds
from inspections.plausibility.grounds.facts import Reason, VisitFacts
from inspections.plausibility.grounds.pictures import PICTURE_RULES
from inspections.plausibility.grounds.place import fix_reasons, place_reasons, repeated_reasons
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy
from inspections.plausibility.grounds.timing import clock_reasons, photo_time_reasons, together_reasons
from inspections.plausibility.grounds.travel import travel_reasons

# Grows when a rule changes so that stored judgements should be made again.
RULES = "2"


def _chain_reasons(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    return [Reason(one.code, policy.weights.get(one.code, 0), one.photo, one.figures) for one in facts.breaks]


_RULES: tuple[Callable[[VisitFacts, PlausibilityPolicy], list[Reason]], ...] = (
    fix_reasons, place_reasons, repeated_reasons, travel_reasons, clock_reasons, together_reasons, photo_time_reasons,
    *PICTURE_RULES, _chain_reasons,
)  # fmt: skip


def reasons_for(facts: VisitFacts, policy: PlausibilityPolicy) -> list[Reason]:
    """Give every reason to look twice, heaviest first; the same facts in any order give the same list."""
    found = [reason for rule in _RULES for reason in rule(facts, policy) if reason.weight > 0]
    return sorted(found, key=lambda one: (-one.weight, one.code, one.photo or "", json.dumps(one.figures, default=str)))


def times_of(facts: VisitFacts, policy: PlausibilityPolicy) -> list[dict[str, Any]]:
    """Give «not before» and «not after» as ISO 8601, the visit's own first, then each photo's in the order given."""
    drift = policy.steady_drift_ppm
    own = bounds(facts.clock, drift_ppm=drift)
    told = [(None, own)] + [
        (photo.sha256, photo_bounds(own, photo.seal_clock, [photo.known_by] if photo.known_by else [], drift_ppm=drift))
        for photo in facts.photos
    ]
    return [
        {"photo": photo, "not_before": one.not_before.isoformat() if one.not_before else None,
         "not_after": one.not_after.isoformat()}
        for photo, one in told
    ]  # fmt: skip
