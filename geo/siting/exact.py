"""The best k sites, proven: maximal covering as a mixed integer programme, solved by HiGHS inside SciPy."""

from __future__ import annotations

from time import monotonic

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints
from geo.siting.chosen import Chosen, chosen
from geo.siting.covers import Cover
from geo.siting.greedy import in_order, next_sites
from geo.siting.programme import Priced, Solved, relaxed, solve
from geo.siting.reducing import Reduced, among, reduced

# Rounding of the solver: a site is only left out when its price is beyond doubt.
_DOUBT = 1e-7
# The most promising sites that are solved first, besides two for each one wanted.
_PROMISING = 200


def best_sites(cover: Cover, weights: Floats, already: Bools, k: int, *, time_limit_s: float = 60.0) -> Chosen:
    """Return at most k sites of the largest weight added, proven, or with their gap (Church & ReVelle 1974).

    max w'y, y <= A'x, sum x <= k, x binary, 0 <= y <= 1 and continuous: with x whole the best y is whole. Villages
    that `already` says the existing stations reach are left out beforehand. When the time is over, the better of the
    best found and the greedy answer comes back with the least bound known.
    """
    plain = next_sites(cover, weights, already, k, exchanges=0)
    if plain.is_proven or k < 1:
        return Chosen(**{**plain.__dict__, "method": "exact"})
    problem = reduced(cover, weights, already)
    solved = _solved(problem, k, plain.value, time_limit_s)
    bound = min(plain.bound, solved.bound)
    rows = in_order(cover, weights, already, problem.sites[solved.rows]) if len(solved.rows) else plain.rows
    found = chosen(cover, weights, already, rows, bound, "exact")
    if not found.is_proven:
        by_greed = next_sites(cover, weights, already, k)
        rows = by_greed.rows if by_greed.value > found.value else found.rows
    return chosen(cover, weights, already, rows, bound, "exact")


def _solved(problem: Reduced, k: int, known: float, time_limit_s: float) -> Solved:
    """Solve the relaxation, then the programme over its most promising sites, then over all that may yet be better.

    A site whose reduced cost is more than the gap between the relaxation and a value already known cannot be part of
    anything better (reduced cost fixing, Nemhauser & Wolsey 1988): the better the first answer, the less is left.
    """
    until = monotonic() + time_limit_s
    price = relaxed(problem, k, time_limit_s)
    if price is None:
        return solve(problem, k, max(until - monotonic(), 0.0))
    first = _promising(price, 2 * k + _PROMISING)
    best = _part(problem, first, k, until)
    value = max(best.value, known)
    kept = np.flatnonzero(price.reduced_cost <= price.bound - value + _DOUBT * price.bound)
    whole = _part(problem, kept, k, until)
    better = whole if whole.value >= best.value else best
    # Whatever is better than the known value lies among the kept; nothing at all lies above the relaxation.
    return Solved(better.rows, better.value, min(max(whole.bound, value), price.bound))


def _part(problem: Reduced, kept: Ints, k: int, until: float) -> Solved:
    found = solve(among(problem, kept), k, max(until - monotonic(), 0.0))
    return Solved(kept[found.rows], found.value, found.bound)


def _promising(price: Priced, many: int) -> Ints:
    """Return the sites that the relaxation takes most of, then those that cost it least."""
    return np.lexsort((price.reduced_cost, -price.taken))[:many].astype(np.int64)
