"""Turn the CSV files of a folder into the columns of a situation; the files must agree with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.coverage.rules import CoverageRules
from geo.coverage.situation import CONFIDENCES, DEAD, LEVELS, LIVES, QUALITIES, Situation, Stations, Villages
from geo.measure import Measure
from stations.coverage.columns.links import Told, declared_on, linked, parcels_a_day, with_parcels
from stations.coverage.columns.service_bits import SERVICE_BITS, bits_of
from stations.coverage.columns.villages import Rows
from stations.coverage.files.cells import Line, Problems, lines_of
from stations.coverage.files.columns import COLUMNS, LINKS, NEEDED, STATIONS, VILLAGES
from stations.coverage.files.network import read_network, read_traces
from stations.coverage.files.rows import lookup, names_of, numbered, place, sorted_by_code
from stations.coverage.rules_in_force import CoveragePolicy

_VILLAGE, _TOWNSHIP = QUALITIES.index("village"), QUALITIES.index("township")
_LISTINGS = ("active", "suspended", "delisted")


@dataclass(frozen=True)
class FromFiles:
    """What the files come to: a `Basis`."""

    situation: Situation
    rules: CoverageRules
    policy: CoveragePolicy
    measure: Measure
    village_names: tuple[str, ...]
    station_names: tuple[str, ...]
    node_names: tuple[str, ...]


def all_lines(files: Mapping[str, bytes], problems: Problems) -> dict[str, list[Line]]:
    """Read every file of the folder; one that is needed and not there is a problem, another is empty."""
    for name in NEEDED:
        if name not in files:
            problems.add(name, None, None, "缺少这个文件", "this file is missing")
    return {name: lines_of(name, files.get(name), problems) for name in COLUMNS}


def read_situation(
    lines: Mapping[str, Sequence[Line]], as_of: dt.date, policy: CoveragePolicy, problems: Problems
) -> tuple[Situation, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give the situation of a day with the names of villages, stations and nodes, in the order of their codes.

    Stations accepted after the day, and links, nodes and routes that do not hold on it (starts_on <= day < ends_on),
    are left out. Refuses COVERAGE_INPUT naming everything wrong.
    """
    villages = sorted_by_code(lines[VILLAGES])
    row_of = numbered(villages)
    columns = _villages(villages)
    built = sorted_by_code([line for line in lines[STATIONS] if _was_accepted(line, as_of)])
    station_of = numbered(built)
    known = numbered(lines[STATIONS])
    stations = _stations(built, row_of)
    told = [_link(line, station_of, known, row_of) for line in lines[LINKS]]
    declared = declared_on([one for one in told if one is not None], stations.is_listed, as_of)
    nodes, node_names, routes, served = read_network(lines, row_of, as_of)
    traces = read_traces(lines, row_of, station_of, known, as_of)
    problems.refuse_if_any()
    rows, day, days = Rows(row_of), as_of.toordinal(), policy.evidence_days
    links = linked(stations, [(s, row, bits) for s, code, bits in declared for row in rows.all(code)])
    situation = Situation(
        columns, parcels_a_day(stations, traces, as_of_day=day, days=days),
        with_parcels(links, traces, as_of_day=day, days=days, many_villages=len(row_of)),
        nodes, routes, served, traces, SERVICE_BITS, day,
    )  # fmt: skip
    return situation, names_of(villages), names_of(built), node_names


def _villages(lines: Sequence[Line]) -> Villages:
    own = [place(line) for line in lines]
    seat = [place(line, "township_lon", "township_lat") for line in lines]
    quality = [line.word("coord_quality", QUALITIES, "village") for line in lines]
    at = [mine if mine[0] == mine[0] else other for mine, other in zip(own, seat, strict=True)]
    placed_by = [
        (QUALITIES.index(said) or _VILLAGE) if mine[0] == mine[0] else _TOWNSHIP if other[0] == other[0] else 0
        for mine, other, said in zip(own, seat, quality, strict=True)
    ]
    return Villages(
        code=tuple(line.text("code") for line in lines),
        township=tuple(line.text("township") or line.text("code")[:9] for line in lines),
        county=tuple(line.text("county") or line.text("code")[:6] for line in lines),
        lon=np.array([x for x, _ in at], dtype=np.float64), lat=np.array([y for _, y in at], dtype=np.float64),
        placed_by=np.array(placed_by, dtype=np.int64),
        is_poor=np.array([line.flag("is_poor") for line in lines], dtype=np.bool_),
        is_remote=np.array([line.flag("is_remote") for line in lines], dtype=np.bool_),
        people=np.array([line.number_in("people", 0) for line in lines], dtype=np.float64),
    )  # fmt: skip


def _was_accepted(line: Line, as_of: dt.date) -> bool:
    day = line.day("accepted_on")
    return day is None or day <= as_of


def _stations(lines: Sequence[Line], row_of: Mapping[str, int]) -> Stations:
    at = [place(line) for line in lines]
    listed = [line.word("listing", _LISTINGS, "active") != "delisted" for line in lines]
    life = [LIVES.index(line.word("life", LIVES, "unknown")) for line in lines]
    return Stations(
        code=tuple(line.text("code") for line in lines),
        lon=np.array([x for x, _ in at], dtype=np.float64), lat=np.array([y for _, y in at], dtype=np.float64),
        village=np.array([lookup(line, "village", row_of, among=VILLAGES) for line in lines], dtype=np.int64),
        is_listed=np.array(listed, dtype=np.bool_),
        # A delisted station is dead, whatever was seen there: rule 1 of F2.
        life=np.array([one if on else DEAD for one, on in zip(life, listed, strict=True)], dtype=np.int64),
        confidence=np.array([CONFIDENCES.index(line.word("confidence", CONFIDENCES, "none")) for line in lines],
                            dtype=np.int64),
        services=np.array([bits_of(line.words("services", SERVICE_BITS)) for line in lines], dtype=np.int64),
        parcels_a_day=np.full(len(lines), np.nan),
        operator=tuple(line.text("operator") for line in lines),
        level=np.array([LEVELS.index(line.word("level", LEVELS, "village")) for line in lines], dtype=np.int64),
    )  # fmt: skip


def _link(
    line: Line, station_of: Mapping[str, int], known: Mapping[str, int], row_of: Mapping[str, int]
) -> Told | None:
    code, village = line.needed("station"), line.needed("village")
    lookup(line, "station", known, among=STATIONS)
    lookup(line, "village", row_of, among=VILLAGES)
    starts, ends = line.day("starts_on"), line.day("ends_on")
    bits = bits_of(line.words("services", SERVICE_BITS))
    row = station_of.get(code)
    return None if row is None else Told(row, village, bits, starts, ends)
