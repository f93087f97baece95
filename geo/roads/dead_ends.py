"""Roads that lead nowhere else, taken off a network: a search need only go round the core that is left.

Nothing passes through a dead end to anywhere else, so the way out of it and the way into it are two passes over its
stretches, and exact. A village road that ends at the village is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from geo.roads.edges import Floats, Ints
from geo.roads.pieces import piece_of


@dataclass(frozen=True)
class Ring:
    """Junctions that had one neighbour left when they were taken off, with that neighbour and the way to it."""

    end: Ints
    neighbour: Ints
    weight: Floats


@dataclass(frozen=True)
class Core:
    """What is left: junctions by number, the network among them; and the rings in the order they were taken off."""

    junctions: Ints
    rows: csr_array
    rings: tuple[Ring, ...]

    def outwards(self, ways: Floats, nearest: Ints) -> None:
        """Carry what is known inside dead ends to where they begin; both columns are changed in place."""
        for ring in self.rings:
            there = ways[ring.end] + ring.weight
            less = np.flatnonzero(there < ways[ring.neighbour])
            into, there = ring.neighbour[less], there[less]
            # The least of several dead ends at one junction is written last.
            order = np.argsort(-there, kind="stable")
            ways[into[order]], nearest[into[order]] = there[order], nearest[ring.end[less][order]]

    def inwards(self, ways: Floats, nearest: Ints) -> None:
        """Carry what is known where dead ends begin into them; both columns are changed in place."""
        for ring in reversed(self.rings):
            there = ways[ring.neighbour] + ring.weight
            less = np.flatnonzero(there < ways[ring.end])
            ways[ring.end[less]], nearest[ring.end[less]] = there[less], nearest[ring.neighbour[less]]


def core_of(rows: csr_array) -> Core:
    """Return the core of a symmetric network without loops: no junction with one neighbour, except where all is gone.

    Of a network without any round trip one junction of each part is left.
    """
    degree = np.diff(rows.indptr).astype(np.int64)
    is_left = np.ones(len(degree), dtype=np.bool_)
    ends, rings = np.flatnonzero(degree == 1), []
    while len(ends):
        ring = _ring(rows, ends, is_left)
        # Two that have only each other: the first is taken off, the other is the part's last.
        mutual = np.zeros(len(degree), dtype=np.bool_)
        mutual[ring.end] = True
        taken = ~mutual[ring.neighbour] | (ring.end < ring.neighbour)
        ring = Ring(ring.end[taken], ring.neighbour[taken], ring.weight[taken])
        is_left[ring.end] = False
        degree[ring.end] = 0
        np.subtract.at(degree, ring.neighbour, 1)
        rings.append(ring)
        about = np.unique(ring.neighbour)
        ends = about[(degree[about] == 1) & is_left[about]]
    junctions = np.flatnonzero(is_left)
    local = np.full(len(degree), -1, dtype=np.int64)
    local[junctions] = np.arange(len(junctions))
    return Core(junctions, piece_of(rows, junctions, local), tuple(rings))


def _ring(rows: csr_array, ends: Ints, is_left: np.ndarray) -> Ring:
    starts, counts = rows.indptr[ends].astype(np.int64), (rows.indptr[ends + 1] - rows.indptr[ends]).astype(np.int64)
    at = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    kept = is_left[rows.indices[at]]
    return Ring(np.repeat(ends, counts)[kept], rows.indices[at][kept].astype(np.int64), rows.data[at][kept])
