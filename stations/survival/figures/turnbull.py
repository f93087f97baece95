"""Turnbull's estimate of survival from interval-censored times (Turnbull 1976): EM, hastened by a convex minorant.

Convention: a time is known to lie in (lo, hi], open on the left and closed on the right, as a closed door at `hi` shows
a death by then and an open door at `lo` shows life then; (lo, inf) is a life not known to have ended. A death known to
the day `d` is (d - 1, d], so that exact days give Kaplan-Meier's curve. Other programs read [lo, hi] as closed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# How far the mean log-likelihood may stay below its maximum (the bound is in `_climb`).
TOLERANCE = 1e-9
MOST_ROUNDS = 1_000


class Estimate(NamedTuple):
    """Masses of death on the disjoint intervals (start, end], in order of time; an end may be infinite.

    Within an interval the data do not say when the mass falls. `rounds` is how many were needed, `gap` bounds how far
    the mean log-likelihood may still lie below its maximum.
    """

    start: Floats
    end: Floats
    mass: Floats
    rounds: int
    gap: float


def estimate(lo: Any, hi: Any, weight: Any = None, *, tolerance: float = TOLERANCE) -> Estimate:
    """Estimate the distribution of times known to lie in (lo, hi], lo < hi, each with its weight (1 without).

    Raises ValueError for an empty interval or a weight that is not above 0. No times give no masses.
    """
    low, high = np.asarray(lo, dtype=float), np.asarray(hi, dtype=float)
    if np.any(low >= high):
        raise ValueError("an interval (lo, hi] needs lo < hi")
    if weight is not None and not np.all(np.asarray(weight) > 0):
        raise ValueError("a weight must be above 0")
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
    mass, rounds, gap = _climb(first, after, share, start.size, tolerance)
    return Estimate(start, end, mass, rounds, gap)


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
    """Climb the likelihood by turns of an iterative convex minorant and an EM step (Wellner and Zhan 1997).

    With d_j the derivative of the mean log-likelihood towards mass on interval j, EM multiplies mass j by d_j; it never
    falls, but needs thousands of steps where masses go to nothing, which the minorant does at once. max d_j - 1 bounds
    what is left to climb, because the log-likelihood is concave.
    """
    mass = np.full(many, 1.0 / many)
    _, slope = _look(mass, first, after, share)
    rounds = 0
    while (gap := float(slope.max()) - 1.0) > tolerance and rounds < MOST_ROUNDS:
        mass = _towards_minorant(mass, first, after, share)
        mass = mass * _look(mass, first, after, share)[1]
        _, slope = _look(mass, first, after, share)
        rounds += 1
    # One plain step at the end: its shares are means over the times given, so that they stay within their range.
    return mass * slope, rounds, gap


def _towards_minorant(mass: Floats, first: Ints, after: Ints, share: Floats) -> Floats:
    """Take a Newton step with the diagonal of the second derivative, kept rising by isotonic regression.

    The step is halved until it climbs, and not taken if it never does.
    """
    below = _below(mass)
    held = _held(below, first, after)
    pull, ends = share / held, mass.size + 1
    force = (np.bincount(after, pull, ends) - np.bincount(first, pull, ends))[1:-1]
    bend = (np.bincount(after, pull / held, ends) + np.bincount(first, pull / held, ends))[1:-1]
    if not bend.size:
        return mass
    aim = isotonic_regression(below[1:-1] + force / bend, weights=bend).x.clip(0.0, 1.0)
    step = np.diff(np.concatenate([[0.0], aim, [1.0]])) - mass
    height = _look(mass, first, after, share)[0]
    for halved in range(12):
        tried: Floats = np.maximum(mass + step / 2**halved, 0.0)
        if _look(tried, first, after, share)[0] > height:
            return tried
    return mass


def _look(mass: Floats, first: Ints, after: Ints, share: Floats) -> tuple[float, Floats]:
    """Give the mean log-likelihood of the masses and its derivative towards each of them."""
    held = _held(_below(mass), first, after)
    pull, ends = share / held, mass.size + 1
    rises = np.bincount(first, pull, ends) - np.bincount(after, pull, ends)
    return float(share @ np.log(held)), np.cumsum(rises)[:-1]


def _below(mass: Floats) -> Floats:
    """Give the mass below each end of the intervals, nothing below the first."""
    return np.concatenate([[0.0], np.cumsum(mass)])


def _held(below: Floats, first: Ints, after: Ints) -> Floats:
    return np.maximum(below[after] - below[first], 1e-300)
