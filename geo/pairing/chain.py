"""Whether parcels can come to a village over all three levels (county, township, village), and where not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from geo.coverage.situation import LEVELS, Bools, Ints, Situation

COUNTY, TOWNSHIP, VILLAGE = range(len(LEVELS))


@dataclass(frozen=True)
class Chains:
    """For each village whether its chain is whole, and the level at which it breaks (-1 where it is whole)."""

    whole: Bools
    broken: Ints

    def share(self) -> float | None:
        """Return the share of villages with a whole chain; None without a village."""
        return float(self.whole.mean()) if len(self.whole) else None

    def broken_by_level(self) -> dict[str, int]:
        """Return how many chains break at each level."""
        return {name: int((self.broken == level).sum()) for level, name in enumerate(LEVELS)}


def chains(situation: Situation) -> Chains:
    """Follow routes from county nodes over township nodes to whoever serves each village (县乡村三级).

    A chain is whole when some node that serves the village (declared, or a village stop standing in it), or leads to
    one that does, is a township node that a county node leads to; routes go one way, from `start` to `end`, over as
    many nodes as they like. A township node that serves a village directly needs no stop there. Broken at village:
    nobody serves it. At township: somebody does, but no township node leads there. At county: a township node does, but
    no county node leads to any such. The nodes of the situation are those of the day, so each of them is live.
    """
    level = situation.nodes.level
    many = len(situation.villages.code)
    of_county = _reached(situation, level == COUNTY)
    of_township = _reached(situation, level == TOWNSHIP)
    of_both = _reached(situation, (level == TOWNSHIP) & of_county)
    node, village = serving(situation)
    served, from_township, whole = (
        _villages(many, village[which[node]]) for which in (np.ones(len(level), np.bool_), of_township, of_both)
    )
    broken = np.where(whole, -1, np.where(from_township, COUNTY, np.where(served, TOWNSHIP, VILLAGE)))
    return Chains(whole, broken.astype(np.int64))


def _reached(situation: Situation, seeds: Bools) -> Bools:
    """Return which nodes routes lead to from these, these among them."""
    n = len(seeds)
    rows = np.flatnonzero(seeds)
    # One more node in front of all the seeds, so that one search starts from every one of them.
    start = np.concatenate((situation.routes.start, np.full(len(rows), n)))
    end = np.concatenate((situation.routes.end, rows))
    graph = csr_array((np.ones(len(start)), (start, end)), shape=(n + 1, n + 1))
    reached = np.zeros(n + 1, dtype=np.bool_)
    reached[breadth_first_order(graph, n, directed=True, return_predecessors=False)] = True
    return reached[:n]


def serving(situation: Situation) -> tuple[Ints, Ints]:
    """Return (node, village) rows of who serves whom: as declared, and every village stop where it stands."""
    nodes = situation.nodes
    stops = np.flatnonzero((nodes.level == VILLAGE) & (nodes.village >= 0))
    return (
        np.concatenate((situation.served.start, stops)),
        np.concatenate((situation.served.end, nodes.village[stops])),
    )


def _villages(many: int, rows: Ints) -> Bools:
    found = np.zeros(many, dtype=np.bool_)
    found[rows] = True
    return found
