"""How few more stations would do: for every village (set covering), or for a share of them; and whom none can reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.coverage.situation import Bools, Ints
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
    `exact_cells`; beyond that the greedy answer without its superfluous sites, between a lower bound and itself.
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
    if at_least < len(rows) and problem.matrix.shape[0] * problem.matrix.shape[1] <= exact_cells:
        answer = _solve(problem, need, time_limit_s)
        if answer.mip_dual_bound is not None and np.isfinite(answer.mip_dual_bound):
            at_least = max(at_least, math.ceil(float(answer.mip_dual_bound) - 1e-6))
        if answer.x is not None:
            found = problem.sites[np.flatnonzero(answer.x[: len(problem.sites)] > 0.5)]
            # What rounding left of the solver's answer is counted before it is believed.
            enough = int((covered_by(cover, found) & ~already).sum()) >= need
            rows = found if enough and len(found) < len(rows) else rows
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


def _solve(problem: Reduced, need: int, time_limit_s: float) -> Any:
    """Solve min sum x with every group covered, or with y <= A'x and w'y >= need where a share is enough."""
    sites, groups = problem.matrix.shape
    by_village = problem.matrix.T.tocsr()
    if need >= problem.weights.sum():
        rules = LinearConstraint(by_village, np.ones(groups), np.full(groups, np.inf))
        cost = np.ones(sites)
    else:
        reach = hstack([by_village, -eye_array(groups)], format="csr")
        enough = csr_array(
            (problem.weights, (np.zeros(groups, dtype=np.int64), sites + np.arange(groups))), shape=(1, sites + groups)
        )
        low = np.concatenate((np.zeros(groups), [float(need)]))
        rules = LinearConstraint(vstack([reach, enough], format="csc"), low, np.full(groups + 1, np.inf))
        cost = np.concatenate((np.ones(sites), np.zeros(groups)))
    whole = np.concatenate((np.ones(sites), np.zeros(len(cost) - sites)))
    return milp(
        cost, integrality=whole, bounds=Bounds(0.0, 1.0), constraints=rules,
        options={"time_limit": time_limit_s, "mip_rel_gap": 0.0},
    )  # fmt: skip
