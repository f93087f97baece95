"""Every pair of points within a limit along the roads: limited searches, each over the piece of network it can reach.

No way of weight `limit` leads further than limit x metres_a_unit, so the sources are taken tile by tile and each tile
is searched in the piece of the network around it: exact, and the cost no longer grows with the whole network.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geo.distance import EARTH_RADIUS_M, Pairs
from geo.roads.edges import Floats, Ints
from geo.roads.graph import RoadGraph, Snapped
from geo.roads.pieces import piece_of

# Distances held at once: 32 MB of them.
_CELLS = 4_000_000
_SLACK = 1e-9


def ways_within(graph: RoadGraph, asking: Snapped, there: Snapped, limit: float) -> Pairs:
    """Return every pair of snapped points whose way with both walks is at most `limit` (<=), in no promised order."""
    sources, targets = np.flatnonzero(asking.junction >= 0), np.flatnonzero(there.junction >= 0)
    if limit < 0 or not len(sources) or not len(targets):
        nothing = np.empty(0, dtype=np.int64)
        return Pairs(nothing, nothing, np.empty(0))
    # Ways are the same in both directions, so the side with fewer points is searched from.
    if len(targets) < len(sources):
        turned = ways_within(graph, there, asking, limit)
        return Pairs(turned.found, turned.asking, turned.distance_m)
    found = [
        part
        for rows, piece in _tiles(graph, asking.junction[sources], limit)
        for part in _searched(graph, asking, there, sources[rows], targets, piece, limit)
    ]
    return Pairs(*(np.concatenate([part[k] for part in found]) for k in range(3)))


def _tiles(graph: RoadGraph, junction: Ints, limit: float) -> Iterator[tuple[Ints, Ints]]:
    """Yield (rows of sources in a tile, junctions that they can reach at all, ascending)."""
    lon, lat = graph.lon, graph.lat
    reach_m = limit * graph.metres_a_unit if limit > 0 else 0.0
    reach = np.rad2deg(reach_m / EARTH_RADIUS_M) * 1.001 + 1e-7
    # Tiles reach half as wide as the search does: a smaller one repeats work, a larger one searches what is too far.
    side = max(reach / 2.0, 0.02)
    if not np.isfinite(reach) or side > float(np.ptp(lat) + np.ptp(lon)):
        yield np.arange(len(junction)), np.arange(len(graph))
        return
    by_lat = np.argsort(lat, kind="stable")
    sorted_lat = lat[by_lat]
    tile = np.column_stack((np.floor(lat[junction] / side), np.floor(lon[junction] / side))).astype(np.int64)
    _, which = np.unique(tile, axis=0, return_inverse=True)
    order = np.argsort(which, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(which[order])) + 1):
        south, north = lat[junction[rows]].min() - reach, lat[junction[rows]].max() + reach
        wide = reach / max(np.cos(np.deg2rad(min(max(abs(south), abs(north)), 89.9))), 1e-3)
        west, east = lon[junction[rows]].min() - wide, lon[junction[rows]].max() + wide
        band = by_lat[np.searchsorted(sorted_lat, south) : np.searchsorted(sorted_lat, north, side="right")]
        yield rows, np.sort(band[(lon[band] >= west) & (lon[band] <= east)])


def _searched(
    graph: RoadGraph, asking: Snapped, there: Snapped, sources: Ints, targets: Ints, piece: Ints, limit: float
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield (asking rows, found rows, ways) of one tile, so many sources at a time."""
    local = np.full(len(graph), -1, dtype=np.int64)
    local[piece] = np.arange(len(piece))
    inside = targets[local[there.junction[targets]] >= 0]
    columns = local[there.junction[inside]]
    part = piece_of(graph.rows, piece, local)
    junctions, which = np.unique(local[asking.junction[sources]], return_inverse=True)
    step = max(1, _CELLS // max(len(piece), len(inside), 1))
    for start in range(0, len(junctions), step):
        chosen = np.flatnonzero((which >= start) & (which < start + step))
        ways = dijkstra(part, directed=True, indices=junctions[start : start + step], limit=limit + _SLACK)[:, columns]
        source, found = np.nonzero(np.isfinite(ways))
        # Several sources may stand at one junction: each of its ways is repeated for every one of them.
        by_junction = chosen[np.argsort(which[chosen], kind="stable")]
        counts = np.bincount(which[chosen] - start, minlength=len(ways))
        repeated = counts[source]
        first = np.repeat(np.concatenate(([0], np.cumsum(counts)))[source], repeated)
        within = np.arange(len(first)) - np.repeat(np.cumsum(repeated) - repeated, repeated)
        rows, ends = sources[by_junction[first + within]], inside[np.repeat(found, repeated)]
        far = np.repeat(ways[source, found], repeated) + asking.leg[rows] + there.leg[ends]
        near = far <= limit + _SLACK
        yield rows[near], ends[near], far[near]
