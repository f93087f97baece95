"""How far things are from each other: one face for great circles and for roads, so that a figure can take either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from geo.distance import Floats, Integers, Neighbours, Pairs


class Measure(Protocol):
    """A way to measure; `unit` is «m» or «min», and limits and answers are in it.

    Degrees of CGCS2000 in lon, lat order. A point that is not finite has no place: it is never near anything.
    """

    unit: str

    def nearest(
        self, lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike
    ) -> tuple[Integers, Floats]:
        """Return for each asking point (row of the nearest of the others, how far); -1 and inf where there is none."""
        ...

    def within(
        self, lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike, limit: float
    ) -> Pairs:
        """Return every pair at most `limit` apart (<=); `Pairs.distance_m` is in the measure's unit."""
        ...


class GreatCircle:
    """Metres over the sphere, exact; points without a place are left aside before the tree is built."""

    unit = "m"

    def nearest(
        self, lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike
    ) -> tuple[Integers, Floats]:
        """Return for each asking point (row of the nearest of the others, metres); -1 and inf where there is none."""
        asking, there = _placed(lon, lat), _placed(to_lon, to_lat)
        rows, metres = np.full(len(asking.whole), -1, dtype=np.int64), np.full(len(asking.whole), np.inf)
        if len(there.rows) and len(asking.rows):
            found, far = Neighbours(there.lon, there.lat).nearest(asking.lon, asking.lat)
            rows[asking.rows], metres[asking.rows] = there.rows[found[:, 0]], far[:, 0]
        return rows, metres

    def within(
        self, lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike, limit: float
    ) -> Pairs:
        """Return every pair at most `limit` metres apart (<=), by asking row, then metres, then found row."""
        asking, there = _placed(lon, lat), _placed(to_lon, to_lat)
        pairs = Neighbours(there.lon, there.lat).within(asking.lon, asking.lat, limit)
        return Pairs(asking.rows[pairs.asking], there.rows[pairs.found], pairs.distance_m)


@dataclass(frozen=True)
class _Placed:
    """The points that have a place, with their row numbers; `whole` only says how many there were."""

    whole: Floats
    rows: Integers
    lon: Floats
    lat: Floats


def _placed(lon: ArrayLike, lat: ArrayLike) -> _Placed:
    x, y = np.atleast_1d(np.asarray(lon, np.float64)), np.atleast_1d(np.asarray(lat, np.float64))
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y)).astype(np.int64)
    return _Placed(x, rows, x[rows], y[rows])
