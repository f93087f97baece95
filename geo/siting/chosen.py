"""An answer to «where next»: the sites in order, what each adds, and how far at most it is from the best answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints
from geo.siting.covers import Cover

# As near as the solver's own rounding comes.
_PROVEN = 1e-6


@dataclass(frozen=True)
class Chosen:
    """Sites in the order of what each adds to those before it; `gains` are weights, `villages` the rows newly reached.

    `value` is the weight added by all, `bound` what no choice of as many sites can exceed, `gap` = (bound - value) /
    bound, 0 where nothing can be gained. `is_proven` when the gap is closed to a millionth. `method` is «greedy» or
    «exact».
    """

    rows: Ints
    gains: Floats
    villages: tuple[Ints, ...]
    value: float
    bound: float
    gap: float
    is_proven: bool
    method: str


def chosen(cover: Cover, weights: Floats, already: Bools, rows: Ints, bound: float, method: str) -> Chosen:
    """Return the answer over sites in this order, each village counted once; sites that add nothing are left out."""
    left = ~already
    kept, gains, villages = [], [], []
    for row in rows:
        reached = cover.matrix.indices[cover.matrix.indptr[row] : cover.matrix.indptr[row + 1]]
        fresh = reached[left[reached]]
        gain = float(weights[fresh].sum())
        if gain > 0:
            left[fresh] = False
            kept.append(int(row))
            gains.append(gain)
            villages.append(np.sort(fresh).astype(np.int64))
    value = float(sum(gains))
    # Rounding may carry a sum over its own bound.
    bound = max(bound, value)
    gap = (bound - value) / bound if bound > 0 else 0.0
    return Chosen(
        np.asarray(kept, dtype=np.int64), np.asarray(gains), tuple(villages), value, bound, gap, gap <= _PROVEN, method
    )  # fmt: skip
