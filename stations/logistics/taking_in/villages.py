"""Villages out of a file: people by year, the poor list by its year, remoteness by day, and where a village lies.

A township named without a village gives the place of its seat, where villages without a place are put.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import CoordQuality
from field_app_schema.vocab_network import NetworkFile
from stations.batches import in_batches
from stations.logistics.rows.columns import columns_by_key
from stations.logistics.rows.telling import Told
from stations.logistics.taking_in.ground import Ground, Plan, Saving, find_unit, insert_rows
from stations.logistics.taking_in.repeats import Repeats
from stations.logistics.taking_in.timeline import CHANGED, ENDED, NEW, SAME
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation

_PLACE = ("lon", "lat", "lon_raw", "lat_raw", "coord_system", "coord_quality")
_OF_VILLAGES = ("people", "people_year", "poor", "poor_year", "remote", "remote_from")
# What is said of a year or from a day needs that year or day; and the other way round.
_TOGETHER = (("people", "people_year"), ("poor", "poor_year"), ("remote", "remote_from"))


@dataclass
class _OnFile:
    """What is on file of the villages in the file, kept as the file changes it; and the changes to save."""

    people: dict[tuple[str, int], int] = field(default_factory=dict)
    poor: set[tuple[int, str]] = field(default_factory=set)
    remote: dict[str, list[tuple[dt.date, dt.date | None]]] = field(default_factory=dict)
    set_people: dict[tuple[str, int], tuple[int, bool]] = field(default_factory=dict)
    set_poor: dict[tuple[int, str], bool] = field(default_factory=dict)
    begin_remote: list[tuple[str, dt.date]] = field(default_factory=list)
    end_remote: list[tuple[str, dt.date, dt.date]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)


def plan_villages(session: Session, rows: Sequence[Told], ground: Ground) -> Plan:
    """Check the rows against the units and what is on file of them; a row counts by what is most in it."""
    units = [_unit(told, ground) for told in rows]
    stands = _fetch(session, sorted({one.code for one in units if one is not None}))
    plan, repeats = Plan(), Repeats()
    for told, unit in zip(rows, units, strict=True):
        _check_pairs(told, unit)
        if unit is not None:
            cell = "village_code" if "village_code" in told.known else "village"
            repeats.check(told, cell, unit.code, told.values.get("people_year") or "-",
                          told.values.get("poor_year") or "-", told.values.get("remote_from") or "-")  # fmt: skip
        if told.errors or unit is None:
            continue
        whats = {_people(told, unit.code, stands), _poor(told, unit.code, stands),
                 _remote(told, unit.code, stands), _place(told, unit, stands)}  # fmt: skip
        plan.whats.append(next((one for one in (CHANGED, NEW, ENDED) if one in whats), SAME))

    def save(session: Session, saving: Saving) -> list[int]:
        _save(session, stands, saving)
        return []

    plan.save = save
    return plan


def _unit(told: Told, ground: Ground) -> OrgUnit | None:
    before = len(told.errors)
    unit = find_unit(told, ground)
    if unit is not None and unit.level in ("village", "township"):
        return unit
    if len(told.errors) == before:
        cell = "village_code" if "village_code" in told.known else "village"
        if unit is None:
            told.complain(cell, "VILLAGE_MISSING")
        else:
            told.complain(cell, "NOT_A_VILLAGE", unit.name)
    return None


def _check_pairs(told: Told, unit: OrgUnit | None) -> None:
    columns = columns_by_key(NetworkFile.VILLAGES)
    for one, other in _TOGETHER:
        for given, missing in ((one, other), (other, one)):
            # A year by itself is how a list is written whose other cells are empty: it says nothing.
            if given == one and given in told.values and told.is_blank(missing):
                told.complain(missing, "YEAR_MISSING", columns[given].header)
    if unit is not None and unit.level == "township":
        for key in _OF_VILLAGES:
            if key in told.values:
                told.complain(key, "SEAT_HAS_NO_PEOPLE")


def _fetch(session: Session, codes: Sequence[str]) -> _OnFile:
    stands = _OnFile()
    for some in in_batches(codes):
        p, poor, remote = VillagePopulation, PovertyVillage, RemoteVillage
        counted = select(p.village_code, p.year, p.people).where(p.village_code.in_(some))
        for code, year, people in session.execute(counted):
            stands.people[code, year] = people
        listed = select(poor.list_year, poor.village_code).where(poor.village_code.in_(some))
        stands.poor |= {(year, code) for year, code in session.execute(listed)}
        dated = select(remote.village_code, remote.starts_on, remote.ends_on).where(remote.village_code.in_(some))
        for code, starts, ends in session.execute(dated):
            stands.remote.setdefault(code, []).append((starts, ends))
    return stands


def _people(told: Told, code: str, stands: _OnFile) -> str:
    if "people" not in told.values:
        return SAME
    key, people = (code, told.values["people_year"]), told.values["people"]
    before = stands.people.get(key)
    if before == people:
        return SAME
    stands.people[key] = people
    is_new = before is None and key not in stands.set_people
    stands.set_people[key] = (people, is_new or stands.set_people.get(key, (0, False))[1])
    return NEW if before is None else CHANGED


def _poor(told: Told, code: str, stands: _OnFile) -> str:
    if "poor" not in told.values:
        return SAME
    key, is_poor = (told.values["poor_year"], code), told.values["poor"] == "yes"
    if (key in stands.poor) == is_poor:
        return SAME
    (stands.poor.add if is_poor else stands.poor.discard)(key)
    stands.set_poor[key] = is_poor
    return NEW if is_poor else CHANGED


def _remote(told: Told, code: str, stands: _OnFile) -> str:
    if "remote" not in told.values:
        return SAME
    day, lines = told.values["remote_from"], stands.remote.setdefault(code, [])
    holds = next((one for one in lines if one[0] <= day and (one[1] is None or day < one[1])), None)
    if told.values["remote"] == "yes":
        if holds is not None:
            return SAME
        if later := [one[0] for one in lines if one[0] > day]:
            told.complain("remote_from", "PERIODS_OVERLAP", min(later))
            return SAME
        lines.append((day, None))
        stands.begin_remote.append((code, day))
        return NEW
    if holds is None:
        return SAME
    lines[lines.index(holds)] = (holds[0], day)
    stands.end_remote.append((code, holds[0], day))
    return ENDED


def _place(told: Told, unit: OrgUnit, stands: _OnFile) -> str:
    if "lon" not in told.values:
        return SAME
    quality = CoordQuality.VILLAGE if unit.level == "village" else CoordQuality.TOWNSHIP
    place = {"coord_quality": quality.value} | {key: told.values[key] for key in _PLACE if key in told.values}
    before = {key: getattr(unit, key) for key in _PLACE}
    if place == before:
        return SAME
    stands.places.append(place | {"code": unit.code})
    return NEW if before["lon"] is None else CHANGED


def _save(session: Session, stands: _OnFile, saving: Saving) -> None:
    told = {"source": saving.source, "recorded_at": saving.now}
    new = [key for key, (_, is_new) in stands.set_people.items() if is_new]
    listed = [key for key, is_poor in stands.set_poor.items() if is_poor]
    insert_rows(session, VillagePopulation, [
        {"village_code": code, "year": year, "people": stands.set_people[code, year][0], **told} for code, year in new
    ])  # fmt: skip
    insert_rows(session, PovertyVillage, [{"list_year": year, "village_code": code, **told} for year, code in listed])
    insert_rows(session, RemoteVillage, [
        {"village_code": code, "starts_on": day, "ends_on": None, **told} for code, day in stands.begin_remote
    ])  # fmt: skip
    for some in in_batches([key for key, is_poor in stands.set_poor.items() if not is_poor], 400):
        either = [and_(PovertyVillage.list_year == year, PovertyVillage.village_code == code) for year, code in some]
        session.execute(delete(PovertyVillage).where(or_(*either)))
    _update(session, VillagePopulation, ("village_code", "year"), [
        {"village_code": code, "year": year, "people": people, **told}
        for (code, year), (people, is_new) in stands.set_people.items() if not is_new
    ])  # fmt: skip
    _update(session, RemoteVillage, ("village_code", "starts_on"), [
        {"village_code": code, "starts_on": start, "ends_on": end} for code, start, end in stands.end_remote
    ])  # fmt: skip
    _update(session, OrgUnit, ("code",), [one | {"updated_at": saving.now} for one in stands.places])
    session.expire_all()


def _update(session: Session, table: Any, keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change rows of the same columns, each known by `keys`."""
    if not rows:
        return
    columns: Any = table.__table__.c
    how = table.__table__.update().where(*(columns[key] == bindparam(f"b_{key}") for key in keys))
    how = how.values({key: bindparam(f"b_{key}") for key in rows[0] if key not in keys})
    session.connection().execute(how, [{f"b_{key}": value for key, value in row.items()} for row in rows])
