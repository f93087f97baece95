"""Change what is said of a station: one appended version, never an edited one; its history stays readable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, require_inside
from stations.people.audit import note_act
from stations.records.days import day_in_china
from stations.records.revision import next_revision
from stations.records.tables import Station, StationVersion
from stations.register.entry.checking import check_unit, day_error, text_errors, units_by_code
from stations.register.entry.coordinates import place_of
from stations.register.entry.links import open_links, set_villages_served
from stations.register.entry.rows import Row, place_columns

VERSIONED = ("name", "village_code", "address", "services", "head_name", "phone", "hours", "extra")
COPIED = (*VERSIONED, "lon", "lat", "point", "lon_raw", "lat_raw", "coord_system", "coord_quality")
UNVERSIONED = ("host_type", "operator", "is_subsidised")
PLACE = ("lon", "lat", "coord_system", "coord_quality")


def revise_station(
    session: Session, caller: Caller, station: Station, changes: Mapping[str, Any], *,
    now: dt.datetime, valid_from: dt.date | None = None, source: str = "edit",
) -> StationVersion | None:  # fmt: skip
    """Append a version that differs by `changes`, true from `valid_from` (today if not said); None if nothing differs.

    `changes` may hold the versioned columns, lon+lat+coord_system as given, `villages_served`, and the columns of the
    station itself. A day before the newest version corrects history: today's version stays as it is. Refuses with
    BAD_INPUT, UNIT_UNKNOWN, OUT_OF_SCOPE and what `place_of` refuses.
    """
    require_inside(caller, station.unit_path)
    today = day_in_china(now)
    day = valid_from or today
    errors = text_errors(changes) | day_error("valid_from", day, today)
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)
    revision = next_revision(session)
    before = version_on(session, station.id, day)
    moved = _moved_unit(session, caller, station, changes, before)
    columns = _columns(changes, before)
    own = {name: changes[name] for name in UNVERSIONED if name in changes and changes[name] != getattr(station, name)}
    differs = {name for name, value in columns.items() if getattr(before, name) != value}
    served = _changed_villages(session, station.id, changes)
    if not (differs or own or served is not None):
        return None
    version = StationVersion(station_id=station.id, source=source, valid_from=day, recorded_at=now,
                             recorded_by=caller.account_id, **columns)  # fmt: skip
    session.add(version)
    session.flush()
    if version_on(session, station.id, today).id == version.id:
        station.version_id = version.id
        if moved is not None:
            station.unit_code, station.unit_path = moved
        _follow_with_links(session, station, version, served=served, differs=differs, now=now, source=source)
    told = {name: _plain(value) for name, value in {**columns, **own}.items() if name in differs or name in own}
    note_act(session, caller, "station.revise", "station", station.code, now=now,
             before={name: _plain(getattr(before if name in columns else station, name)) for name in told},
             after=told | {"valid_from": day.isoformat()})  # fmt: skip
    for name, value in own.items():
        setattr(station, name, value)
    station.revision = revision
    session.flush()
    return version


def version_on(session: Session, station_id: int, day: dt.date, known_at: dt.datetime | None = None) -> StationVersion:
    """Give the version in force on a day; before the first one, the first."""
    rows = select(StationVersion).where(StationVersion.station_id == station_id)
    if known_at is not None:
        rows = rows.where(StationVersion.recorded_at <= known_at)
    newest = (StationVersion.valid_from.desc(), StationVersion.recorded_at.desc(), StationVersion.id.desc())
    in_force = session.scalars(rows.where(StationVersion.valid_from <= day).order_by(*newest).limit(1)).first()
    return in_force or session.scalars(rows.order_by(StationVersion.valid_from, StationVersion.id).limit(1)).one()


def _columns(changes: Mapping[str, Any], before: StationVersion) -> Row:
    columns: Row = {name: getattr(before, name) for name in COPIED}
    for name in VERSIONED:
        if name in changes:
            columns[name] = list(changes[name]) if name == "services" else changes[name]
    if "name" in changes:
        columns["name"] = changes["name"].strip()
    if any(name in changes for name in PLACE):
        lon = changes.get("lon", before.lon_raw)
        lat = changes.get("lat", before.lat_raw)
        datum = changes.get("coord_system", before.coord_system)
        quality = changes.get("coord_quality") or (before.coord_quality if before.lon is not None else "gps")
        columns |= place_columns(place_of(lon, lat, datum), quality)
    return columns


def _moved_unit(
    session: Session, caller: Caller, station: Station, changes: Mapping[str, Any], before: StationVersion
) -> tuple[str, str] | None:
    village = changes.get("village_code") or before.village_code
    served = changes.get("villages_served")
    units = units_by_code(session, {village, *(served or ())})
    unit = check_unit(village, station.kind, served, units, caller)
    return (unit.code, unit.path) if unit.code != station.unit_code else None


def _changed_villages(session: Session, station_id: int, changes: Mapping[str, Any]) -> list[str] | None:
    if changes.get("villages_served") is None:
        return None
    wanted = list(dict.fromkeys(changes["villages_served"]))
    return None if sorted(wanted) == sorted(link.village_code for link in open_links(session, station_id)) else wanted


def _follow_with_links(
    session: Session, station: Station, version: StationVersion, *, served: list[str] | None, differs: set[str],
    now: dt.datetime, source: str,
) -> None:  # fmt: skip
    if served is None and "services" not in differs:
        return
    villages = served if served is not None else [link.village_code for link in open_links(session, station.id)]
    set_villages_served(session, station.id, villages, version.services, on=version.valid_from,
                        declared_by=source, now=now)  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)
