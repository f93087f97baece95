"""How far a figure lies from what is usual: the modified Z on log1p, and the slips of the pen that have a name.

Iglewicz and Hoaglin, «How to Detect and Handle Outliers» (1993): z = 0.6745 (x - median) / MAD, and, where the MAD is
nothing, (x - median) / (1.253314 mean absolute deviation). Where that is nothing too, all earlier figures are the same:
there is no z, and only a slip can be named. Pure functions of arrays.

Nil and nothing are left out, of the past as well as of what is looked at: village shops have months without any sale,
and zeros among the figures would pull the median down, widen the deviation, and make alarms of ordinary good months
(control-data-quality.md of DHIS2 says the same of zero-inflated figures). Silence is the alive rule's business.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NORMAL_MAD, NORMAL_MEAN = 0.6745, 1.253314
UNIT_SLIP, X100, X10 = "unit_slip", "x100", "x10"


class Judged(NamedTuple):
    """Of each value: the median of the others (in their own unit), how many they are, and its modified Z (or nan)."""

    median: Floats
    n: NDArray[np.int64]
    z: Floats

    def only(self, which: np.ndarray) -> Judged:
        """Keep some of the values, by their places or by a yes and no for each."""
        return Judged(self.median[which], self.n[which], self.z[which])


def judge(value: Floats, others: Floats) -> Judged:
    """Judge each value (n) against its others (n x m, nan where there is none); all values are above nothing."""
    in_order = np.sort(others, axis=1)
    n = np.asarray((~np.isnan(in_order)).sum(axis=1), dtype=np.int64)
    logs = np.log1p(in_order)
    middle = _median(logs, n)
    away = np.sort(np.abs(logs - middle[:, None]), axis=1)
    mad = _median(away, n)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(away, axis=1) / n
        scale = np.where(mad > 0, mad / NORMAL_MAD, mean * NORMAL_MEAN)
        z = np.where(scale > 0, (np.log1p(value) - middle) / scale, np.nan)
    return Judged(_median(in_order, n), n, z)


def slip_of(value: float, median: float, *, is_money: bool, is_far: bool, bands: dict[str, float]) -> str | None:
    """Name the slip that would explain a value: 元 for 万元 or the reverse, two digits too many or few, or one.

    `bands` says by how much the power of ten may be missed. Only money is written in 万元. Ten or a hundred times more
    is nothing strange where figures go up and down so much, so these are named only where the value `is_far`.
    """
    power = abs(float(np.log10(value / median)))
    if is_money and abs(power - 4) <= bands[UNIT_SLIP]:
        return UNIT_SLIP
    if is_far and abs(power - 2) <= bands[X100]:
        return X100
    if is_far and abs(power - 1) <= bands[X10]:
        return X10
    return None


def _median(in_order: Floats, n: NDArray[np.int64]) -> Floats:
    """Give the median of each line's first `n` values, nan where there is none."""
    lines = np.arange(len(in_order))
    if in_order.shape[1] == 0:
        return np.full(len(in_order), np.nan)
    low, high = np.maximum((n - 1) // 2, 0), np.minimum(n // 2, in_order.shape[1] - 1)
    found: Floats = (in_order[lines, low] + in_order[lines, high]) / 2
    return np.where(n > 0, found, np.nan)
