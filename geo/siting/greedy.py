"""The next sites one after another, each where it adds the most: lazily, with a bound on what was missed."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from scipy.sparse import csr_array

from geo.coverage.situation import Bools, Floats, Ints
from geo.siting.chosen import Chosen, chosen
from geo.siting.covers import Cover
from geo.siting.exchange import exchanged

# How often on the way the bound is looked at: it is seldom least at the end.
_LOOKS = 12


def next_sites(cover: Cover, weights: Floats, already: Bools, k: int, *, exchanges: int = 500) -> Chosen:
    """Return at most k sites by the lazy greedy rule for maximal covering (Church & ReVelle 1974; Minoux 1978).

    `already` says which villages the existing stations reach: these stand fixed, and only what is new counts. Fewer
    than k sites come back when nothing is left to gain. A site's gain only ever shrinks, so one whose old gain is
    below the best fresh one need not be looked at: the answer is that of plain greedy; of equal sites the lower row is
    taken. Then at most so many exchanges are tried, each kept only when it gains (`exchanged`; 0 for plain greedy,
    whose first j sites are its answer for j). At least 1 - 1/e of the best (Nemhauser, Wolsey & Fisher 1978); the bound
    printed is nearer: for every set S on the way, no k sites can add more than f(S) and the k largest gains over S.
    """
    rows, bound, is_whole = _lazily(cover, weights, already, k)
    if not is_whole:
        better = exchanged(cover, weights, already, rows, tries=exchanges)
        rows = in_order(cover, weights, already, better) if exchanges else rows
    return chosen(cover, weights, already, rows, bound, "greedy")


def in_order(cover: Cover, weights: Floats, already: Bools, rows: Ints) -> Ints:
    """Return these sites so that each adds the most to those before it; who adds nothing is left out."""
    among = Cover(csr_array(cover.matrix[rows]), cover.radius, cover.unit)
    ordered: Ints = rows[_lazily(among, weights, already, len(rows))[0]]
    return ordered


def _lazily(cover: Cover, weights: Floats, already: Bools, k: int) -> tuple[Ints, float, bool]:
    """Return (sites in order, a bound of any k sites, whether everything that can be reached is reached)."""
    looks = {round(k * part / _LOOKS) for part in range(_LOOKS + 1)}
    left = np.where(already, 0.0, weights)
    queue = [(-gain, row) for row, gain in enumerate((cover.matrix @ left).tolist()) if gain > 0]
    heapify(queue)
    rows: list[int] = []
    value, bound = 0.0, _bound(cover, left, 0.0, k)
    while queue and len(rows) < k:
        row = heappop(queue)[1]
        gain = float(left[_reach(cover, row)].sum())
        # Worse than what another was worth at most: back into the queue with what it is worth now.
        if queue and (-gain, row) > queue[0]:
            if gain > 0:
                heappush(queue, (-gain, row))
            continue
        if gain <= 0:
            break
        left[_reach(cover, row)] = 0.0
        rows.append(row)
        value += gain
        if len(rows) in looks:
            bound = min(bound, _bound(cover, left, value, k))
    is_whole = len(rows) < k
    return np.asarray(rows, dtype=np.int64), value if is_whole else bound, is_whole


def _reach(cover: Cover, row: int) -> Ints:
    matrix = cover.matrix
    reached: Ints = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return reached


def _bound(cover: Cover, left: Floats, value: float, k: int) -> float:
    gains = cover.matrix @ left
    most = gains if len(gains) <= k else np.partition(gains, len(gains) - k)[len(gains) - k :]
    return value + float(most.sum())
