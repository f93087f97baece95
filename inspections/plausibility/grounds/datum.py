"""Does a shifted datum explain why fix and registered point do not agree? Told by the vector between them.

A pair of GCJ-02 or BD-09 that is taken for plain degrees stands 300-1300 m off, in one direction that the place alone
decides. A fix just that far off, just that way or just the other, rather says that one of the two is misnamed than that
somebody was elsewhere. Which of the two, nobody can tell from one visit; `geo/datum_guard.py` tells it of a county.
"""

from __future__ import annotations

import math
from typing import Any

from geo.datum_guard import offsets_m, shift_m
from inspections.plausibility.grounds.facts import Fix
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy

# As people write them.
_NAMES = {"gcj02": "GCJ-02", "bd09": "BD-09"}


def suspected_datum(fix: Fix, station: tuple[float, float], policy: PlausibilityPolicy) -> dict[str, Any] | None:
    """Give the datum whose local shift agrees with the offset best, with metres; None where none agrees well enough.

    Well enough: what is left over is at most `datum_left_m` and the fix's own radius together.
    """
    if fix.accuracy_m is None or not 0 <= fix.accuracy_m <= policy.datum_accuracy_m:
        return None
    east, north = (float(one) for one in offsets_m(*station, fix.lon, fix.lat))
    best: tuple[float, str, float] | None = None
    for truth in sorted(_NAMES):
        shift_east, shift_north = (float(one) for one in shift_m(*station, truth))
        left = min(math.hypot(east - way * shift_east, north - way * shift_north) for way in (1.0, -1.0))
        if best is None or left < best[0]:
            best = (left, truth, math.hypot(shift_east, shift_north))
    if best is None or best[0] > policy.datum_left_m + fix.accuracy_m:
        return None
    left, truth, length = best
    return {"datum": _NAMES[truth], "distance_m": round(math.hypot(east, north)), "shift_m": round(length),
            "left_m": round(left)}  # fmt: skip
