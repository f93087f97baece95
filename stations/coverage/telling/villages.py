"""Villages one by one: which stages each reached, what it lacks first, who serves it and how far that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from geo.coverage.dependency import STAGES
from geo.coverage.gaps import REASONS
from geo.coverage.rules import alive_stations
from geo.coverage.situation import CONFIDENCES, LIVES, QUALITIES, Ints
from stations.coverage.basis import Basis
from stations.coverage.columns.service_bits import services_of
from stations.coverage.outcome import Figures

DEFINITIONS = (
    "built_coverage", "listed_coverage", "geo_coverage", "alive_coverage", "service_coverage", "evidenced_coverage",
    "gap_reason",
)  # fmt: skip


def rows_with(figures: Figures, reason: str | None) -> Ints:
    """Give the rows of the villages with a reason, of all without one; in the order of their codes."""
    if reason is None:
        return np.arange(len(figures.reasons), dtype=np.int64)
    return np.flatnonzero(figures.reasons == REASONS.index(reason))


def told_villages(basis: Basis, figures: Figures, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Give these villages as plain values; `nearest_m` or `nearest_min` is to the nearest living station."""
    situation, stages = basis.situation, figures.stages
    villages, stations = situation.villages, situation.stations
    serving = _serving(basis, rows)
    told = []
    for row in rows:
        nearest = int(stages.nearest_station[row])
        far = round(float(stages.nearest_alive[row]), 1) if nearest >= 0 else None
        people, reason = villages.people[row], int(figures.reasons[row])
        told.append({
            "code": villages.code[row],
            "name": basis.village_names[row],
            "township": villages.township[row],
            "county": villages.county[row],
            "is_poor": bool(villages.is_poor[row]),
            "is_remote": bool(villages.is_remote[row]),
            "people": int(people) if np.isfinite(people) else None,
            "lon": _degrees(villages.lon[row]),
            "lat": _degrees(villages.lat[row]),
            "coord_quality": QUALITIES[villages.placed_by[row]],
            "stages": {stage: bool(getattr(stages, stage)[row]) for stage in STAGES},
            "reason": REASONS[reason] if reason >= 0 else None,
            "nearest_station": stations.code[nearest] if nearest >= 0 else None,
            "nearest_m": far if basis.measure.unit == "m" else None,
            "nearest_min": far if basis.measure.unit == "min" else None,
            "stations": serving.get(row, []),
        })  # fmt: skip
    return told


def _serving(basis: Basis, rows: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Give by village the stations that serve it, on paper or in truth, those that count as alive first."""
    situation = basis.situation
    stations, links = situation.stations, situation.links
    counts = alive_stations(stations, basis.rules)
    found = np.flatnonzero(np.isin(links.village, np.asarray(rows, dtype=np.int64)))
    order = found[np.lexsort((links.station[found], ~counts[links.station[found]]))]
    told: dict[int, list[dict[str, Any]]] = {}
    for at in order.tolist():
        row = int(links.station[at])
        told.setdefault(int(links.village[at]), []).append({
            "code": stations.code[row],
            "name": basis.station_names[row],
            "life": LIVES[stations.life[row]],
            "confidence": CONFIDENCES[stations.confidence[row]],
            "is_listed": bool(stations.is_listed[row]),
            "counts": bool(counts[row]),
            "services": services_of(int(links.services[at])),
            "parcels": int(links.parcels[at]),
        })
    return told


def _degrees(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
