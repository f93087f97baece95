"""How evenly something is spread over villages, and whether it is clustered: Gini and Moran's I."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import Delaunay, QhullError

from geo.coverage.situation import Floats, Ints
from geo.distance import Neighbours

# Rounding must not decide whether a permutation that only changes places of equals is as large as what was seen.
_ROUNDING = 1e-12
# How many numbers the permutations of one round may hold, so that a nation needs no more memory than a province.
_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Adjacency:
    """Who is whose neighbour: pairs of rows among `many` points, both directions where it holds both ways."""

    focal: Ints
    neighbour: Ints
    many: int


@dataclass(frozen=True)
class Moran:
    """Moran's I, what chance expects, and how often permutations came as high; None where it is not defined."""

    i: float | None
    expected: float | None
    p: float | None
    permutations: int
    seed: int


def gini(values: Floats, weights: Floats | None = None) -> float | None:
    """Return the weighted Gini index, 0 (all alike) to 1: sum of w_i w_j |x_i - x_j| / (2 mean W^2).

    Computed from the ranks, which give the same number in one sort. Rows that are not finite or weigh nothing are left
    out; None when nothing is left or all values are 0. ValueError when a value or weight is negative.
    """
    w = np.ones(len(values)) if weights is None else weights
    kept = np.isfinite(values) & np.isfinite(w) & (w != 0)
    x, w = values[kept], w[kept]
    if (x < 0).any() or (w < 0).any():
        raise ValueError("values and weights must not be negative")
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    people, has = np.cumsum(w), float(w @ x)
    if not has:
        return None
    return max(float((w * x) @ (2.0 * people - w - people[-1])) / float(people[-1]) / has, 0.0)


def touching(lon: Floats, lat: Floats) -> Adjacency:
    """Return who borders whom when each place is owned by the nearest point: queen weights of points without borders.

    Two points are neighbours when a triangle of Delaunay has both; on a plane scaled by the cosine of the middle
    latitude. Points in one place are neighbours of it; fewer than three, or all on one line: the two nearest.
    """
    plane = np.column_stack((lon * np.cos(np.deg2rad(lat.mean() if len(lat) else 0.0)), lat))
    if len(plane) < 3:
        return nearest(lon, lat, 2)
    try:
        net = Delaunay(plane)
    except QhullError:
        return nearest(lon, lat, 2)
    corners = net.simplices.astype(np.int64)
    edges = np.vstack((corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]], net.coplanar[:, [0, 2]]))
    both = np.unique(np.vstack((edges, edges[:, ::-1])), axis=0)
    return Adjacency(both[:, 0], both[:, 1], len(plane))


def nearest(lon: Floats, lat: Floats, k: int = 6) -> Adjacency:
    """Return the k nearest other points of each point (fewer where there are not so many); need not be mutual."""
    many = len(lon)
    found, _ = Neighbours(lon, lat).nearest(lon, lat, k + 1)
    focal = np.repeat(np.arange(many, dtype=np.int64), k + 1).reshape(found.shape)
    # Of points in one place any may come first, so the point itself is looked for; if it is not there, the last goes.
    others = (found != focal) & (found >= 0)
    others &= np.cumsum(others, axis=1) <= k
    return Adjacency(focal[others], found[others], many)


def morans_i(values: Floats, neighbours: Adjacency, permutations: int = 999, seed: int = 0) -> Moran:
    """Return Moran's I with row-standardised weights, and the share of permutations at least as large (Moran 1950).

    I = n / S0 * sum of w_ij z_i z_j / sum of z_i^2 with z = value - mean, w_ij = 1 / number of i's neighbours, S0 = sum
    of w. p = (permutations with I >= the seen + 1) / (permutations + 1), one-sided: is it clustered? A point without
    neighbours stays in n and adds nothing. Not defined (None) when all values are alike or nobody has a neighbour.
    ValueError when a value is not finite.
    """
    if not np.isfinite(values).all():
        raise ValueError("values must be finite")
    many = len(values)
    z = values - values.mean() if many else values
    squares = float(z @ z)
    degree = np.bincount(neighbours.focal, minlength=many)
    if many < 2 or squares <= _ROUNDING * many or not degree.any():
        return Moran(None, None, None, permutations, seed)
    row = 1.0 / degree[neighbours.focal]
    weights = csr_array((row, (neighbours.focal, neighbours.neighbour)), shape=(many, many))
    scale = many / float(np.count_nonzero(degree)) / squares
    seen = scale * float(z @ (weights @ z))
    dice, larger, left = np.random.default_rng(seed), 0, permutations
    while left:
        turn = min(left, max(1, _AT_ONCE // many))
        mixed = dice.permuted(np.tile(z, (turn, 1)), axis=1).T
        drawn = scale * (mixed * (weights @ mixed)).sum(axis=0)
        larger += int(np.count_nonzero(drawn >= seen - _ROUNDING))
        left -= turn
    return Moran(seen, -1.0 / (many - 1), (larger + 1) / (permutations + 1), permutations, seed)
