"""Junctions of a road file by number: each name once, with its one place, and what is wrong with names and places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.distance import haversine_m
from geo.roads.edges import EdgeTable, Floats, Ints, NodeTable

# Two places of one name closer than this are one: files round differently.
_SAME_PLACE_M = 50.0


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one cell of a road file: the row from 0, the column by its name, and a word for the reason.

    Reasons: missing, negative, not_a_number, unknown_node, out_of_range (degrees), two_places (the same junction more
    than 50 m from where an earlier row put it).
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Junctions:
    """Each named junction once, in order of name, and the two ends of every row by number (-1: no name)."""

    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    start: Ints
    end: Ints
    faults: tuple[RowFault, ...]


def number_junctions(table: EdgeTable, nodes: NodeTable | None = None) -> Junctions:
    """Return the junctions of a file, placed by its own columns or by the table of junctions when there is one."""
    n = len(table)
    ends = np.asarray([*(name.strip() for name in table.start), *(name.strip() for name in table.end)], dtype=str)
    names, which = np.unique(ends, return_inverse=True)
    faults = [RowFault(int(at % n), "from" if at < n else "to", "missing") for at in np.flatnonzero(ends == "")]
    if nodes is None:
        lon, lat, wrong = _placed_by_rows(table, len(names), which, ends != "")
    else:
        lon, lat, wrong = _placed_by_table(nodes, names, which, n)
    return Junctions(
        tuple(str(name) for name in names), lon, lat, which[:n].astype(np.int64), which[n:].astype(np.int64),
        tuple(faults + wrong),
    )  # fmt: skip


def _placed_by_rows(
    table: EdgeTable, count: int, which: Ints, is_named: np.ndarray
) -> tuple[Floats, Floats, list[RowFault]]:
    n = len(table)
    all_lon, all_lat = np.concatenate((table.from_lon, table.to_lon)), np.concatenate((table.from_lat, table.to_lat))
    faults = [*_degree_faults(all_lon, 180.0, "lon", n), *_degree_faults(all_lat, 90.0, "lat", n)]
    lon, lat = np.full(count, np.nan), np.full(count, np.nan)
    # Written backwards, so that the first row that places a junction is the one that stays.
    placed = np.flatnonzero(np.isfinite(all_lon) & np.isfinite(all_lat))[::-1]
    lon[which[placed]], lat[which[placed]] = all_lon[placed], all_lat[placed]
    for at in np.flatnonzero(is_named & np.isnan(lon[which])):
        faults.append(RowFault(int(at % n), "from_lon" if at < n else "to_lon", "missing"))
    apart = haversine_m(lon[which[placed]], lat[which[placed]], all_lon[placed], all_lat[placed]) > _SAME_PLACE_M
    for at in placed[apart]:
        faults.append(RowFault(int(at % n), "from_lon" if at < n else "to_lon", "two_places"))
    return lon, lat, faults


def _degree_faults(values: Floats, largest: float, axis: str, n: int) -> list[RowFault]:
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero(np.abs(values) > largest)
    return [RowFault(int(at % n), f"{'from' if at < n else 'to'}_{axis}", "out_of_range") for at in wrong]


def _placed_by_table(nodes: NodeTable, names: np.ndarray, which: Ints, n: int) -> tuple[Floats, Floats, list[RowFault]]:
    known = {name.strip(): row for row, name in enumerate(nodes.node)}
    rows = np.asarray([known.get(str(name), -1) for name in names], dtype=np.int64)
    lon = np.where(rows >= 0, np.append(nodes.lon, np.nan)[rows], np.nan)
    lat = np.where(rows >= 0, np.append(nodes.lat, np.nan)[rows], np.nan)
    is_placed = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)
    faults = []
    for at in np.flatnonzero(~is_placed[which] & (names[which] != "")):
        reason = "unknown_node" if rows[which[at]] < 0 else "out_of_range"
        if reason == "out_of_range" and not np.isfinite(lon[which[at]] + lat[which[at]]):
            reason = "missing"
        faults.append(RowFault(int(at % n), "from" if at < n else "to", reason))
    return lon, lat, faults
