"""Where a next station may stand: at a logistics stop or another host that is there already, else in any village."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from field_app_schema.vocab_network import SitingCandidates
from geo.coverage.rules import CoverageRules, alive_stations, has_required
from geo.coverage.situation import Bools, Floats, Ints, Situation

VILLAGE_LEVEL = 2
LOGISTICS, HOST, VILLAGE = "logistics", "host", "village"


@dataclass(frozen=True)
class Sites:
    """The places to choose from, one a village: the village's row, where exactly, and what is there already."""

    village: Ints
    lon: Floats
    lat: Floats
    host: tuple[str, ...]
    taken_from: SitingCandidates


def serving_stations(situation: Situation, rules: CoverageRules) -> Bools:
    """Return which stations stay as they are: alive under the rules, with the required services."""
    return alive_stations(situation.stations, rules) & has_required(situation.stations.services, rules)


def sites_of(situation: Situation, rules: CoverageRules, wanted: SitingCandidates) -> Sites:
    """Return the candidates by village row; a village in which a serving station stands is none.

    hosts: villages with a village stop of the logistics network, or with a station that does not serve (its shop or
    committee room still stands); at the stop if there is one, else at that station. Where there is no such village, or
    all are wanted: every village that has a place of its own or its township's.
    """
    villages, stations = situation.villages, situation.stations
    serving = serving_stations(situation, rules)
    taken = np.zeros(len(villages.code), dtype=np.bool_)
    taken[stations.village[serving & (stations.village >= 0)]] = True
    lon, lat = villages.lon.copy(), villages.lat.copy()
    host = np.full(len(lon), VILLAGE, dtype=object)
    _place(lon, lat, host, HOST, stations.village, stations.lon, stations.lat, ~serving)
    nodes = situation.nodes
    _place(lon, lat, host, LOGISTICS, nodes.village, nodes.lon, nodes.lat, nodes.level == VILLAGE_LEVEL)
    may = ~taken & np.isfinite(lon) & np.isfinite(lat)
    from_hosts = may & (host != VILLAGE)
    is_hosts = wanted is SitingCandidates.HOSTS and bool(from_hosts.any())
    rows = np.flatnonzero(from_hosts if is_hosts else may).astype(np.int64)
    source = SitingCandidates.HOSTS if is_hosts else SitingCandidates.ALL_VILLAGES
    return Sites(rows, lon[rows], lat[rows], tuple(host[rows].tolist()), source)


def _place(
    lon: Floats, lat: Floats, host: NDArray[np.object_], kind: str, village: Ints, at_lon: Floats, at_lat: Floats,
    which: Bools,
) -> None:  # fmt: skip
    """Put villages at the first of these points that stands in them; one without a place says what is there."""
    rows = np.flatnonzero(which & (village >= 0))[::-1]
    host[village[rows]] = kind
    placed = rows[np.isfinite(at_lon[rows]) & np.isfinite(at_lat[rows])]
    lon[village[placed]], lat[village[placed]] = at_lon[placed], at_lat[placed]
