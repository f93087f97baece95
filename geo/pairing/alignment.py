"""How far stations and the logistics network stand in the same places, level by level, with both lists of orphans.

«站点布局要与电商服务站点保持基本一致» (商办建函〔2020〕144号 附件1). Distances are great-circle metres on every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from geo.coverage.situation import LEVELS, Bools, Ints, Nodes, Situation, Stations
from geo.measure import GreatCircle
from geo.pairing.loose import Loose, loosely
from geo.pairing.one_to_one import Pairing, pair

Colour = Literal["green", "amber", "red"]


@dataclass(frozen=True)
class AlignmentRules:
    """Limits of one question, metres (<=) and shares (>=).

    `match_m` are the limits of a pair at county, township and village level. An unpaired station is no orphan when a
    node of its township lies within `orphan_m`. `loose_m` is the many-to-one reading of F7, `colocated_m` how close a
    pair is one address.
    """

    match_m: tuple[float, float, float] = (5000.0, 1000.0, 500.0)
    orphan_m: float = 3000.0
    loose_m: float = 2000.0
    colocated_m: float = 50.0
    green: float = 0.8
    amber: float = 0.6


@dataclass(frozen=True)
class LevelAlignment:
    """One level: S alive stations, L nodes, M pairs; rows are those of the situation.

    `f_score` = 2|M| / (|S| + |L|), `station_match` = |M| / |S|, `logistics_match` = |M| / |L|, `colocated_share` =
    the share of M at one address or of one operator; each is None where it would divide by nothing.
    """

    level: str
    stations: int
    nodes: int
    pairs: Pairing
    f_score: float | None
    colour: Colour | None
    station_match: float | None
    logistics_match: float | None
    colocated_share: float | None
    is_colocated: Bools
    orphan_stations: Ints
    orphan_nodes: Ints
    loose: Loose


def align(situation: Situation, alive: Bools, rules: AlignmentRules | None = None) -> tuple[LevelAlignment, ...]:
    """Return the alignment of alive stations and nodes at county, township and village level, in that order.

    `alive` says for each station whether it counts (`geo.coverage.rules.alive_stations`). Green from `green` on, amber
    from `amber` on, both inclusive. Orphans are the unpaired of a level that have nobody of the other side about them:
    a node without any alive station, of whatever level, in its village or within its level's limit; a station without
    any node in its village, nor in its township within `orphan_m`. A station whose township is unknown is judged by
    distance alone; who has neither place nor village is an orphan, for nothing shows the contrary.
    """
    known = rules or AlignmentRules()
    return tuple(_level(situation, alive, known, level) for level in range(len(LEVELS)))


def _level(situation: Situation, alive: Bools, rules: AlignmentRules, level: int) -> LevelAlignment:
    stations, nodes, limit = situation.stations, situation.nodes, rules.match_m[level]
    s, n = np.flatnonzero(alive & (stations.level == level)), np.flatnonzero(nodes.level == level)
    local = pair(
        stations.lon[s], stations.lat[s], stations.village[s], nodes.lon[n], nodes.lat[n], nodes.village[n], limit
    )
    pairs = Pairing(s[local.station], n[local.node], local.distance_m)
    matched, colocated = len(pairs.station), _colocated(stations, nodes, pairs, rules.colocated_m)
    f_score = _ratio(2 * matched, len(s) + len(n))
    return LevelAlignment(
        level=LEVELS[level],
        stations=len(s),
        nodes=len(n),
        pairs=pairs,
        f_score=f_score,
        colour=None if f_score is None else _colour(f_score, rules),
        station_match=_ratio(matched, len(s)),
        logistics_match=_ratio(matched, len(n)),
        colocated_share=_ratio(int(colocated.sum()), matched),
        is_colocated=colocated,
        orphan_stations=_lone_stations(situation, np.setdiff1d(s, pairs.station), rules.orphan_m),
        orphan_nodes=_lone_nodes(situation, alive, np.setdiff1d(n, pairs.node), limit),
        loose=loosely(situation, s, n, rules.loose_m),
    )


def _colocated(stations: Stations, nodes: Nodes, pairs: Pairing, limit_m: float) -> Bools:
    same = [
        stations.operator[s] != "" and stations.operator[s] == nodes.operator[n]
        for s, n in zip(pairs.station, pairs.node, strict=True)
    ]
    with np.errstate(invalid="ignore"):
        near: Bools = pairs.distance_m <= limit_m + 1e-6
    return near | np.asarray(same, dtype=np.bool_)


def _lone_nodes(situation: Situation, alive: Bools, rows: Ints, limit_m: float) -> Ints:
    """Return which of these nodes have no alive station in their village or within the limit."""
    stations, nodes, living = situation.stations, situation.nodes, np.flatnonzero(alive)
    _, far = GreatCircle().nearest(nodes.lon[rows], nodes.lat[rows], stations.lon[living], stations.lat[living])
    village = nodes.village[rows]
    here = (village >= 0) & np.isin(village, stations.village[living])
    lone: Ints = rows[~here & ~(far <= limit_m + 1e-6)]
    return lone


def _lone_stations(situation: Situation, rows: Ints, limit_m: float) -> Ints:
    """Return which of these stations have no node in their village, nor in their township within the limit."""
    stations, nodes, villages = situation.stations, situation.nodes, situation.villages
    here = (stations.village[rows] >= 0) & np.isin(stations.village[rows], nodes.village)
    near = GreatCircle().within(stations.lon[rows], stations.lat[rows], nodes.lon, nodes.lat, limit_m)
    home = [villages.township[v] if v >= 0 else "" for v in stations.village[rows]]
    same = np.asarray(
        [home[s] in {"", nodes.township[n]} for s, n in zip(near.asking, near.found, strict=True)], dtype=np.bool_
    )
    served = np.zeros(len(rows), dtype=np.bool_)
    served[near.asking[same]] = True
    lone: Ints = rows[~here & ~served]
    return lone


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _colour(f_score: float, rules: AlignmentRules) -> Colour:
    if f_score >= rules.green:
        return "green"
    return "amber" if f_score >= rules.amber else "red"
