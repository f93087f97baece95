"""Mend what the datum guard found: one logged act a county, each undone again as a whole, to exactly the pairs before.

The pair as it came is read under the datum it is in (or with its axes the right way round); a pair that says no place
at all (0, 0; outside China; in another county) is taken off the map until somebody gives a right one. The register
appends versions; nothing is edited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import DatumFault
from geo.distance import haversine_m
from stations.logistics.datums.checking import SHOWN, figures_of
from stations.logistics.datums.findings import TRUTH_OF_FAULT, Finding, Outlines, find_faults, no_outlines
from stations.logistics.datums.gathering import Gathered, gather
from stations.logistics.datums.telling import tell_finding
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.frames import unit_asked
from stations.records.network import DatumRepair
from stations.records.revision import next_revision
from stations.register.entry.coordinates import place_of
from stations.register.placing import PlaceHeld, correct_places
from stations.units.tables import OrgUnit

SOURCE = "datum_repair"


def repair(
    session: Session, caller: Caller, ou: str | None, fault: str, *, now: dt.datetime,
    stations: Sequence[str] | None = None, dry_run: bool = True, outlines: Outlines = no_outlines,
) -> dict[str, Any]:  # fmt: skip
    """Mend one fault in every county of a unit where the check finds it, or only `stations` (codes) of those found.

    Gives for each county what changes; a dry run stores nothing. Refuses with DATUM_NOT_SUSPECTED (also for a code
    that the check does not suspect, and where stations must be named and are not), UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, ou)
    # Taken before anything is read: what is checked is what is mended.
    revision = 0 if dry_run else next_revision(session)
    gathered = gather(session, caller, unit.path)
    found = [one for county in find_faults(gathered, outlines) for one in county.findings
             if one.fault == fault and one.can_be_mended]  # fmt: skip
    chosen = _chosen(found, gathered, stations)
    counties = []
    for county in sorted({one.county for one, _ in chosen}):
        here = [(one, rows) for one, rows in chosen if one.county == county]
        changes = {row: _mended(gathered.stations[row].held, one) for one, rows in here for row in rows}
        kept = None if dry_run else _keep(session, caller, county, here, changes, gathered, revision, now=now)
        counties.append(_told(county, here, changes, gathered) | {"id": kept.id if kept else None})
    return {"unit": unit.code, "fault": fault, "dry_run": dry_run, "counties": counties,
            "stations": sum(one["stations"] for one in counties)}  # fmt: skip


def _chosen(
    found: Iterable[Finding], gathered: Gathered, stations: Sequence[str] | None
) -> list[tuple[Finding, list[int]]]:
    wanted = None if stations is None else set(stations)
    chosen = []
    for one in found:
        rows = [row for row in one.rows if wanted is None or gathered.stations[row].code in wanted]
        if rows and not (wanted is None and one.must_be_named):
            chosen.append((one, rows))
    known = {gathered.stations[row].code for _, rows in chosen for row in rows}
    strangers = sorted((wanted or set()) - known)
    if strangers:
        said = f"检查没有怀疑这些站点:{'、'.join(strangers[:10])} / the check does not suspect these stations"
        raise Refusal("DATUM_NOT_SUSPECTED", errors={"stations": [said]}, stations=strangers[:SHOWN])
    if not chosen:
        raise Refusal("DATUM_NOT_SUSPECTED")
    return chosen


def _mended(held: PlaceHeld, finding: Finding) -> PlaceHeld:
    """Give the place that a pair really says; a pair that says none is kept as it came, off the map."""
    lon = held.lon if held.lon_raw is None else held.lon_raw
    lat = held.lat if held.lat_raw is None else held.lat_raw
    datum: str | None = held.coord_system
    if finding.fault is DatumFault.SWAPPED:
        lon, lat = lat, lon
    elif finding.fault in TRUTH_OF_FAULT:
        datum = TRUTH_OF_FAULT[finding.fault]
    else:
        return replace(held, lon=None, lat=None, coord_quality="missing")
    place = place_of(lon, lat, datum or "cgcs2000")
    if place is None:
        return held
    return PlaceHeld(place.lon, place.lat, place.lon_raw, place.lat_raw, place.coord_system, held.coord_quality)


def _keep(
    session: Session, caller: Caller, county: str, here: list[tuple[Finding, list[int]]],
    changes: dict[int, PlaceHeld], gathered: Gathered, revision: int, *, now: dt.datetime,
) -> DatumRepair:  # fmt: skip
    moves = {gathered.stations[row].id: (gathered.stations[row].held, after) for row, after in changes.items()}
    changed = set(correct_places(session, caller, moves, source=SOURCE, revision=revision, now=now))
    mended = {gathered.stations[row].code: {"before": asdict(gathered.stations[row].held), "after": asdict(after)}
              for row, after in changes.items() if gathered.stations[row].id in changed}  # fmt: skip
    unit = session.get_one(OrgUnit, county)
    findings: list[dict[str, object]] = []
    for one, _ in here:
        zh, en = tell_finding(one)
        findings.append({"declared": one.declared, "truth": one.truth, "batch": one.batch, "zh": zh, "en": en,
                         "figures": figures_of(one.judgement)})  # fmt: skip
    kept = DatumRepair(unit_code=unit.code, unit_path=unit.path, fault=here[0][0].fault.value, repaired_at=now,
                       repaired_by=caller.account_id, evidence={"findings": findings}, before=dict(mended))  # fmt: skip
    session.add(kept)
    session.flush()
    note_act(session, caller, "datum.repair", "datum_repair", str(kept.id), now=now,
             after={"unit": unit.code, "fault": kept.fault, "stations": sorted(mended)})  # fmt: skip
    session.flush()
    return kept


def _told(
    county: str, here: list[tuple[Finding, list[int]]], changes: dict[int, PlaceHeld], gathered: Gathered
) -> dict[str, Any]:
    points, told, nearer = gathered.points, [], 0
    for row, after in sorted(changes.items()):
        one = gathered.stations[row]
        before_m = _metres(one.held, points.village_lon[row], points.village_lat[row])
        after_m = _metres(after, points.village_lon[row], points.village_lat[row])
        nearer += before_m is not None and after_m is not None and after_m < before_m
        told.append({"code": one.code, "name": one.name, "before": asdict(one.held), "after": asdict(after),
                     "moved_m": _metres(after, one.held.lon, one.held.lat), "from_village_before_m": before_m,
                     "from_village_after_m": after_m})  # fmt: skip
    zh, en = zip(*(tell_finding(one) for one, _ in here), strict=True)
    return {"county": county, "name": gathered.county_names.get(county, county), "stations": len(told),
            "nearer_their_village": nearer, "zh": "".join(zh), "en": " ".join(en), "changes": told[:SHOWN]}  # fmt: skip


def _metres(held: PlaceHeld, lon: float | None, lat: float | None) -> int | None:
    if held.lon is None or held.lat is None or lon is None or lat is None:
        return None
    metres = float(haversine_m(held.lon, held.lat, lon, lat))
    return round(metres) if np.isfinite(metres) else None
