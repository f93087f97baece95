"""Maximal covering as arrays for the solver: the whole programme, and its relaxation with a price for every site."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.coverage.situation import Floats, Ints
from geo.siting.reducing import Reduced


@dataclass(frozen=True)
class Solved:
    """The sites of the best answer found (rows of the reduced problem), its value, and a bound of any answer.

    Without an answer there are no rows and the value is 0.
    """

    rows: Ints
    value: float
    bound: float


@dataclass(frozen=True)
class Priced:
    """The value of the relaxation, how much it takes of each site, and the least cost of one that it leaves out."""

    bound: float
    taken: Floats
    reduced_cost: Floats


def solve(problem: Reduced, k: int, time_limit_s: float) -> Solved:
    """Solve max w'y, y <= A'x, sum x <= k, x binary; the bound is inf when the solver had no time to find one."""
    sites, groups = problem.matrix.shape
    nothing = np.empty(0, dtype=np.int64)
    if not sites or not groups:
        return Solved(nothing, 0.0, 0.0)
    answer = milp(
        np.concatenate((np.zeros(sites), -problem.weights)),
        integrality=np.concatenate((np.ones(sites), np.zeros(groups))),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(_rules(problem), -np.inf, _limits(problem, k)),
        options={"time_limit": time_limit_s, "mip_rel_gap": 0.0},
    )
    rows = nothing if answer.x is None else np.flatnonzero(answer.x[:sites] > 0.5)
    reached = np.unique(problem.matrix[rows].indices)
    dual = answer.mip_dual_bound
    bound = np.inf if dual is None or not np.isfinite(dual) else -float(dual)
    return Solved(rows, float(problem.weights[reached].sum()), bound)


def relaxed(problem: Reduced, k: int, time_limit_s: float) -> Priced | None:
    """Solve the same with x anywhere between 0 and 1, by interior points; None when it was not solved."""
    sites, groups = problem.matrix.shape
    if not sites or not groups:
        return None
    answer = linprog(
        np.concatenate((np.zeros(sites), -problem.weights)),
        A_ub=_rules(problem), b_ub=_limits(problem, k), bounds=(0.0, 1.0), method="highs-ipm",
        options={"time_limit": time_limit_s},
    )  # fmt: skip
    if answer.status != 0:
        return None
    return Priced(-float(answer.fun), answer.x[:sites], np.maximum(answer.lower.marginals[:sites], 0.0))


def _rules(problem: Reduced) -> csr_array:
    """Return the rows y - A'x <= 0 of the groups of villages, and the row sum x <= k."""
    sites, groups = problem.matrix.shape
    reach = hstack([-problem.matrix.T, eye_array(groups)], format="csr")
    count = csr_array((np.ones(sites), (np.zeros(sites, dtype=np.int64), np.arange(sites))), shape=(1, sites + groups))
    return csr_array(vstack([reach, count], format="csr"))


def _limits(problem: Reduced, k: int) -> Floats:
    return np.concatenate((np.zeros(problem.matrix.shape[1]), [float(k)]))
