"""Whether a road file can be used: faults by row and column, units, speeds, connectivity; and the network if it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.distance import haversine_m
from geo.roads.edges import EdgeTable, Floats, Ints, NodeTable, Roads, minutes_of
from geo.roads.junctions import Junctions, RowFault, number_junctions

# Each of these makes the file unusable.
NO_EDGES, FAULTY_ROWS = "no_edges", "faulty_rows"
LENGTHS_IN_KM, MINUTES_IN_HOURS, MINUTES_IN_SECONDS = "lengths_in_km", "minutes_in_hours", "minutes_in_seconds"
# A road is seldom five times its straight line in the middle of all rows, never a hundredth of it.
_USUAL_DETOUR = (0.2, 20.0)
# The middle speed of all rows that say their minutes, km/h: outside it, the unit is another one.
_USUAL_SPEED = (3.0, 150.0)
# A single row is odd outside these, and only named: a ferry, a stairway, a slip of the pen.
ODD_SPEED_KM_H = (2.0, 130.0)
# Below its straight line by more than this, a length is odd (coordinates are rounded, the sphere is not the ellipsoid).
_SHORT_SHARE, _SHORT_M = 0.98, 5.0
_NAMED = 20


@dataclass(frozen=True)
class RoadCheck:
    """What the check found; `roads` is None exactly when `unusable` names a reason.

    Rows count from 0 over the rows of the file. `odd_lengths` are shorter than the straight line between their ends,
    `odd_speeds` outside 2 to 130 km/h: both named, not refused. `derived` rows had no minutes, `unknown_classes` of
    them had no known class either. `share_in_largest` is over junctions; `apart` are junctions outside the largest
    component, the first twenty by name.
    """

    nodes: int
    edges: int
    components: int
    share_in_largest: float | None
    apart: tuple[str, ...]
    length_km: float
    derived: int
    unknown_classes: int
    median_speed_km_h: float | None
    odd_lengths: tuple[int, ...]
    odd_speeds: tuple[int, ...]
    faults: tuple[RowFault, ...]
    unusable: tuple[str, ...]
    roads: Roads | None

    def figures(self) -> dict[str, object]:
        """Return everything but the network and the faults as plain values, lists cut at twenty, for keeping."""
        return {
            "nodes": self.nodes, "edges": self.edges, "components": self.components,
            "share_in_largest": self.share_in_largest, "apart": list(self.apart), "length_km": self.length_km,
            "derived": self.derived, "unknown_classes": self.unknown_classes,
            "median_speed_km_h": self.median_speed_km_h,
            "odd_lengths": len(self.odd_lengths), "odd_length_rows": list(self.odd_lengths[:_NAMED]),
            "odd_speeds": len(self.odd_speeds), "odd_speed_rows": list(self.odd_speeds[:_NAMED]),
            "unusable": list(self.unusable),
        }  # fmt: skip


def check_roads(
    table: EdgeTable, nodes: NodeTable | None = None, *, speeds_km_h: dict[str, float] | None = None
) -> RoadCheck:
    """Check a road file and, when it can be used, number its junctions and fill in the minutes it does not say.

    Unusable: no row at all; a faulty row (an end without a name or a place, a junction unknown to the table of
    junctions, a length or a minute missing, negative or no number); lengths that look like kilometres (the middle
    ratio to the straight line below 0.2); minutes that look like hours (middle speed above 150 km/h) or like seconds
    (below 3 km/h). A network in several parts is usable, and says so.
    """
    junctions = number_junctions(table, nodes)
    faults = [*junctions.faults, *_number_faults(table)]
    if faults or not len(table):
        reason = FAULTY_ROWS if faults else NO_EDGES
        return _refused(table, junctions, tuple(sorted(faults, key=lambda f: (f.row, f.column))), reason)
    is_derived = np.isnan(table.minutes)
    without = [int(row) for row in np.flatnonzero(is_derived)]
    minutes = table.minutes.copy()
    minutes[without], unknown = minutes_of(
        table.length_m[without], [table.road_class[row] for row in without], speeds_km_h
    )
    roads = Roads(
        junctions.lon, junctions.lat, junctions.start, junctions.end, table.length_m.copy(), minutes, is_derived
    )
    straight = _straight_m(roads)
    unusable = _unit_faults(table, roads, straight)
    return _told(table, junctions.names, roads, straight, unusable, unknown)


def _number_faults(table: EdgeTable) -> list[RowFault]:
    found: list[RowFault] = []
    for column, values, may_miss in (("length_m", table.length_m, False), ("minutes", table.minutes, True)):
        for wrong, reason in (
            (np.isnan(values) & (not may_miss), "missing"),
            (np.isinf(values), "not_a_number"),
            (values < 0, "negative"),
        ):
            found.extend(RowFault(int(row), column, reason) for row in np.flatnonzero(wrong))
    return found


def _straight_m(roads: Roads) -> Floats:
    lon, lat = roads.lon, roads.lat
    return haversine_m(lon[roads.start], lat[roads.start], lon[roads.end], lat[roads.end])


def _unit_faults(table: EdgeTable, roads: Roads, straight: Floats) -> tuple[str, ...]:
    unusable = []
    far = straight > _SHORT_M
    if far.any() and float(np.median(roads.length_m[far] / straight[far])) < _USUAL_DETOUR[0]:
        unusable.append(LENGTHS_IN_KM)
    said = ~roads.is_derived & (table.minutes > 0) & (table.length_m > 0)
    if said.any() and not unusable:
        middle = float(np.median(_speed_km_h(roads)[said]))
        if middle > _USUAL_SPEED[1]:
            unusable.append(MINUTES_IN_HOURS)
        if middle < _USUAL_SPEED[0]:
            unusable.append(MINUTES_IN_SECONDS)
    return tuple(unusable)


def _speed_km_h(roads: Roads) -> Floats:
    """Return km/h of each stretch; 0 m in 0 min is nan, some way in no time is inf."""
    with np.errstate(divide="ignore", invalid="ignore"):
        speed: Floats = roads.length_m * 0.06 / roads.minutes
    return speed


def _told(
    table: EdgeTable, names: Sequence[str], roads: Roads, straight: Floats, unusable: tuple[str, ...], unknown: int
) -> RoadCheck:
    speed = _speed_km_h(roads)
    said = ~roads.is_derived
    count, label = _components(roads)
    sizes = np.bincount(label, minlength=1)
    outside = np.flatnonzero(label != int(np.argmax(sizes)))
    return RoadCheck(
        nodes=len(roads.lon),
        edges=len(table),
        components=count,
        share_in_largest=float(sizes.max() / len(label)),
        apart=tuple(names[row] for row in outside[:_NAMED]),
        length_km=float(roads.length_m.sum() / 1000.0),
        derived=int(roads.is_derived.sum()),
        unknown_classes=unknown,
        median_speed_km_h=_middle(speed),
        odd_lengths=_rows(roads.length_m < straight * _SHORT_SHARE - _SHORT_M),
        odd_speeds=_rows(said & ((speed < ODD_SPEED_KM_H[0]) | (speed > ODD_SPEED_KM_H[1]))),
        faults=(),
        unusable=unusable,
        roads=None if unusable else roads,
    )


def _components(roads: Roads) -> tuple[int, Ints]:
    n = len(roads.lon)
    graph = csr_array((np.ones(len(roads.start)), (roads.start, roads.end)), shape=(n, n))
    count, label = connected_components(graph, directed=False)
    return int(count), label


def _middle(speed: Floats) -> float | None:
    moving = speed[np.isfinite(speed)]
    return float(np.median(moving)) if len(moving) else None


def _rows(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(row) for row in np.flatnonzero(wrong))


def _refused(table: EdgeTable, junctions: Junctions, faults: tuple[RowFault, ...], reason: str) -> RoadCheck:
    return RoadCheck(
        nodes=len(junctions.names), edges=len(table), components=0, share_in_largest=None, apart=(), length_km=0.0,
        derived=0, unknown_classes=0, median_speed_km_h=None, odd_lengths=(), odd_speeds=(), faults=faults,
        unusable=(reason,), roads=None,
    )  # fmt: skip
