"""Turnbull's estimate of survival from interval-censored times (Turnbull 1976), by the EM algorithm.

Convention: a time is known to lie in (lo, hi], open on the left and closed on the right, as a closed door at `hi` shows
a death by then and an open door at `lo` shows life then; (lo, inf) is a life not known to have ended. A death known to
the day `d` is (d - 1, d], so that exact days give Kaplan-Meier's curve. Other programs read [lo, hi] as closed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# How far the mean log-likelihood may stay below its maximum (the bound is in `_climb`); shares then hold to some 1e-4.
TOLERANCE = 2e-5
MOST_STEPS = 20_000


class Estimate(NamedTuple):
    """Masses of death on the disjoint intervals (start, end], in order of time; an end may be infinite.

    Within an interval the data do not say when the mass falls. `steps` is how many EM maps were computed, `gap` bounds
    how far the mean log-likelihood may still lie below its maximum.
    """

    start: Floats
    end: Floats
    mass: Floats
    steps: int
    gap: float


def estimate(lo: Any, hi: Any, weight: Any = None, *, tolerance: float = TOLERANCE) -> Estimate:
    """Estimate the distribution of times known to lie in (lo, hi], lo < hi, each with its weight (1 without).

    Raises ValueError for an empty interval. No times give no masses.
    """
    low, high = np.asarray(lo, dtype=float), np.asarray(hi, dtype=float)
    if np.any(low >= high):
        raise ValueError("an interval (lo, hi] needs lo < hi")
    if not low.size:
        return Estimate(np.empty(0), np.empty(0), np.empty(0), 0, 0.0)
    given = np.ones(low.size) if weight is None else np.asarray(weight, dtype=float)
    start, end = innermost(low, high)
    first = np.searchsorted(start, low, side="left")
    after = np.searchsorted(end, high, side="right")
    # Times that cover the same intervals say the same: most of the censored ones fall together.
    cover, place = np.unique(first * (start.size + 1) + after, return_inverse=True)
    share = np.bincount(place, weights=given) / given.sum()
    first, after = np.divmod(cover, start.size + 1)
    mass, steps, gap = _climb(first, after, share, start.size, tolerance)
    return Estimate(start, end, mass, steps, gap)


def innermost(lo: Floats, hi: Floats) -> tuple[Floats, Floats]:
    """Give Turnbull's intervals, the only ones that can hold mass: a left end followed at once by a right end.

    At one and the same time a right end comes before a left one: (1, 2] and (2, 3] have no day in common.
    """
    ends = np.concatenate([lo, hi])
    is_left = np.concatenate([np.ones(lo.size, dtype=np.int8), np.zeros(hi.size, dtype=np.int8)])
    order = np.lexsort((is_left, ends))
    ends, is_left = ends[order], is_left[order]
    found = np.flatnonzero((is_left[:-1] == 1) & (is_left[1:] == 0))
    return ends[found], ends[found + 1]


def survival_at(found: Estimate, times: Any) -> tuple[Floats, Floats]:
    """Give the least and the greatest survival P(T > t) that the estimate allows at each time.

    They differ only inside an interval (start, end): at its start the mass lies still ahead, at its end behind.
    """
    at = np.asarray(times, dtype=float)
    left = np.concatenate([[1.0], 1.0 - np.cumsum(found.mass)]).clip(0.0, 1.0)
    begun = np.searchsorted(found.start, at, side="left")
    over = np.searchsorted(found.end, at, side="right")
    return left[begun], left[over]


def _climb(first: Ints, after: Ints, share: Floats, many: int, tolerance: float) -> tuple[Floats, int, float]:
    """Climb the likelihood by EM, with Varadhan and Roland's squared extrapolation (SqS3) wherever that climbs higher.

    With d_j the derivative of the mean log-likelihood towards mass on interval j, EM multiplies mass j by d_j, and
    max d_j - 1 bounds what is left to climb, because the log-likelihood is concave.
    """
    mass = np.full(many, 1.0 / many)
    height, slope = _look(mass, first, after, share)
    steps = 1
    while (gap := float(slope.max()) - 1.0) > tolerance and steps < MOST_STEPS:
        once = mass * slope
        _, slope_once = _look(once, first, after, share)
        twice = once * slope_once
        change, bend = once - mass, twice - 2 * once + mass
        size = float(np.linalg.norm(bend))
        stride = min(-1.0, -float(np.linalg.norm(change)) / size) if size > 0 else -1.0
        leap = np.maximum(mass - 2 * stride * change + stride**2 * bend, twice * 1e-3)
        leap /= leap.sum()
        height_leap, slope_leap = _look(leap, first, after, share)
        steps += 2
        if height_leap < height:
            leap = twice
            height_leap, slope_leap = _look(leap, first, after, share)
            steps += 1
        mass, height, slope = leap, height_leap, slope_leap
    # One plain step at the end: its shares are means over the times given, so no extrapolation can leave their range.
    return mass * slope, steps, gap


def _look(mass: Floats, first: Ints, after: Ints, share: Floats) -> tuple[float, Floats]:
    """Give the mean log-likelihood of the masses and its derivative towards each of them."""
    below = np.concatenate([[0.0], np.cumsum(mass)])
    held = np.maximum(below[after] - below[first], 1e-300)
    pull = share / held
    many = mass.size
    rises = np.bincount(first, pull, many + 1) - np.bincount(after, pull, many + 1)
    return float(share @ np.log(held)), np.cumsum(rises)[:many]
