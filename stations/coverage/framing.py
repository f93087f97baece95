"""What stands beside every figure of coverage: the frame of all figures, and how the villages were counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from field_app_schema.words.coverage_figures import WORDS
from geo.coverage.situation import ALIVE, DEAD, QUALITIES, WEAK, Situation
from stations.coverage.columns.service_bits import services_of
from stations.coverage.fetching import Fetched
from stations.records.frames import frame_of
from stations.survival.figures.report import sources_of

# From this quality on a village's place is its own.
_OWN_PLACE = QUALITIES.index("village")


def coverage_frame(fetched: Fetched, *, now: dt.datetime, definitions: Sequence[str]) -> dict[str, Any]:
    """Give the frame of an answer on coverage; `notes` say in words why a figure is empty or not as firm as it looks.

    `geographic_within` is the radius of the funnel's geographic stage, in metres or in minutes along roads;
    `placed_share` is the share of villages with a place of their own (a township's seat is not one); `denominator`
    compares the villages counted with those frozen at import.
    """
    situation, question = fetched.situation, fetched.question
    asked = question.services
    required = services_of(fetched.rules.required_all), services_of(fetched.rules.required_any)
    frame = frame_of(
        fetched.unit, now=now, definitions=definitions, sources=sources_of(fetched.reasons), as_of=fetched.as_of,
        known_at=fetched.known_at, unknown_share=unsure_share(situation), rule_version=fetched.rule_version,
    )  # fmt: skip
    return frame | {
        "base_year": fetched.base_year,
        "poor_year": fetched.poor_year,
        "distance": str(question.distance),
        "geographic_within": fetched.rules.geographic(fetched.measure.unit),
        "confidence": str(question.confidence),
        "services": {"all_of": required[0], "any_of": [] if asked is not None else required[1]},
        "placed_share": placed_share(situation),
        "denominator": None if fetched.denominator is None else asdict(fetched.denominator),
        "roads_sha256": fetched.roads_sha256,
        "notes": [note(code) for code in _whys(fetched)],
    }


def unsure_share(situation: Situation) -> float | None:
    """Give the share of built stations that are neither known to be alive nor known to be dead (U/B of F3)."""
    stations = situation.stations
    if not stations.code:
        return None
    known = (stations.life == DEAD) | ((stations.life == ALIVE) | (stations.life == WEAK))
    return 1.0 - float(np.count_nonzero(known)) / len(stations.code)


def placed_share(situation: Situation) -> float | None:
    """Give the share of villages with a place of their own; None without a village."""
    placed = situation.villages.placed_by >= _OWN_PLACE
    return float(placed.mean()) if len(placed) else None


def note(code: str) -> dict[str, str]:
    """Give a note by its code, with its sentence in both languages."""
    zh, en = WORDS[f"coverage_why.{code}"]
    return {"code": code, "zh": zh, "en": en}


def whys(situation: Situation) -> list[str]:
    """Give why figures of a situation are empty or soft, by code, the most telling first."""
    villages, stations = situation.villages, situation.stations
    told = {
        "no_villages": not villages.code,
        "no_stations": not stations.code,
        "no_alive_stations": bool(stations.code) and not np.any((stations.life <= WEAK) & stations.is_listed),
        "no_poor_list": not villages.is_poor.any(),
        "no_people": not np.isfinite(villages.people).any(),
        "no_places": bool(villages.code) and not np.isfinite(villages.lon).any(),
        "townships_stand_in": bool(np.any(villages.placed_by == QUALITIES.index("township"))),
        "no_nodes": not situation.nodes.code,
        "no_traces": len(situation.traces.village) == 0,
    }
    return [code for code, holds in told.items() if holds]


def _whys(fetched: Fetched) -> list[str]:
    found = whys(fetched.situation)
    if fetched.base_year is None:
        found[:1] = ["no_village_list"]
    denominator = fetched.denominator
    if denominator is not None and denominator.differing:
        found.append("frozen_differs")
    return found
