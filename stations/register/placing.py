"""Put many stations in another place at once: what was wrongly placed from a day on is placed rightly from that day on.

Unlike a move, a correction of the place reaches back: the place was never where it was said to be. Each version that
held the old place is followed by one of the same day with the new place, so a read as known before still sees the old.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from stations.batches import ALIKE, in_batches
from stations.people.access import Caller, in_scope
from stations.people.tables import AuditEvent
from stations.records.days import day_in_china
from stations.records.tables import Station, StationVersion
from stations.register.entry.revising import COPIED
from stations.register.entry.rows import Row


@dataclass(frozen=True)
class PlaceHeld:
    """The place of a version: CGCS2000 degrees, the pair as given, its datum, how good it is."""

    lon: float | None
    lat: float | None
    lon_raw: float | None
    lat_raw: float | None
    coord_system: str | None
    coord_quality: str


Moves = Mapping[int, tuple[PlaceHeld, PlaceHeld]]
_HELD = tuple(PlaceHeld.__dataclass_fields__)


def place_held(version: StationVersion) -> PlaceHeld:
    """Give the place of a version."""
    return PlaceHeld(*(getattr(version, name) for name in _HELD))


def correct_places(
    session: Session, caller: Caller, moves: Moves, *, source: str, revision: int, now: dt.datetime
) -> list[int]:
    """Append to each station, by id, versions that hold the second place where the first stood; give those changed.

    `revision` is from `next_revision`, taken before anything was read, so that nobody changes a station meanwhile.
    Stations outside the caller's scope, and those whose version of today holds another place, are left alone.
    """
    today, changed, rows = day_in_china(now), [], []
    for id_, versions in _in_force(session, caller, moves).items():
        before, after = moves[id_]
        todays = max((day for day in versions if day <= today), default=min(versions))
        if place_held(versions[todays]) != before:
            continue
        changed.append((id_, versions[todays]))
        rows += [_row(version, after, caller, source, now) for version in versions.values()
                 if place_held(version) == before]  # fmt: skip
    if not rows:
        return []
    made = insert(StationVersion).returning(StationVersion.id, sort_by_parameter_order=True)
    ids = session.scalars(made, rows, execution_options=ALIKE)
    fresh = {(row["station_id"], row["valid_from"]): id_ for row, id_ in zip(rows, ids, strict=True)}
    session.execute(update(Station), [
        {"id": id_, "version_id": fresh[id_, version.valid_from], "revision": revision} for id_, version in changed
    ])  # fmt: skip
    codes = _codes(session, [id_ for id_, _ in changed])
    session.execute(insert(AuditEvent), [
        {"at": now, "actor_id": caller.account_id, "action": "station.revise", "object_kind": "station",
         "object_id": codes[id_], "before": asdict(moves[id_][0]), "after": asdict(moves[id_][1]), "reason": source}
        for id_, _ in changed
    ])  # fmt: skip
    session.expire_all()
    return [id_ for id_, _ in changed]


def _in_force(session: Session, caller: Caller, moves: Moves) -> dict[int, dict[dt.date, StationVersion]]:
    """Give of each station the version that holds from each day on: the last recorded of that day."""
    found: dict[int, dict[dt.date, StationVersion]] = defaultdict(dict)
    for some in in_batches(sorted(moves)):
        versions = (
            select(StationVersion)
            .join(Station, Station.id == StationVersion.station_id)
            .where(Station.id.in_(some), in_scope(caller, Station.unit_path, Station.id))
            .order_by(StationVersion.station_id, StationVersion.recorded_at, StationVersion.id)
        )
        for version in session.scalars(versions):
            found[version.station_id][version.valid_from] = version
    return found


def _row(version: StationVersion, after: PlaceHeld, caller: Caller, source: str, now: dt.datetime) -> Row:
    point: Any = None if after.lon is None or after.lat is None else (after.lon, after.lat)
    kept = {name: getattr(version, name) for name in COPIED}
    return {**kept, **asdict(after), "point": point, "station_id": version.station_id, "source": source,
            "valid_from": version.valid_from, "recorded_at": now, "recorded_by": caller.account_id}  # fmt: skip


def _codes(session: Session, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in in_batches(ids):
        found |= {
            row.id: row.code for row in session.execute(select(Station.id, Station.code).where(Station.id.in_(some)))
        }
    return found
