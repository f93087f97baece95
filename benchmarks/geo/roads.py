"""Minutes to the nearest of 15,000 stations on a road graph of 500,000 junctions, beside SciPy's bare search."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from benchmarks.geo._seed import best_of, province, tell
from geo.coverage.shares import RollUp, roll_up, units_of
from geo.coverage.situation import Floats, Ints
from geo.distance import destination, haversine_m
from geo.roads.edges import Roads
from geo.roads.graph import RoadGraph
from geo.roads.measure import RoadMeasure

JUNCTIONS, VILLAGES, STATIONS = 500_000, 30_000, 15_000


@lru_cache(maxsize=1)
def network() -> Roads:
    """Draw junctions over a province; roads are the least tree of their Delaunay net and a fifth of the other edges."""
    dice = np.random.default_rng(7)
    lon, lat = dice.uniform(109, 114, JUNCTIONS), dice.uniform(25, 30, JUNCTIONS)
    corner = Delaunay(np.column_stack((lon, lat))).simplices
    edge = np.unique(np.sort(np.vstack((corner[:, :2], corner[:, 1:], corner[:, ::2])), axis=1), axis=0).astype(
        np.int64
    )
    length = haversine_m(lon[edge[:, 0]], lat[edge[:, 0]], lon[edge[:, 1]], lat[edge[:, 1]])
    tree = minimum_spanning_tree(csr_array((length, (edge[:, 0], edge[:, 1])), shape=(JUNCTIONS, JUNCTIONS))).tocoo()
    in_tree = np.isin(
        edge @ (JUNCTIONS, 1),
        np.minimum(tree.row, tree.col).astype(np.int64) * JUNCTIONS + np.maximum(tree.row, tree.col),
    )
    kept = in_tree | (dice.random(len(edge)) < 0.2)
    edge, length = edge[kept], length[kept] * 1.1
    minutes = length * 0.06 / dice.choice([20.0, 30.0, 40.0, 60.0], len(edge))
    return Roads(lon, lat, edge[:, 0], edge[:, 1], length, minutes, np.zeros(len(edge), dtype=np.bool_))


def run() -> None:
    """Time ours (snap both sides, search, walk, share within 10 minutes by county) against the search alone."""
    roads = network()
    start = perf_counter()
    graph = RoadGraph(roads)
    built = perf_counter() - start
    start = perf_counter()
    both = np.concatenate((roads.start, roads.end)), np.concatenate((roads.end, roads.start))
    bare = csr_array((np.tile(roads.minutes, 2), both), shape=(JUNCTIONS, JUNCTIONS))
    print(f"{len(roads.start):,} edges; made ready once: ours {built:.2f} s with the tree for snapping, "
          f"a bare matrix {perf_counter() - start:.2f} s")  # fmt: skip
    dice = np.random.default_rng(8)
    home = dice.choice(JUNCTIONS, VILLAGES, replace=False)
    sources = home[:STATIONS]
    villages = destination(
        roads.lon[home], roads.lat[home], dice.uniform(0, 360, VILLAGES), dice.uniform(0, 500, VILLAGES)
    )
    stations = destination(roads.lon[sources], roads.lat[sources], 90.0, dice.uniform(0, 500, STATIONS))
    counties = units_of(province().villages.county[:VILLAGES])
    measure = RoadMeasure(graph)
    told: list[RollUp] = []

    def we() -> None:
        _, far = measure.nearest(*villages, *stations)
        told.append(roll_up(far <= 10, counties))

    def scipy() -> None:
        dijkstra(bare, directed=True, indices=sources, min_only=True, return_predecessors=True)

    took, peer = best_of(15, we, scipy)
    same = _same(measure, bare, roads, home, sources)
    print(f"within 10 minutes {told[-1].covered.sum() / told[-1].of.sum():.4f} of {VILLAGES:,} villages; {same}")
    tell("road coverage, 500k junctions, 15k stations", took, peer, f"SciPy dijkstra {version('scipy')} alone",
         "<= 1.3", took <= 1.3 * peer and not same.startswith("NOT"))  # fmt: skip


def _same(measure: RoadMeasure, bare: csr_array, roads: Roads, home: Ints, sources: Ints) -> str:
    """Hold ours against the bare search with everybody on a junction; a straight walk may be shorter than the road."""
    theirs: Floats = dijkstra(bare, directed=True, indices=sources, min_only=True)[home]
    _, far = measure.nearest(roads.lon[home], roads.lat[home], roads.lon[sources], roads.lat[sources])
    less = np.flatnonzero(far < theirs - 1e-6)
    away = haversine_m(
        roads.lon[home[less], None], roads.lat[home[less], None], roads.lon[sources], roads.lat[sources]
    ).min(axis=1)  # fmt: skip
    explained = np.allclose(far[less], measure.graph.leg_of(away))
    alike = bool((far <= theirs + 1e-6).all()) and explained
    return f"{'the same' if alike else 'NOT the same'} minutes on junctions, but {len(less)} who walk straight sooner"
