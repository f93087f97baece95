"""The looser reading of alignment (F7): anybody with somebody of the other side about is matched, many to one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.situation import Bools, Ints, Situation
from geo.measure import GreatCircle


@dataclass(frozen=True)
class Loose:
    """Rows without the other side, and `alignment` = matched stations and nodes / all of both; None for none at all."""

    matched_stations: int
    matched_nodes: int
    alignment: float | None
    stations_without: Ints
    nodes_without: Ints


def loosely(situation: Situation, stations: Ints, nodes: Ints, limit_m: float) -> Loose:
    """Match stations and nodes (rows) many to one: a node serves or stands in the station's village, or lies within.

    The limit is inclusive (<=). The same station may match several nodes and the other way round; both counts over
    their union are the alignment of domain model F7.
    """
    s_of, n_of = situation.stations, situation.nodes
    near = GreatCircle().within(
        s_of.lon[stations], s_of.lat[stations], n_of.lon[nodes], n_of.lat[nodes], limit_m
    )  # fmt: skip
    has_node, has_station = np.zeros(len(stations), dtype=np.bool_), np.zeros(len(nodes), dtype=np.bool_)
    has_node[near.asking] = True
    has_station[near.found] = True
    node, village = _served(situation, nodes)
    home = s_of.village[stations]
    has_node |= np.isin(home, village) & (home >= 0)
    has_station |= _any_of(nodes, node[np.isin(village, home[home >= 0])])
    matched = int(has_node.sum()), int(has_station.sum())
    both = len(stations) + len(nodes)
    return Loose(
        matched[0], matched[1], sum(matched) / both if both else None, stations[~has_node], nodes[~has_station]
    )  # fmt: skip


def _served(situation: Situation, nodes: Ints) -> tuple[Ints, Ints]:
    """Return (node rows, village rows) of the villages these nodes serve, their own among them."""
    served, standing = situation.served, situation.nodes.village
    ours = np.isin(served.start, nodes)
    at_home = nodes[standing[nodes] >= 0]
    return (
        np.concatenate((served.start[ours], at_home)),
        np.concatenate((served.end[ours], standing[at_home])),
    )


def _any_of(rows: Ints, chosen: Ints) -> Bools:
    found: Bools = np.isin(rows, chosen)
    return found
