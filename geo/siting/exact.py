"""The best k sites, proven: maximal covering as a mixed integer programme, solved by HiGHS inside SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.coverage.situation import Bools, Floats
from geo.siting.chosen import Chosen, chosen
from geo.siting.covers import Cover
from geo.siting.greedy import in_order, next_sites
from geo.siting.reducing import Reduced, reduced


def best_sites(cover: Cover, weights: Floats, already: Bools, k: int, *, time_limit_s: float = 60.0) -> Chosen:
    """Return at most k sites of the largest weight added, proven, or with their gap (Church & ReVelle 1974).

    max w'y, y <= A'x, sum x <= k, x binary, 0 <= y <= 1 and continuous: with x whole the best y is whole. Villages
    that `already` says the existing stations reach are left out beforehand. When the time is over, the better of the
    best found and the greedy answer comes back with the solver's dual bound.
    """
    by_greed = next_sites(cover, weights, already, k)
    if by_greed.is_proven or k < 1:
        return _as_exact(by_greed)
    problem = reduced(cover, weights, already)
    answer = _solve(problem, k, time_limit_s)
    bound = by_greed.bound
    if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
        bound = min(bound, -float(answer.mip_dual_bound))
    if answer.x is None:
        return chosen(cover, weights, already, by_greed.rows, bound, "exact")
    rows = problem.sites[np.flatnonzero(answer.x[: len(problem.sites)] > 0.5)]
    found = chosen(cover, weights, already, in_order(cover, weights, already, rows), bound, "exact")
    if found.value < by_greed.value:
        return chosen(cover, weights, already, by_greed.rows, bound, "exact")
    return found


def _solve(problem: Reduced, k: int, time_limit_s: float) -> Any:
    """Solve the programme; x of sites first, y of groups of villages after them."""
    sites, groups = problem.matrix.shape
    reach = hstack([problem.matrix.T, -eye_array(groups)], format="csr")
    count = csr_array((np.ones(sites), (np.zeros(sites, dtype=np.int64), np.arange(sites))), shape=(1, sites + groups))
    return milp(
        np.concatenate((np.zeros(sites), -problem.weights)),
        integrality=np.concatenate((np.ones(sites), np.zeros(groups))),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(
            vstack([reach, count], format="csc"),
            np.concatenate((np.zeros(groups), [-np.inf])),
            np.concatenate((np.full(groups, np.inf), [float(k)])),
        ),
        options={"time_limit": time_limit_s, "mip_rel_gap": 0.0},
    )


def _as_exact(answer: Chosen) -> Chosen:
    return Chosen(**{**answer.__dict__, "method": "exact"})
