"""A run's outcome village by village as bytes and back: what is needed to explain it against another, and no more."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from geo.coverage.dependency import STAGES
from geo.coverage.gaps import REASONS
from geo.coverage.rules import CoverageRules, alive_stations
from geo.coverage.situation import CONFIDENCES, LIVES, Ints, Situation
from geo.coverage.stages import Stages

LAYOUT = "cunzhan-run-1"
# About a metre: a place that moved less has not moved.
_DIGITS = 5


@dataclass(frozen=True)
class KeptVillage:
    """One village as it came out: the stages it reached, its gap reason («» where covered), its nearest station."""

    code: str
    name: str
    is_poor: bool
    place: tuple[float | None, float | None]
    stages: frozenset[str]
    reason: str
    nearest: str


@dataclass(frozen=True)
class KeptStation:
    """One station as it counted: `counts` says whether it was alive under the run's own rules."""

    code: str
    life: str
    confidence: str
    is_listed: bool
    counts: bool
    place: tuple[float | None, float | None]


@dataclass(frozen=True)
class KeptLink:
    """What a station gave a village: services as bits, and the parcels that proved it."""

    services: int
    parcels: int


@dataclass(frozen=True)
class Kept:
    """The columns of one run as they are stored."""

    villages: dict[str, list[Any]]
    stations: dict[str, list[Any]]
    links: dict[str, list[int]]
    layout: str = field(default=LAYOUT)

    @cached_property
    def by_village(self) -> dict[str, KeptVillage]:
        """Give the villages by code."""
        v = self.villages
        rows = zip(v["code"], v["name"], v["poor"], v["lon"], v["lat"], v["stages"], v["reason"], v["nearest"],
                   strict=True)  # fmt: skip
        return {
            code: KeptVillage(
                code, name, bool(poor), (lon, lat), frozenset(s for at, s in enumerate(STAGES) if bits >> at & 1),
                REASONS[reason] if reason >= 0 else "", self.stations["code"][near] if near >= 0 else "",
            )
            for code, name, poor, lon, lat, bits, reason, near in rows
        }  # fmt: skip

    @cached_property
    def by_station(self) -> dict[str, KeptStation]:
        """Give the stations by code."""
        s = self.stations
        rows = zip(s["code"], s["life"], s["confidence"], s["listed"], s["counts"], s["lon"], s["lat"], strict=True)
        return {
            code: KeptStation(code, LIVES[life], CONFIDENCES[sure], bool(listed), bool(counts), (lon, lat))
            for code, life, sure, listed, counts, lon, lat in rows
        }

    @cached_property
    def links_of(self) -> dict[str, dict[str, KeptLink]]:
        """Give the links by village and station."""
        found: dict[str, dict[str, KeptLink]] = {}
        k = self.links
        for station, village, services, parcels in zip(
            k["station"], k["village"], k["services"], k["parcels"], strict=True
        ):
            if village >= 0 and station >= 0:
                of = found.setdefault(self.villages["code"][village], {})
                of[self.stations["code"][station]] = KeptLink(services, parcels)
        return found


def keep(situation: Situation, rules: CoverageRules, stages: Stages, reasons: Ints, names: Sequence[str]) -> Kept:
    """Give the outcome of a run as columns; rows of villages and stations are those of the situation."""
    villages, stations, links = situation.villages, situation.stations, situation.links
    reached = np.zeros(len(villages.code), dtype=np.int64)
    for at, name in enumerate(STAGES):
        reached |= getattr(stages, name).astype(np.int64) << at
    return Kept(
        {"code": list(villages.code), "name": list(names), "poor": villages.is_poor.astype(int).tolist(),
         "lon": _degrees(villages.lon), "lat": _degrees(villages.lat), "stages": reached.tolist(),
         "reason": np.asarray(reasons).tolist(), "nearest": stages.nearest_station.tolist()},
        {"code": list(stations.code), "life": stations.life.tolist(), "confidence": stations.confidence.tolist(),
         "listed": stations.is_listed.astype(int).tolist(), "lon": _degrees(stations.lon),
         "lat": _degrees(stations.lat), "counts": alive_stations(stations, rules).astype(int).tolist()},
        {name: getattr(links, name).tolist() for name in ("station", "village", "services", "parcels")},
    )  # fmt: skip


def pack(kept: Kept) -> bytes:
    """Give the columns as compressed JSON, the same bytes for the same outcome."""
    return gzip.compress(json.dumps(asdict(kept), separators=(",", ":")).encode(), compresslevel=6, mtime=0)


def unpack(packed: bytes) -> Kept:
    """Give the columns back; ValueError for another layout."""
    found = json.loads(gzip.decompress(packed))
    if found.get("layout") != LAYOUT:
        raise ValueError("a coverage run of another layout")
    return Kept(**found)


def _degrees(column: Any) -> list[float | None]:
    return [round(one, _DIGITS) if np.isfinite(one) else None for one in np.asarray(column, dtype=np.float64).tolist()]
