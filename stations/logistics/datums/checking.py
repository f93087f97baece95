"""Check the coordinates of a unit's stations, or of points that are about to come in, and say what is suspicious."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from geo.datum_guard import Judgement
from geo.distance import haversine_m
from stations.logistics.datums.findings import CountyFound, Finding, Outlines, find_faults, no_outlines
from stations.logistics.datums.gathering import Gathered, Standing, gather, gathered_of, village_places
from stations.logistics.datums.telling import batch_name, tell_county, tell_finding
from stations.people.access import Caller, may
from stations.records.frames import frame_of, unit_asked
from stations.register.placing import PlaceHeld

# An answer names at most so many stations of a finding; the counts are whole.
SHOWN = 200


@dataclass(frozen=True)
class Claim:
    """A point that is about to come in: CGCS2000 degrees as converted, the village it is said to be of, its datum."""

    name: str
    lon: float
    lat: float
    village_code: str
    coord_system: str = "cgcs2000"


def check_unit(
    session: Session, caller: Caller, ou: str | None, *, now: dt.datetime, outlines: Outlines = no_outlines
) -> dict[str, Any]:
    """Answer `GET /datum-checks`: every county of a unit, its figures, its findings, in words; the worst first.

    Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, ou)
    gathered = gather(session, caller, unit.path)
    counties = find_faults(gathered, outlines)
    told = [_county(found, gathered) for found in counties]
    told.sort(key=lambda one: (not one["findings"], one["code"]))
    compared = sum(judged.stations for found in counties for judged in found.whole.values())
    return {
        "frame": frame_of(unit, now=now, definitions=(), sources={"register": len(gathered.stations)}),
        "stations": len(gathered.stations), "compared": compared,
        "faulty": sum(1 for found in counties if found.findings), "counties": told,
        "permissions": {"may_repair": may(caller, "datum.repair")},
    }  # fmt: skip


def standing_suspicions(session: Session, caller: Caller, unit_path: str) -> list[dict[str, Any]]:
    """Give one plain line for each finding of the stations below a path, to stand beside what an import came to."""
    return lines_of(gather(session, caller, unit_path))


def lines_of(gathered: Gathered) -> list[dict[str, Any]]:
    """Give one plain line {county, name, fault, stations, zh, en} for each finding of what was gathered."""
    return [_line(one, gathered) for found in find_faults(gathered) for one in found.findings]


def suspicions(
    session: Session, caller: Caller, unit_path: str, claims: Sequence[Claim]
) -> list[dict[str, Any]]:  # fmt: skip
    """Give one plain line for each finding of points about to come in.

    They are judged beside the places of the villages they are said to be of; nothing is stored and nothing refused.
    """
    if not caller.covers(unit_path):
        return []
    places = village_places(session, unit_path)
    standing = [
        Standing(0, one.name, one.name, one.village_code, places[one.village_code][2],
                 PlaceHeld(one.lon, one.lat, None, None, one.coord_system, "gps"), "file")
        for one in claims if one.village_code in places
    ]  # fmt: skip
    return lines_of(gathered_of(session, standing, places))


def tell_stations(finding: Finding, gathered: Gathered) -> list[dict[str, Any]]:
    """Give the first stations of a finding: how far from their village, and how likely where told one by one."""
    points, told = gathered.points, []
    rows = list(finding.rows[:SHOWN])
    far = haversine_m(points.lon[rows], points.lat[rows], points.village_lon[rows], points.village_lat[rows])
    for number, row in enumerate(rows):
        one = gathered.stations[row]
        told.append({
            "code": one.code, "name": one.name, "lon": one.held.lon, "lat": one.held.lat, "batch": one.batch,
            "from_village_m": round(float(far[number])) if np.isfinite(far[number]) else None,
            "suspicion": round(finding.suspicion[number], 3) if finding.suspicion else None,
        })  # fmt: skip
    return told


def figures_of(judged: Judgement | None) -> dict[str, Any] | None:
    """Give a judgement as plain figures, rounded as they are shown."""
    if judged is None:
        return None
    return {
        "verdict": judged.verdict, "stations": judged.stations, "needed": judged.needed,
        "projections": {datum: round(p, 2) for datum, p in judged.projections.items()},
        "errors": {datum: round(error, 2) for datum, error in judged.errors.items()},
        "shift_m": round(judged.shift_m), "typical_m": round(judged.typical_m),
    }  # fmt: skip


def tell_finding_plainly(finding: Finding, gathered: Gathered) -> dict[str, Any]:
    """Give a finding as plain values."""
    zh, en = tell_finding(finding)
    batch = None if finding.batch is None else dict(zip(("zh", "en"), batch_name(finding.batch), strict=True))
    share = None if finding.share is None else round(finding.share, 3)
    return {
        "fault": finding.fault.value, "declared": finding.declared or None, "truth": finding.truth or None,
        "stations": len(finding.rows), "batch": batch, "share": share,
        "figures": figures_of(finding.judgement), "must_be_named": finding.must_be_named,
        "can_be_mended": finding.can_be_mended, "zh": zh, "en": en, "named": tell_stations(finding, gathered),
    }  # fmt: skip


def _county(found: CountyFound, gathered: Gathered) -> dict[str, Any]:
    zh, en = tell_county(found)
    return {
        "code": found.code, "name": gathered.county_names.get(found.code, found.code), "stations": found.stations,
        "compared": sum(judged.stations for judged in found.whole.values()), "verdict": found.verdict,
        "whole": {datum: figures_of(judged) for datum, judged in found.whole.items()}, "zh": zh, "en": en,
        "findings": [tell_finding_plainly(one, gathered) for one in found.findings],
    }  # fmt: skip


def _line(finding: Finding, gathered: Gathered) -> dict[str, Any]:
    zh, en = tell_finding(finding)
    name = gathered.county_names.get(finding.county, finding.county)
    return {"county": finding.county, "name": name, "fault": finding.fault.value, "stations": len(finding.rows),
            "zh": f"{name}:{zh}", "en": f"{name}: {en}"}  # fmt: skip
