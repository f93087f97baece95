"""Rough checks of one coordinate pair before anything is stored; it answers a word, the domain says no."""

from __future__ import annotations

import math

# The box of the whole country, islands included; source: geographic extremes, rounded outward.
LON_MIN, LON_MAX = 73.0, 135.1
LAT_MIN, LAT_MAX = 3.0, 54.0

PLAUSIBLE, NOT_FINITE, ZERO, SWAPPED, OUTSIDE = "plausible", "not_finite", "zero", "swapped", "outside"


def check_pair(lon: float, lat: float) -> str:
    """Return `plausible`, `not_finite`, `zero` (0, 0: a phone without a fix), `swapped` or `outside`.

    Edges of the box belong to it. `swapped` is said only when the pair is outside and its mirror image inside; the box
    and its mirror do not overlap, so the word is never a guess between two good readings.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return NOT_FINITE
    if lon == 0 and lat == 0:
        return ZERO
    if in_box(lon, lat):
        return PLAUSIBLE
    return SWAPPED if in_box(lat, lon) else OUTSIDE


def in_box(lon: float, lat: float) -> bool:
    """Say whether the pair lies in China's box, edges included."""
    return LON_MIN <= lon <= LON_MAX and LAT_MIN <= lat <= LAT_MAX
