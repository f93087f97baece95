"""Shares of villages: plain, weighted, by unit, with bounds; a share of nothing is None, never 0 or 1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints
from geo.coverage.stages import Stages

# The 97.5 % point of the normal distribution: bounds of 95 %.
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """How many (or how much weight) of how many; `share` is None when there was nothing to cover."""

    covered: float
    of: float
    share: float | None


@dataclass(frozen=True)
class Units:
    """The unit of each row by number, and the units' codes in order; -1 for a row without one."""

    codes: tuple[str, ...]
    row: Ints


@dataclass(frozen=True)
class RollUp:
    """Shares of every unit, in the order of `codes`; `share` is nan where a unit has nothing to cover."""

    codes: tuple[str, ...]
    covered: Floats
    of: Floats
    share: Floats


@dataclass(frozen=True)
class Paper:
    """Coverage with all listed stations, with alive ones, and the difference: what exists on paper only."""

    listed_share: float | None
    live_share: float | None
    paper_only: float | None


def share(covered: Bools, among: Bools | None = None, weights: Floats | None = None) -> Share:
    """Return |covered and among| / |among|, or the same of weights; a row whose weight is nan is left out of both."""
    rows = np.ones(len(covered), dtype=np.bool_) if among is None else among
    if weights is None:
        return _share(int(np.count_nonzero(covered & rows)), int(np.count_nonzero(rows)))
    rows = rows & np.isfinite(weights)
    return _share(float(weights[covered & rows].sum()), float(weights[rows].sum()))


def units_of(codes: Sequence[str], digits: int | None = None) -> Units:
    """Number the rows by their code, or by its first digits (6 for the county); an empty code is no unit."""
    cut = codes if digits is None else [code[:digits] for code in codes]
    known = tuple(sorted({*cut} - {""}))
    number = {code: at for at, code in enumerate(known)}
    number[""] = -1
    return Units(known, np.fromiter(map(number.__getitem__, cut), dtype=np.int64, count=len(cut)))


def roll_up(covered: Bools, units: Units, among: Bools | None = None, weights: Floats | None = None) -> RollUp:
    """Return the share of every unit: the same rule as `share`, so that the units' sums are the whole's."""
    rows = units.row >= 0 if among is None else among & (units.row >= 0)
    if weights is not None:
        rows = rows & np.isfinite(weights)
    many = len(units.codes)
    weighed = None if weights is None else weights[rows]
    hit = None if weights is None else weights[rows & covered]
    of = np.bincount(units.row[rows], weights=weighed, minlength=many).astype(np.float64)
    has = np.bincount(units.row[rows & covered], weights=hit, minlength=many).astype(np.float64)
    shares = np.divide(has, of, out=np.full(many, np.nan), where=of > 0)
    return RollUp(units.codes, has, of, shares)


def hollow_rate(service: Bools, built: Bools) -> float | None:
    """Return 1 - |service| / |built|, the share of built coverage that serves nobody; None where nothing was built."""
    stood = int(np.count_nonzero(built))
    return 1.0 - int(np.count_nonzero(service)) / stood if stood else None


def tilt(covered: Bools, is_poor: Bools) -> float | None:
    """Return coverage of poor villages / coverage of the others (>= 1 is 倾斜照顾); None without such a ratio."""
    poor, others = share(covered, is_poor).share, share(covered, ~is_poor).share
    return poor / others if poor is not None and others else None


def paper(stages: Stages, among: Bools | None = None, weights: Floats | None = None) -> Paper:
    """Return listed coverage, alive coverage and their difference (domain model F7, «on paper only»)."""
    listed, live = share(stages.listed, among, weights).share, share(stages.alive, among, weights).share
    return Paper(listed, live, None if listed is None or live is None else listed - live)


def interval(stages: Stages, among: Bools | None = None, weights: Floats | None = None) -> tuple[Share, Share]:
    """Return service coverage (low: alive stations only, high: every listed station not known to be dead)."""
    return share(stages.service, among, weights), share(stages.service_high, among, weights)


def wilson(k: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return Wilson's bounds of a share of which `k` of `n` sampled were seen (Wilson 1927); (0, 1) when n = 0.

    ValueError unless 0 <= k <= n.
    """
    if not 0 <= k <= n:
        raise ValueError("k must be between 0 and n")
    if n == 0:
        return 0.0, 1.0
    p, zz = k / n, z * z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = z / (1 + zz / n) * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    # Rounding must not let the bounds leave what was seen.
    return (0.0 if k == 0 else middle - half), (1.0 if k == n else middle + half)


def _share(covered: float, of: float) -> Share:
    return Share(covered, of, covered / of if of else None)
