"""150,000 stations paired one to one with 120,000 logistics nodes, beside everybody taking the nearest."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching
from scipy.spatial import cKDTree

from benchmarks.geo._seed import best_of, nation, tell
from geo.distance import EARTH_RADIUS_M, destination, unit_vectors
from geo.pairing.one_to_one import Pairing, edges_between, pair

LIMIT_M = 500.0


def drawn() -> tuple[Any, ...]:
    """Draw both networks over the nation's placed villages: three nodes in four stand where a station stands."""
    villages, dice = nation().villages, np.random.default_rng(9)
    placed = np.flatnonzero(np.isfinite(villages.lon))
    stations = dice.choice(placed, 150_000, replace=False)
    others = np.setdiff1d(placed, stations)
    nodes = np.concatenate((dice.choice(stations, 90_000, replace=False), dice.choice(others, 30_000, replace=False)))
    columns: list[Any] = []
    for home in (stations, nodes):
        away = np.abs(dice.normal(0, 450, len(home)))
        columns += destination(villages.lon[home], villages.lat[home], dice.uniform(0, 360, len(home)), away)
        columns.append(home)
    return tuple(columns)


def run() -> None:
    """Time both from coordinates; the naive way counts a node for every station beside it, and is no pairing."""
    columns = drawn()
    station_lon, station_lat, _, node_lon, node_lat, _ = columns
    found: list[Pairing] = []
    near: list[int] = []

    def we() -> None:
        found.append(pair(*columns, LIMIT_M))

    def naive() -> None:
        tree = cKDTree(unit_vectors(node_lon, node_lat))
        chord, _ = tree.query(unit_vectors(station_lon, station_lat))
        near.append(int((2 * EARTH_RADIUS_M * np.arcsin(chord / 2) <= LIMIT_M).sum()))

    took, peer = best_of(3, we, naive)
    edges = edges_between(*columns, LIMIT_M)
    shape = len(station_lon), len(node_lon)
    graph = csr_array((np.ones(len(edges.station)), (edges.station, edges.node)), shape=shape)
    largest = int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
    pairs = found[-1]
    is_pairing = len(np.unique(pairs.station)) == len(np.unique(pairs.node)) == len(pairs.station)
    print(f"{len(pairs.station):,} pairs over {len(edges.station):,} possible ones; the largest there can be "
          f"{largest:,} (maximum_bipartite_matching); naively {near[-1]:,} within {LIMIT_M:.0f} m")  # fmt: skip
    tell("one-to-one 150k x 120k", took, peer, f"scipy cKDTree {version('scipy')}, nearest of each",
         "<= 4, of the largest size", took <= 4 * peer and is_pairing and len(pairs.station) == largest)  # fmt: skip
