"""How few more stations would do: for every village (set covering), or for a share of them; and whom none can reach."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.coverage.situation import Bools, Floats, Ints
from geo.siting.covers import Cover, covered_by
from geo.siting.greedy import in_order, next_sites
from geo.siting.reducing import Reduced, reduced

# Sites times villages up to which the exact programme is asked by itself.
EXACT_CELLS = 4_000_000


@dataclass(frozen=True)
class Least:
    """The least number of new sites for a share of all villages, the existing stations standing.

    `wanted` villages of `of` are to be covered, `already` are. `sites` are rows in order of gain; `number` is None when
    the share is out of reach, and `sites` then cover whoever can be covered. `at_least` is a proven lower bound of the
    number (None where it is out of reach); `is_proven` when both agree. `unreachable` are the villages that neither an
    existing station nor any candidate reaches: always named, and still part of the denominator.
    """

    share: float
    of: int
    wanted: int
    already: int
    covered: int
    number: int | None
    at_least: int | None
    is_proven: bool
    sites: Ints
    unreachable: Ints


def least_sites(
    cover: Cover, already: Bools, share: float = 1.0, *, time_limit_s: float = 30.0, exact_cells: int = EXACT_CELLS
) -> Least:
    """Return the least number of sites so that ceil(share x villages) are covered (Toregas et al. 1971 for share 1).

    Every village counts once, without weights. Exact by `milp` while sites x villages (after merging) are at most
    `exact_cells`; beyond that the greedy answer without its superfluous sites, with the relaxation's lower bound.
    ValueError for a share outside 0 < share <= 1.
    """
    if not 0 < share <= 1:
        raise ValueError("share must be above 0 and at most 1")
    of, there = cover.villages, int(already.sum())
    wanted = math.ceil(share * of - 1e-9)
    unreachable = np.flatnonzero(~already & ~cover.reached())
    possible = of - len(unreachable)
    need = min(wanted, possible) - there
    sites, at_least = _fewest(cover, already, need, time_limit_s, exact_cells)
    within_reach = wanted <= possible
    return Least(
        share=share,
        of=of,
        wanted=wanted,
        already=there,
        covered=int((already | covered_by(cover, sites)).sum()),
        number=len(sites) if within_reach else None,
        at_least=at_least if within_reach else None,
        is_proven=within_reach and at_least == len(sites),
        sites=sites,
        unreachable=unreachable.astype(np.int64),
    )


def _fewest(cover: Cover, already: Bools, need: int, time_limit_s: float, exact_cells: int) -> tuple[Ints, int]:
    """Return sites that cover at least `need` more villages, and a lower bound of how many it takes."""
    if need <= 0:
        return np.empty(0, dtype=np.int64), 0
    ones = np.ones(cover.villages)
    rows = _until(cover, already, need)
    rows = _without_superfluous(cover, already, rows, need)
    problem = reduced(cover, ones, already)
    at_least = _lower_bound(problem, need)
    if at_least >= len(rows):
        return in_order(cover, ones, already, rows), at_least
    if problem.matrix.shape[0] * problem.matrix.shape[1] > exact_cells:
        return in_order(cover, ones, already, rows), max(at_least, _relaxed(problem, need, time_limit_s))
    found, bound = _solve(problem, need, time_limit_s)
    # What rounding left of the solver's answer is counted before it is believed.
    enough = int((covered_by(cover, found) & ~already).sum()) >= need
    rows, at_least = found if enough and len(found) < len(rows) else rows, max(at_least, bound)
    return in_order(cover, ones, already, rows), at_least


def _until(cover: Cover, already: Bools, need: int) -> Ints:
    """Return greedy sites in order until so many villages more are covered."""
    answer = next_sites(cover, np.ones(cover.villages), already, cover.sites, exchanges=0)
    enough = int(np.searchsorted(np.cumsum(answer.gains), need - 0.5)) + 1
    return answer.rows[:enough]


def _without_superfluous(cover: Cover, already: Bools, rows: Ints, need: int) -> Ints:
    """Return the sites that are left when each whose loss can be borne is dropped, the least useful first."""
    count = already.astype(np.int64)
    for row in rows:
        count[_reach(cover, int(row))] += 1
    spare = int((count > 0).sum() - already.sum()) - need
    kept = []
    for row in rows[::-1]:
        reached = _reach(cover, int(row))
        loss = int((count[reached] == 1).sum())
        if loss <= spare:
            count[reached] -= 1
            spare -= loss
        else:
            kept.append(int(row))
    return np.asarray(kept[::-1], dtype=np.int64)


def _reach(cover: Cover, row: int) -> Ints:
    reached: Ints = cover.matrix.indices[cover.matrix.indptr[row] : cover.matrix.indptr[row + 1]]
    return reached


def _lower_bound(problem: Reduced, need: int) -> int:
    """Return a number that no answer can be below: by the largest sites, and by dual prices where all are needed.

    A village may charge each site that reaches it 1 / the villages of its largest one: no site is then charged more
    than 1, so the charges together are at most the number of sites.
    """
    size = problem.matrix @ problem.weights
    largest_first = np.cumsum(np.sort(size)[::-1])
    by_size = int(np.searchsorted(largest_first, need - 0.5)) + 1
    if need < problem.weights.sum():
        return by_size
    by_village = problem.matrix.T.tocsr()
    largest = np.maximum.reduceat(size[by_village.indices], by_village.indptr[:-1])
    return max(by_size, math.ceil(float((problem.weights / largest).sum()) - 1e-9))


def _solve(problem: Reduced, need: int, time_limit_s: float) -> tuple[Ints, int]:
    """Return the fewest sites found by the solver (none if it found none), and its lower bound."""
    cost, matrix, low = _programme(problem, need)
    sites = problem.matrix.shape[0]
    answer = milp(
        cost,
        integrality=np.concatenate((np.ones(sites), np.zeros(len(cost) - sites))),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(matrix, low, np.inf),
        options={"time_limit": time_limit_s, "mip_rel_gap": 0.0},
    )
    rows = np.empty(0, dtype=np.int64) if answer.x is None else problem.sites[np.flatnonzero(answer.x[:sites] > 0.5)]
    return rows, _upwards(answer.mip_dual_bound)


def _relaxed(problem: Reduced, need: int, time_limit_s: float) -> int:
    """Return the lower bound of the relaxation by interior points; 0 when the time was too short for it."""
    cost, matrix, low = _programme(problem, need)
    answer = linprog(
        cost, A_ub=-matrix, b_ub=-low, bounds=(0.0, 1.0), method="highs-ipm", options={"time_limit": time_limit_s}
    )
    return _upwards(answer.fun) if answer.status == 0 else 0


def _upwards(bound: float | None) -> int:
    """Return the least whole number that is not below a bound of the solver."""
    return math.ceil(float(bound) - 1e-6) if bound is not None and np.isfinite(bound) else 0


def _programme(problem: Reduced, need: int) -> tuple[Floats, csr_array, Floats]:
    """Return (cost, matrix, least values): every group covered, or y <= A'x and w'y >= need where a share is enough."""
    sites, groups = problem.matrix.shape
    by_village = csr_array(problem.matrix.T.tocsr())
    if need >= problem.weights.sum():
        return np.ones(sites), by_village, np.ones(groups)
    reach = hstack([by_village, -eye_array(groups)], format="csr")
    enough = csr_array(
        (problem.weights, (np.zeros(groups, dtype=np.int64), sites + np.arange(groups))), shape=(1, sites + groups)
    )
    cost = np.concatenate((np.ones(sites), np.zeros(groups)))
    return cost, csr_array(vstack([reach, enough], format="csr")), np.concatenate((np.zeros(groups), [float(need)]))
