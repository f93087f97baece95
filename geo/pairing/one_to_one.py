"""Stations and logistics nodes paired one to one: as many pairs as there can be, and of those the least metres in all.

Source of the rule: «站点布局要与电商服务站点保持基本一致» (商办建函〔2020〕144号). Counting every station that has some
node nearby would count one node for two stations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from geo.distance import Floats, Integers, haversine_m
from geo.measure import GreatCircle


@dataclass(frozen=True)
class Pairing:
    """The pairs, by station row; metres are nan where a place is unknown and only the village is shared."""

    station: Integers
    node: Integers
    distance_m: Floats


@dataclass(frozen=True)
class Edges:
    """Which stations and nodes may be paired at all, each once, by station, then node."""

    station: Integers
    node: Integers
    distance_m: Floats


def pair(
    station_lon: ArrayLike, station_lat: ArrayLike, station_village: ArrayLike,
    node_lon: ArrayLike, node_lat: ArrayLike, node_village: ArrayLike, limit_m: float,
) -> Pairing:  # fmt: skip
    """Return a pairing of the largest possible number of pairs and, among those, of the least total distance.

    A station and a node may be paired when they stand in the same village (rows; -1 is none) or at most `limit_m` of
    great circle apart (<=). Degrees, nan for an unknown place; a pair by village alone, without a place, weighs
    `limit_m`. Of equal pairings the same one is chosen for the same rows.
    """
    edges = edges_between(
        station_lon, station_lat, station_village, node_lon, node_lat, node_village, limit_m
    )  # fmt: skip
    many = len(np.atleast_1d(np.asarray(station_lon)))
    return best_pairing(edges, many, len(np.atleast_1d(np.asarray(node_lon))), limit_m)


def edges_between(
    station_lon: ArrayLike, station_lat: ArrayLike, station_village: ArrayLike,
    node_lon: ArrayLike, node_lat: ArrayLike, node_village: ArrayLike, limit_m: float,
) -> Edges:  # fmt: skip
    """Return every station and node of the same village or at most `limit_m` apart (<=), with their distance."""
    places = [np.atleast_1d(np.asarray(v, np.float64)) for v in (station_lon, station_lat, node_lon, node_lat)]
    near = GreatCircle().within(places[0], places[1], places[2], places[3], limit_m)
    here = _same_village(np.atleast_1d(np.asarray(station_village)), np.atleast_1d(np.asarray(node_village)))
    metres = haversine_m(places[0][here[0]], places[1][here[0]], places[2][here[1]], places[3][here[1]])
    station, node = np.concatenate((near.asking, here[0])), np.concatenate((near.found, here[1]))
    far = np.concatenate((near.distance_m, metres))
    key = station * np.int64(max(len(places[2]), 1)) + node
    _, first = np.unique(key, return_index=True)
    return Edges(station[first], node[first], far[first])


def best_pairing(edges: Edges, stations: int, nodes: int, limit_m: float) -> Pairing:
    """Return the largest pairing of least distance over these edges, component by component.

    A pair that meets nobody else is taken as it stands; the other components are solved at once as an assignment in
    which every station also has a private stand-in. The stand-in weighs more than every edge of its component together,
    so that the assignment leaves out as few stations as possible before it looks at metres (Jonker & Volgenant 1987).
    """
    if not len(edges.station):
        return Pairing(edges.station, edges.node, edges.distance_m)
    alone = (np.bincount(edges.station)[edges.station] == 1) & (np.bincount(edges.node)[edges.node] == 1)
    chosen = np.concatenate((np.flatnonzero(alone), _assigned(edges, np.flatnonzero(~alone), stations, nodes, limit_m)))
    chosen = np.sort(chosen)
    return Pairing(edges.station[chosen], edges.node[chosen], edges.distance_m[chosen])


def _same_village(station_village: Integers, node_village: Integers) -> tuple[Integers, Integers]:
    """Return the rows of stations and nodes that share a village, as a merge of two sorted columns."""
    order = np.argsort(node_village, kind="stable").astype(np.int64)
    ordered = node_village[order]
    first = np.searchsorted(ordered, station_village, side="left")
    counts = np.searchsorted(ordered, station_village, side="right") - first
    counts[station_village < 0] = 0
    station = np.repeat(np.arange(len(station_village), dtype=np.int64), counts)
    within = np.arange(len(station)) - np.repeat(np.cumsum(counts) - counts, counts)
    return station, order[np.repeat(first, counts) + within]


def _assigned(edges: Edges, rows: Integers, stations: int, nodes: int, limit_m: float) -> Integers:
    """Return which of these edges (rows) the best assignment takes."""
    if not len(rows):
        return rows
    station, s = np.unique(edges.station[rows], return_inverse=True)
    node, n = np.unique(edges.node[rows], return_inverse=True)
    # A metre more for everybody changes nothing and keeps weights above zero, which the library takes for «no edge».
    weight = np.where(np.isnan(edges.distance_m[rows]), limit_m, edges.distance_m[rows]) + 1.0
    label = _labels(s, n, len(station), len(node))
    stand_in = np.bincount(label[s], weights=weight)[label[: len(station)]] + 1.0
    whole = coo_array(
        (
            np.concatenate((weight, stand_in)),
            (
                np.concatenate((s, np.arange(len(station)))),
                np.concatenate((n, len(node) + np.arange(len(station)))),
            ),
        ),
        shape=(len(station), len(node) + len(station)),
    )
    taken_s, taken_n = min_weight_full_bipartite_matching(csr_array(whole))
    partner = np.full(len(station), -1, dtype=np.int64)
    partner[taken_s] = taken_n
    found: Integers = rows[partner[s] == n]
    return found


def _labels(s: Integers, n: Integers, stations: int, nodes: int) -> Integers:
    """Return the component of each station, then of each node."""
    size = stations + nodes
    graph = csr_array((np.ones(len(s)), (s, stations + n)), shape=(size, size))
    label: Integers = connected_components(graph, directed=False)[1]
    return label
