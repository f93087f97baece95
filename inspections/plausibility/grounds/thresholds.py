"""From where on something is worth a second look, and how early it then comes; plain values, judged by pure functions.

All of it is [proposal]: the notices ask for real visits and name no metres, minutes or likeness. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# How early a visit with such a reason comes in the queue; the reasons of a visit add up.
WEIGHTS: Mapping[str, int] = {
    "photo_same_elsewhere": 60,
    "photo_same_other_person": 50,
    "photo_same_before": 40,
    "photo_like_elsewhere": 30,
    "photo_like_other_person": 15,
    "photo_like_before": 5,
    "photo_before_day": 25,
    "photo_time_away": 15,
    "exif_away": 30,
    "exif_away_station": 25,
    "photo_place_away": 30,
    "kept_anyway": 2,
    "place_away": 30,
    "place_unclear": 3,
    "no_fix": 5,
    "fix_old": 8,
    "fix_vague": 5,
    "fix_mocked": 50,
    "fix_repeated": 30,
    "too_fast": 40,
    "datum_suspected": 10,
    "backdated": 50,
    "clock_wrong": 10,
    "ahead_of_receipt": 10,
    "filled_together": 60,
    "sign_says_otherwise": 20,
    "seal_missing": 10,
    "seal_invalid": 40,
    "seal_differs": 30,
    "chain_broken": 15,
}


@dataclass(frozen=True)
class PlausibilityPolicy:
    """Thresholds by their units; a weight that is 0 silences its reason."""

    on_site_radius_m: float = 100.0
    # Bits in which two fingerprints may differ and still be of one picture, of how many.
    like_most_bits: int = 60
    like_of_bits: int = 256
    exif_away_m: float = 500.0
    photo_apart_hours: float = 24.0
    fix_old_minutes: float = 30.0
    fix_vague_m: float = 500.0
    # Coordinates that agree to the last digit mean nothing where they are those of a mast.
    repeated_accuracy_m: float = 100.0
    repeated_apart_m: float = 100.0
    travel_kmh: float = 120.0
    travel_slack_minutes: float = 10.0
    travel_from_m: float = 2000.0
    clock_tolerance_minutes: float = 10.0
    # How much a steady clock may run fast, parts in a million; that it stops in sleep needs no bound.
    steady_drift_ppm: float = 500.0
    together_visits: int = 3
    together_days: int = 3
    # Made within so small a share of the days for which they are claimed.
    together_share: float = 0.5
    datum_accuracy_m: float = 100.0
    datum_left_m: float = 80.0
    weights: Mapping[str, int] = field(default_factory=lambda: dict(WEIGHTS))


POLICY = PlausibilityPolicy()
