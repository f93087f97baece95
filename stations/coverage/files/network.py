"""Nodes, routes, villages served and parcels of the files, as they hold on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np

from geo.coverage.situation import LEVELS, Arrows, Nodes, Traces
from stations.coverage.columns.network import arrows, ordinals
from stations.coverage.files.cells import Line
from stations.coverage.files.columns import NODES, ROUTES, SERVED, STATIONS, TRACES, VILLAGES
from stations.coverage.files.rows import lookup, numbered, place, sorted_by_code

Lines = Mapping[str, Sequence[Line]]


def read_network(
    lines: Lines, row_of: Mapping[str, int], as_of: dt.date
) -> tuple[Nodes, tuple[str, ...], Arrows, Arrows]:
    """Give nodes by code, their names, the routes between them and the villages they serve, all of the day."""
    told = sorted_by_code(lines[NODES])
    known, holding = numbered(told), [line for line in told if line.holds_on(as_of)]
    number = numbered(holding)
    at = [place(line) for line in holding]
    nodes = Nodes(
        code=tuple(number),
        level=np.array([LEVELS.index(line.word("level", LEVELS, "")) for line in holding], dtype=np.int64),
        lon=np.array([x for x, _ in at], dtype=np.float64), lat=np.array([y for _, y in at], dtype=np.float64),
        village=np.array([lookup(line, "village", row_of, among=VILLAGES) for line in holding], dtype=np.int64),
        township=tuple(line.text("township") or line.text("village")[:9] for line in holding),
        operator=tuple(line.text("operator") for line in holding),
        promised_days=np.array([line.number_in("promised_days", 0, 365) for line in holding], dtype=np.float64),
    )  # fmt: skip
    names = tuple(line.text("name") or line.text("code") for line in holding)
    routes = _pairs(lines[ROUTES], as_of, ("from", known, number, NODES), ("to", known, number, NODES))
    served = _pairs(lines[SERVED], as_of, ("node", known, number, NODES), ("village", row_of, row_of, VILLAGES))
    return nodes, names, routes, served


def read_traces(
    lines: Lines, row_of: Mapping[str, int], station_of: Mapping[str, int], known: Mapping[str, int], as_of: dt.date
) -> Traces:
    """Give parcels sent by the day; a leg that was gone after it is not gone yet."""
    sent: list[dt.date | None] = []
    township: list[dt.date | None] = []
    arrived: list[dt.date | None] = []
    villages: list[int] = []
    stations: list[int] = []
    for line in lines[TRACES]:
        line.needed("village")
        line.needed("sent_on")
        village, day = lookup(line, "village", row_of, among=VILLAGES), line.day("sent_on")
        lookup(line, "station", known, among=STATIONS)
        legs = line.day("township_on"), line.day("arrived_on")
        if day is None or day > as_of:
            continue
        sent.append(day)
        villages.append(village)
        stations.append(station_of.get(line.text("station"), -1))
        township.append(legs[0])
        arrived.append(legs[1])
    return Traces(
        np.array(villages, dtype=np.int64), np.array(stations, dtype=np.int64), ordinals(sent),
        ordinals(township, as_of), ordinals(arrived, as_of),
    )  # fmt: skip


def _pairs(
    lines: Sequence[Line], as_of: dt.date, *ends: tuple[str, Mapping[str, int], Mapping[str, int], str]
) -> Arrows:
    """Give the pairs that hold on the day and whose ends do; an end is (column, known codes, rows, file)."""
    pairs = []
    for line in lines:
        holds, rows = line.holds_on(as_of), []
        for column, known, number, file in ends:
            code = line.needed(column)
            lookup(line, column, known, among=file)
            rows.append(number.get(code, -1))
        if holds and min(rows) >= 0:
            pairs.append((rows[0], rows[1]))
    return arrows(pairs)
