"""Distances along the customer's roads, with the same face as the great circle: `geo.measure.Measure`.

The way between two points is the walk to the nearest junction, the least way along the roads, and the walk from the
other's junction; or the straight walk between them where that is less and no longer than the largest walk to a road,
so that a station in the middle of its village is near although the road is not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.distance import Pairs, unit_vectors
from geo.measure import GreatCircle
from geo.roads.edges import Floats, Ints
from geo.roads.graph import RoadGraph, Snapped, nearest_in
from geo.roads.reaching import ways_within


class RoadMeasure:
    """Minutes (or metres) along a road graph; a point that no walk brings to a road or to the other is never near."""

    def __init__(self, graph: RoadGraph) -> None:
        self.graph = graph
        self.unit: str = graph.unit

    def nearest(self, lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike) -> tuple[Ints, Floats]:
        """Return for each asking point (row of the nearest of the others, how far); -1 and inf where there is none.

        One multi-source Dijkstra from all the others at once: the cost hangs on the network, not on how many ask.
        """
        asking, there = self.graph.snap(lon, lat), self.graph.snap(to_lon, to_lat)
        rows, far = _from_all(self.graph, there)
        asked = asking.junction
        is_on_road = asked >= 0
        best = np.where(is_on_road, rows[asked], -1)
        ways = np.where(is_on_road, far[asked], np.inf) + np.where(is_on_road, asking.leg, 0.0)
        on_foot, metres = _straight(lon, lat, to_lon, to_lat, self.graph.snapping.largest_m)
        legs = self.graph.leg_of(metres)
        walks = legs < ways
        return np.where(walks, on_foot, best), np.where(walks, legs, ways)

    def within(self, lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike, limit: float) -> Pairs:
        """Return every pair at most `limit` apart (<=) in the unit, by asking row, then distance, then found row."""
        asking, there = self.graph.snap(lon, lat), self.graph.snap(to_lon, to_lat)
        by_road = ways_within(self.graph, asking, there, limit)
        on_foot = GreatCircle().within(lon, lat, to_lon, to_lat, self.graph.snapping.largest_m)
        legs = self.graph.leg_of(on_foot.distance_m)
        near = legs <= limit + 1e-9
        a = np.concatenate((by_road.asking, on_foot.asking[near]))
        b = np.concatenate((by_road.found, on_foot.found[near]))
        d = np.concatenate((by_road.distance_m, legs[near]))
        order = np.lexsort((d, b, a))
        a, b, d = a[order], b[order], d[order]
        least = np.ones(len(a), dtype=bool)
        least[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
        a, b, d = a[least], b[least], d[least]
        order = np.lexsort((b, d, a))
        return Pairs(a[order], b[order], d[order])

    def off_road(self, lon: ArrayLike, lat: ArrayLike) -> Ints:
        """Return the rows of the points that no junction is within walking reach of, or that have no place at all."""
        return np.flatnonzero(self.graph.snap(lon, lat).junction < 0).astype(np.int64)


def _straight(
    lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike, largest_m: float
) -> tuple[Ints, Floats]:
    """Return for each asking point (row of the nearest of the others, metres) of a straight walk; -1 and inf for none.

    Nobody is looked for beyond the largest walk, which is quicker than finding the nearest of all.
    """
    points = [np.atleast_1d(np.asarray(v, np.float64)) for v in (lon, lat, to_lon, to_lat)]
    asking, there = (np.flatnonzero(np.isfinite(x) & np.isfinite(y)) for x, y in (points[:2], points[2:]))
    rows, metres = np.full(len(points[0]), -1, dtype=np.int64), np.full(len(points[0]), np.inf)
    if len(asking) and len(there):
        tree = cKDTree(unit_vectors(points[2][there], points[3][there]), balanced_tree=False)
        found, far = nearest_in(tree, unit_vectors(points[0][asking], points[1][asking]), largest_m)
        near = np.isfinite(far)
        rows[asking[near]], metres[asking[near]] = there[found[near]], far[near]
    return rows, metres


def _from_all(graph: RoadGraph, there: Snapped) -> tuple[Ints, Floats]:
    """Return for each junction (row of the nearest point, its way with that point's walk), and -1, inf at the end.

    The entry at the end answers for row -1. What lies in dead ends is carried to the core, searched from there, and
    carried back into the dead ends.
    """
    n = len(graph)
    points = np.flatnonzero(there.junction >= 0)
    # Of several points at one junction only the closest can be anybody's nearest; the lower row wins a tie.
    points = points[np.lexsort((points, there.leg[points], there.junction[points]))]
    first = np.ones(len(points), dtype=bool)
    first[1:] = there.junction[points[1:]] != there.junction[points[:-1]]
    points = points[first]
    nearest, ways = np.full(n + 1, -1, dtype=np.int64), np.full(n + 1, np.inf)
    nearest[there.junction[points]], ways[there.junction[points]] = points, there.leg[points]
    core = graph.core
    core.outwards(ways, nearest)
    nearest[core.junctions], ways[core.junctions] = _searched(core.rows, nearest[core.junctions], ways[core.junctions])
    core.inwards(ways, nearest)
    return nearest, ways


def _searched(rows: csr_array, nearest: Ints, ways: Floats) -> tuple[Ints, Floats]:
    """Search a network from every junction whose way is known, each with the way it has already.

    Every such junction gets a vertex before it with one arrow that weighs the way: so the search starts from all of
    them at their own distance, which the library has no word for.
    """
    n, known = len(ways), np.flatnonzero(np.isfinite(ways))
    more = len(known)
    if not more:
        return nearest, ways
    whole = csr_array(
        (
            np.concatenate((rows.data, ways[known])),
            np.concatenate((rows.indices, known.astype(np.int32))),
            np.concatenate((rows.indptr, rows.indptr[-1] + np.arange(1, more + 1, dtype=np.int32))),
        ),
        shape=(n + more, n + more),
    )
    found, _, sources = dijkstra(
        whole, directed=True, indices=np.arange(n, n + more), min_only=True, return_predecessors=True
    )
    reached = sources[:n] >= n
    told = nearest.copy()
    told[reached] = nearest[known[sources[:n][reached] - n]]
    return told, found[:n]
