"""A road network ready to be measured along: compressed rows of neighbours, and the tree that finds a junction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from geo.distance import EARTH_RADIUS_M, haversine_m, unit_vectors
from geo.roads.dead_ends import core_of
from geo.roads.edges import Floats, Ints, Roads

Unit = Literal["min", "m"]


@dataclass(frozen=True)
class Snapping:
    """How a point comes to the road: on foot in a straight line, at most so far (<=)."""

    walk_km_h: float = 4.0
    largest_m: float = 2000.0


@dataclass(frozen=True)
class Snapped:
    """For each point the row of its junction and the way to it in the graph's unit; -1 and inf for none in reach."""

    junction: Ints
    leg: Floats


class RoadGraph:
    """Junctions and stretches weighed in minutes or metres, open both ways; of parallel stretches the least counts.

    Junctions are numbered anew, in the order of `lon` and `lat` here, not that of the file.
    `metres_a_unit` is the most great-circle metres that any stretch gains for one minute (or metre) of its weight: no
    way of weight w leads further than w x metres_a_unit from its start. It is inf where a stretch costs nothing.
    """

    def __init__(self, roads: Roads, unit: Unit = "min", snapping: Snapping | None = None) -> None:
        self.unit: Unit = unit
        self.snapping = snapping or Snapping()
        # Junctions near each other on the ground become near each other in memory: a search is a third quicker.
        order = _along_a_curve(roads.lon, roads.lat)
        number = np.empty(len(order), dtype=np.int64)
        number[order] = np.arange(len(order))
        self.lon, self.lat = roads.lon[order], roads.lat[order]
        weight = roads.minutes if unit == "min" else roads.length_m
        self.rows = _both_ways(len(order), number[roads.start], number[roads.end], weight)
        self.core = core_of(self.rows)
        self.metres_a_unit = _fastest(roads, weight)
        # Half the time to build of a balanced one, and a query is as quick.
        self._tree = cKDTree(unit_vectors(self.lon, self.lat), balanced_tree=False) if len(order) else None

    def __len__(self) -> int:
        return len(self.lon)

    def leg_of(self, metres: ArrayLike) -> Floats:
        """Return what a walk of so many metres weighs: minutes at the stated speed, or the metres themselves."""
        walked = np.asarray(metres, dtype=np.float64)
        return walked * 0.06 / self.snapping.walk_km_h if self.unit == "min" else walked

    def snap(self, lon: ArrayLike, lat: ArrayLike) -> Snapped:
        """Return the nearest junction of each point at most `largest_m` away; a point without a place has none."""
        x, y = np.atleast_1d(np.asarray(lon, np.float64)), np.atleast_1d(np.asarray(lat, np.float64))
        junction, leg = np.full(len(x), -1, dtype=np.int64), np.full(len(x), np.inf)
        placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        # Asking along bands of latitude walks the tree where it has just been.
        placed = placed[np.lexsort((x[placed], np.floor(y[placed] * 50.0)))]
        if self._tree is None or not len(placed):
            return Snapped(junction, leg)
        found, metres = nearest_in(self._tree, unit_vectors(x[placed], y[placed]), self.snapping.largest_m)
        near = np.isfinite(metres)
        junction[placed[near]], leg[placed[near]] = found[near], self.leg_of(metres[near])
        return Snapped(junction, leg)


def nearest_in(tree: cKDTree, vectors: Floats, largest_m: float) -> tuple[Ints, Floats]:
    """Return (row of the nearest in the tree, metres) at most `largest_m` away (<=); inf metres for none so near."""
    # A bound makes the tree give up early on points far from everything; the exact metres decide.
    bound = 2.0 * np.sin(min(largest_m / EARTH_RADIUS_M, np.pi) / 2.0) * (1.0 + 1e-9) + 1e-12
    chord, found = tree.query(vectors, distance_upper_bound=bound)
    metres = 2.0 * EARTH_RADIUS_M * np.arcsin(np.clip(chord / 2.0, 0.0, 1.0))
    return found.astype(np.int64), np.where(np.isfinite(chord) & (metres <= largest_m + 1e-6), metres, np.inf)


def _along_a_curve(lon: Floats, lat: Floats) -> Ints:
    """Return the junctions in Morton's order: the bits of both degrees, 16 each, by turns."""
    code = np.zeros(len(lon), dtype=np.uint64)
    for shift, degrees in enumerate((lon, lat)):
        width = float(np.ptp(degrees)) if len(degrees) else 0.0
        bits = ((degrees - degrees.min()) / width * 65_535).astype(np.uint64) if width else np.zeros_like(code)
        for bit in range(16):
            code |= ((bits >> np.uint64(bit)) & np.uint64(1)) << np.uint64(2 * bit + shift)
    return np.argsort(code, kind="stable").astype(np.int64)


def _both_ways(n: int, start: Ints, end: Ints, weight: Floats) -> csr_array:
    """Return the symmetric matrix of least weights; built by hand because the library adds up parallel stretches."""
    # A stretch back to where it began is on nobody's way.
    leads = start != end
    start, end, weight = start[leads], end[leads], weight[leads]
    tail, head = np.concatenate((start, end)), np.concatenate((end, start))
    both = np.concatenate((weight, weight))
    order = np.lexsort((both, head, tail))
    tail, head, both = tail[order], head[order], both[order]
    first = np.ones(len(tail), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    counts = np.bincount(tail[first], minlength=n)
    pointer = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    return csr_array((both[first], head[first].astype(np.int32), pointer), shape=(n, n))


def _fastest(roads: Roads, weight: Floats) -> float:
    straight = haversine_m(roads.lon[roads.start], roads.lat[roads.start], roads.lon[roads.end], roads.lat[roads.end])
    gains = straight > 0
    if not gains.any():
        return 0.0
    with np.errstate(divide="ignore"):
        return float(np.max(straight[gains] / weight[gains]))
