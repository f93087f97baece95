"""How stations and logistics stand together as plain values: levels, pairs, both lists of orphans, the chain."""

from __future__ import annotations

from typing import Any

import numpy as np

from geo.coverage.situation import Ints
from geo.pairing.alignment import LevelAlignment
from stations.coverage.basis import Basis
from stations.coverage.outcome import Figures, alignment_rules

DEFINITIONS = ("match_rate", "alignment", "colocation_rate", "chain_complete")
# A list of names in an answer is a beginning; the count beside it is the whole.
NAMED = 200


def told_alignment(basis: Basis, figures: Figures, named: int = NAMED) -> dict[str, Any]:
    """Give the levels from county to village, and of all levels together pairs, orphans and chains.

    Lists hold the first `named` names, level by level, by row; `counts` beside them are whole.
    """
    levels, rules = figures.alignment, alignment_rules(basis.policy)
    whole = figures.chains.whole
    counts = {
        "pairs": sum(len(one.pairs.station) for one in levels),
        "orphan_stations": sum(len(one.orphan_stations) for one in levels),
        "orphan_nodes": sum(len(one.orphan_nodes) for one in levels),
    }
    return {
        "limits": {"match_m": list(rules.match_m), "loose_m": rules.loose_m, "orphan_m": rules.orphan_m,
                   "colocated_m": rules.colocated_m, "green": rules.green, "amber": rules.amber},
        "levels": [_level(one) for one in levels],
        "counts": counts,
        "pairs": [pair for one in levels for pair in _pairs(basis, one)][:named],
        "orphan_stations": [
            _station(basis, row, one.level) for one in levels for row in one.orphan_stations.tolist()
        ][:named],
        "orphan_nodes": [_node(basis, row, one.level) for one in levels for row in one.orphan_nodes.tolist()][:named],
        "chain": {"whole": int(np.count_nonzero(whole)), "of": len(whole), "share": figures.chains.share(),
                  "broken": figures.chains.broken_by_level()},
    }  # fmt: skip


def _level(one: LevelAlignment) -> dict[str, Any]:
    return {
        "level": one.level, "stations": one.stations, "nodes": one.nodes, "matched": len(one.pairs.station),
        "f_score": one.f_score, "colour": one.colour, "station_match": one.station_match,
        "logistics_match": one.logistics_match, "colocated": int(np.count_nonzero(one.is_colocated)),
        "colocated_share": one.colocated_share, "orphan_stations": len(one.orphan_stations),
        "orphan_nodes": len(one.orphan_nodes),
        "loose": {"matched_stations": one.loose.matched_stations, "matched_nodes": one.loose.matched_nodes,
                  "alignment": one.loose.alignment},
    }  # fmt: skip


def _pairs(basis: Basis, one: LevelAlignment) -> list[dict[str, Any]]:
    stations, nodes = basis.situation.stations, basis.situation.nodes
    found = zip(one.pairs.station.tolist(), one.pairs.node.tolist(), one.pairs.distance_m.tolist(),
                one.is_colocated.tolist(), strict=True)  # fmt: skip
    return [
        {"level": one.level, "station": stations.code[s], "station_name": basis.station_names[s],
         "node": nodes.code[n], "node_name": basis.node_names[n],
         "distance_m": round(far, 1) if np.isfinite(far) else None, "is_colocated": together}
        for s, n, far, together in found
    ]  # fmt: skip


def _station(basis: Basis, row: int, level: str) -> dict[str, Any]:
    stations = basis.situation.stations
    return {"level": level, "code": stations.code[row], "name": basis.station_names[row],
            "village": _village(basis, stations.village, row)}  # fmt: skip


def _node(basis: Basis, row: int, level: str) -> dict[str, Any]:
    nodes = basis.situation.nodes
    return {"level": level, "code": nodes.code[row], "name": basis.node_names[row],
            "village": _village(basis, nodes.village, row)}  # fmt: skip


def _village(basis: Basis, villages: Ints, row: int) -> str | None:
    at = int(villages[row])
    return basis.situation.villages.code[at] if at >= 0 else None
