"""The on-site test: three answers, because a phone's fix has a radius (domain model F5)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.distance import haversine_m

ON_SITE, AWAY, UNCLEAR, NO_FIX = "on_site", "away", "unclear", "no_fix"


@dataclass(frozen=True)
class OnSiteTest:
    """How far the fix is from the station, in metres, and what may be said: on_site, away, unclear or no_fix."""

    distance_m: float | None
    verdict: str


def judge_on_site(
    fix: tuple[float, float] | None,
    station: tuple[float, float] | None,
    accuracy_m: float | None,
    radius_m: float,
) -> OnSiteTest:
    """Compare a fix with the station's point, both lon, lat in CGCS2000.

    d + accuracy <= radius: on_site. d - accuracy > radius: away. Otherwise unclear. No fix or no station point: no_fix.
    An accuracy that is unknown, negative or not finite can prove nothing, so the answer is unclear. The result is
    shown to people; it never refuses a visit.
    """
    if fix is None or station is None or not all(math.isfinite(v) for v in (*fix, *station)):
        return OnSiteTest(None, NO_FIX)
    distance = float(haversine_m(*fix, *station))
    if accuracy_m is None or not math.isfinite(accuracy_m) or accuracy_m < 0:
        return OnSiteTest(distance, UNCLEAR)
    return OnSiteTest(distance, _verdict(distance, accuracy_m, radius_m))


def _verdict(distance_m: float, accuracy_m: float, radius_m: float) -> str:
    if distance_m + accuracy_m <= radius_m:
        return ON_SITE
    return AWAY if distance_m - accuracy_m > radius_m else UNCLEAR
