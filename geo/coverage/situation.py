"""The columns that every figure of coverage is computed from: villages, stations, links, nodes, routes, traces.

All rows refer to each other by row number; -1 is «none». Degrees are CGCS2000, nan where nobody knows the place. Days
are proleptic ordinals (`date.toordinal`), nan where it has not happened. Whoever fills the columns has already chosen
the day, what was known, the base year and the scope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# What is known of a station's life, in the order of `Stations.life`.
LIVES = ("alive", "weak", "dormant", "presumed_dead", "dead", "unknown")
ALIVE, WEAK, DORMANT, PRESUMED_DEAD, DEAD, UNKNOWN = range(6)
# How sure the answer is, in the order of `Stations.confidence`: a floor is a comparison.
CONFIDENCES = ("none", "inferred", "reported", "verified_remote", "verified")
# How a village's place is known, in the order of `Villages.placed_by`: from a township seat on it is said.
QUALITIES = ("missing", "township", "village", "geocoded", "gps")
# Levels of the logistics network and of stations, in the order of `Nodes.level` and `Stations.level`.
LEVELS = ("county", "township", "village")


@dataclass(frozen=True)
class Villages:
    """The frozen villages of a base year in scope; `township` and `county` are codes, for rolling up."""

    code: tuple[str, ...]
    township: tuple[str, ...]
    county: tuple[str, ...]
    lon: Floats
    lat: Floats
    placed_by: Ints
    is_poor: Bools
    is_remote: Bools
    people: Floats


@dataclass(frozen=True)
class Stations:
    """Every station ever built by the day (accepted, merged ones at their successor).

    `services` are bits; `level` counts as that of nodes does: county centre, township station, village station.
    """

    code: tuple[str, ...]
    lon: Floats
    lat: Floats
    village: Ints
    is_listed: Bools
    life: Ints
    confidence: Ints
    services: Ints
    parcels_a_day: Floats
    operator: tuple[str, ...]
    level: Ints


@dataclass(frozen=True)
class Links:
    """A station serves a village with services (bits); `parcels` are arrivals there in the window of evidence.

    A station's own village is always among its links, declared or not.
    """

    station: Ints
    village: Ints
    services: Ints
    parcels: Ints


@dataclass(frozen=True)
class Nodes:
    """Logistics nodes of the day; `village` and `township` (a code, empty for none) say where each stands."""

    code: tuple[str, ...]
    level: Ints
    lon: Floats
    lat: Floats
    village: Ints
    township: tuple[str, ...]
    operator: tuple[str, ...]
    promised_days: Floats


@dataclass(frozen=True)
class Arrows:
    """Which row leads to which: routes between nodes, or nodes to villages served."""

    start: Ints
    end: Ints


@dataclass(frozen=True)
class Traces:
    """Parcels on their way from the county to a village: ordinals of the days, nan for a leg not gone yet."""

    village: Ints
    station: Ints
    sent_day: Floats
    township_day: Floats
    arrived_day: Floats


@dataclass(frozen=True)
class Situation:
    """All columns of one question; `service_bits` names the bits of `services` from the lowest."""

    villages: Villages
    stations: Stations
    links: Links
    nodes: Nodes
    routes: Arrows
    served: Arrows
    traces: Traces
    service_bits: tuple[str, ...]
    as_of_day: int
