"""Make the layer of a theme from an outcome: points by class, lines between pairs, counts, shares of the units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from field_app_schema.vocab_network import MapTheme
from geo.coverage.rules import CoverageRules, alive_stations
from geo.coverage.shares import roll_up, units_of
from geo.coverage.situation import Bools, Floats, Ints, Situation
from stations.coverage.layers.classes import (
    DELIVERY,
    FUNNEL,
    GAPS,
    PAPER,
    delivery_classes,
    funnel_classes,
    gap_classes,
    paper_classes,
)
from stations.coverage.outcome import Figures

ALIGNMENT = ("station_paired", "station_near", "station_orphan", "node_paired", "node_near", "node_orphan")
# What a ring of a unit counts as good, by theme: its share is these of all.
GOOD = {
    MapTheme.FUNNEL: ("evidenced", "service"), MapTheme.PAPER: ("live",), MapTheme.GAPS: ("covered",),
    MapTheme.DELIVERY: ("on_time",), MapTheme.ALIGNMENT: ("station_paired", "node_paired"),
    MapTheme.SITING: ("newly", "already"),
}  # fmt: skip
# What says nothing either way is no part of a unit's share.
BESIDE = {MapTheme.DELIVERY: ("few", "promised", "none")}


@dataclass(frozen=True)
class Points:
    """Points of one kind: `what` is villages, stations or nodes, `klass` a number into the layer's classes.

    Degrees are CGCS2000, nan for a point without a place; `row` is the row in the situation, `key` the code by which a
    card is asked for; `township` and `county` are codes, empty for none.
    """

    what: str
    row: Ints
    klass: Ints
    lon: Floats
    lat: Floats
    key: tuple[str, ...]
    township: tuple[str, ...]
    county: tuple[str, ...]


@dataclass(frozen=True)
class Ring:
    """One unit: how many points of each class it has, the share of the good ones, and the mean of its points."""

    code: str
    counts: dict[str, int]
    good: int
    judged: int
    lon: float | None
    lat: float | None

    @property
    def share(self) -> float | None:
        """Give the share of the good ones; None where none can be judged."""
        return self.good / self.judged if self.judged else None


@dataclass(frozen=True)
class Layer:
    """A theme: its classes in the order of the legend, its points, and lines (lon, lat, lon, lat) between pairs."""

    theme: MapTheme
    classes: tuple[str, ...]
    points: tuple[Points, ...]
    lines: Sequence[tuple[float, float, float, float]] = field(default_factory=tuple)

    @property
    def counts(self) -> dict[str, int]:
        """Count the points of every class, placed or not; every class is named."""
        many = np.zeros(len(self.classes), dtype=np.int64)
        for points in self.points:
            many += np.bincount(points.klass, minlength=len(self.classes))
        return dict(zip(self.classes, many.tolist(), strict=True))

    @property
    def unplaced(self) -> int:
        """Count the points that nobody can draw."""
        return sum(int(np.count_nonzero(~np.isfinite(points.lon))) for points in self.points)


def layer_of(theme: MapTheme, situation: Situation, figures: Figures, rules: CoverageRules) -> Layer:
    """Make the layer of a theme; ValueError for a theme that is none of coverage."""
    match theme:
        case MapTheme.FUNNEL:
            return Layer(theme, FUNNEL, (_villages(situation, funnel_classes(figures.stages)),))
        case MapTheme.PAPER:
            return Layer(theme, PAPER, (_villages(situation, paper_classes(figures.stages)),))
        case MapTheme.GAPS:
            return Layer(theme, GAPS, (_villages(situation, gap_classes(figures.reasons)),))
        case MapTheme.DELIVERY:
            return Layer(theme, DELIVERY, (_villages(situation, delivery_classes(figures.delivery)),))
        case MapTheme.ALIGNMENT:
            return _alignment(situation, figures, alive_stations(situation.stations, rules))
    raise ValueError(f"{theme} is no theme of coverage")


def rings_of(layer: Layer, level: str, situation: Situation | None = None) -> list[Ring]:
    """Give the units of a level (county or township) with their counts and shares, by code.

    A unit stands at the mean of its points; where none of them has a place, at the mean of the situation's stations.
    """
    # A suggested site is no village: in the rings of that theme villages alone are counted.
    ringed = [points for points in layer.points if layer.theme is not MapTheme.SITING or points.what == "villages"]
    codes = [code for points in ringed for code in getattr(points, level)]
    klass, lon, lat = (np.concatenate([getattr(one, name) for one in ringed]) for name in ("klass", "lon", "lat"))
    units = units_of(codes)
    good, beside = (_of(layer, klass, names) for names in (GOOD[layer.theme], BESIDE.get(layer.theme, ())))
    shares = roll_up(good, units, ~beside)
    counts = [roll_up(klass == number, units) for number in range(len(layer.classes))]
    places = ({} if situation is None else _means(*_stand(situation, level))) | _means(codes, lon, lat)
    return [
        Ring(
            code,
            {name: int(counts[number].covered[row]) for number, name in enumerate(layer.classes)},
            int(shares.covered[row]), int(shares.of[row]), *places.get(code, (None, None)),
        )
        for row, code in enumerate(units.codes)
    ]  # fmt: skip


def _means(codes: Sequence[str], lon: Floats, lat: Floats) -> dict[str, tuple[float, float]]:
    """Give by code the mean of the points that have a place; a code without one is absent."""
    units, placed = units_of(codes), np.isfinite(lon) & np.isfinite(lat)
    many = roll_up(placed, units).covered
    x, y = (roll_up(placed, units, placed, np.where(placed, axis, 0.0)).covered for axis in (lon, lat))
    return {code: (float(x[row] / many[row]), float(y[row] / many[row]))
            for row, code in enumerate(units.codes) if many[row]}  # fmt: skip


def _stand(situation: Situation, level: str) -> tuple[list[str], Floats, Floats]:
    """Give the unit of each station, through its village, and its place."""
    stations, codes = situation.stations, getattr(situation.villages, level)
    return [codes[row] if row >= 0 else "" for row in stations.village], stations.lon, stations.lat


def _of(layer: Layer, klass: Ints, names: Sequence[str]) -> Bools:
    return np.isin(klass, [layer.classes.index(name) for name in names])


def _villages(situation: Situation, klass: Ints) -> Points:
    villages = situation.villages
    rows = np.arange(len(villages.code))
    return Points(
        "villages", rows, klass, villages.lon, villages.lat, villages.code, villages.township, villages.county
    )


def _alignment(situation: Situation, figures: Figures, living: Bools) -> Layer:
    """Alive stations and nodes of all levels: paired, unpaired with the other side about, orphan; a line for a pair."""
    stations, nodes, villages = situation.stations, situation.nodes, situation.villages
    of_station, of_node = np.full(len(stations.code), -1), np.full(len(nodes.code), -1)
    lines: list[tuple[float, float, float, float]] = []
    for level in figures.alignment:
        pairs = level.pairs
        of_station[pairs.station], of_node[pairs.node] = 0, 3
        of_station[level.orphan_stations], of_node[level.orphan_nodes] = 2, 5
        ends = (stations.lon[pairs.station], stations.lat[pairs.station], nodes.lon[pairs.node], nodes.lat[pairs.node])
        drawn = np.column_stack(ends)
        lines += [(a, b, c, d) for a, b, c, d in drawn[np.isfinite(drawn).all(axis=1)].tolist()]
    of_node[of_node < 0] = 4

    of_station[(of_station < 0) & living] = 1
    rows = np.flatnonzero(living)
    home = [(villages.township[v], villages.county[v]) if v >= 0 else ("", "") for v in stations.village[rows]]
    node_home = [(villages.township[v], villages.county[v]) if v >= 0 else (town, town[:6])
                 for v, town in zip(nodes.village, nodes.township, strict=True)]  # fmt: skip
    shown = Points(
        "stations", rows, of_station[rows], stations.lon[rows], stations.lat[rows],
        tuple(stations.code[row] for row in rows), tuple(one for one, _ in home), tuple(one for _, one in home),
    )  # fmt: skip
    beside = Points(
        "nodes", np.arange(len(nodes.code)), of_node, nodes.lon, nodes.lat, nodes.code,
        tuple(one for one, _ in node_home), tuple(one for _, one in node_home),
    )  # fmt: skip
    return Layer(MapTheme.ALIGNMENT, ALIGNMENT, (shown, beside), lines)
