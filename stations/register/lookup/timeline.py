"""A station's story as dated entries: what was decided, said, seen and concluded, how old it is and by which rule."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.tables import Observation, StationTransition, StationVersion, VitalityState
from stations.register.lookup.asking import check_dates
from stations.register.lookup.entries import Entry
from stations.register.lookup.month_entries import excuses, reports
from stations.register.lookup.reading import find_station
from stations.units.tables import OrgUnit

# What may be told of a changed description to everybody who may see the station.
TOLD = ("name", "village_code", "address", "lon", "lat", "coord_quality", "services", "hours")
UNTOLD = ("head_name", "phone", "extra")


def read_timeline(
    session: Session, caller: Caller, code: str, *, now: dt.datetime,
    as_of: dt.date | None = None, known_at: dt.datetime | None = None,
) -> list[Entry]:  # fmt: skip
    """Give a station's entries that hold by `as_of` and were known by `known_at`, newest first.

    Refuses with STATION_UNKNOWN and BAD_INPUT. A withdrawn observation stays, with `withdrawn_at` in its details.
    """
    check_dates(as_of, known_at, now)
    station_id = find_station(session, caller, code).id
    today = as_of or day_in_china(now)
    entries = [
        *_transitions(session, station_id, today), *_versions(session, station_id, today),
        *_observations(session, station_id, today), *_answers(session, station_id, today),
        *reports(session, caller, station_id, today, known_at), *excuses(session, caller, station_id, today),
    ]  # fmt: skip
    kept = [one for one in entries if one.on <= today and (known_at is None or one.recorded_at <= known_at)]
    return sorted(kept, key=lambda one: (one.on, one.recorded_at, one.kind, one.id), reverse=True)


def _transitions(session: Session, station_id: int, today: dt.date) -> list[Entry]:
    rows = session.scalars(select(StationTransition).where(StationTransition.station_id == station_id))
    return [
        Entry(f"transition:{row.id}", "transition", row.effective_on, row.recorded_at, row.to_status,
              (today - row.effective_on).days, before=row.from_status, reason=row.reason_code,
              evidence_ids=row.evidence_ids, doc_no=row.doc_no, note=row.note, details=row.details)
        for row in rows
    ]  # fmt: skip


def _versions(session: Session, station_id: int, today: dt.date) -> list[Entry]:
    order = (StationVersion.valid_from, StationVersion.recorded_at, StationVersion.id)
    rows = session.scalars(select(StationVersion).where(StationVersion.station_id == station_id).order_by(*order)).all()
    entries = []
    for before, row in zip([None, *rows], rows, strict=False):
        changed = {name for name in TOLD + UNTOLD if before is None or getattr(before, name) != getattr(row, name)}
        new = {name: getattr(row, name) for name in TOLD if name in changed}
        also = [name for name in UNTOLD if name in changed and before is not None]
        entries.append(Entry(f"version:{row.id}", "version", row.valid_from, row.recorded_at, "described",
                             (today - row.valid_from).days, reason=row.source,
                             details={"new": new, "also_changed": also}))  # fmt: skip
    return entries


def _observations(session: Session, station_id: int, today: dt.date) -> list[Entry]:
    rows = session.execute(
        select(Observation, OrgUnit.name)
        .outerjoin(OrgUnit, OrgUnit.code == Observation.observer_unit_code)
        .where(Observation.station_id == station_id)
    )
    return [_seen(row, unit, today) for row, unit in rows]


def _seen(row: Observation, unit: str | None, today: dt.date) -> Entry:
    day = day_in_china(row.observed_at)
    details = {"source": row.source, "evidence_kind": row.evidence_kind, "inspection_id": row.inspection_id,
               "withdrawn_at": row.withdrawn_at and row.withdrawn_at.isoformat()}  # fmt: skip
    return Entry(f"observation:{row.id}", "observation", day, row.recorded_at, row.observed_state,
                 (today - day).days, at=row.observed_at, method=row.method, is_independent=row.is_independent,
                 observer_unit=unit, details=details)  # fmt: skip


def _answers(session: Session, station_id: int, today: dt.date) -> list[Entry]:
    rows = session.scalars(select(VitalityState).where(VitalityState.station_id == station_id))
    return [
        Entry(f"vitality:{row.id}", "vitality", row.as_of, row.recorded_at, row.value, (today - row.as_of).days,
              reason=row.reason, confidence=row.confidence, rule_version=row.rule_version,
              evidence_ids=row.evidence_ids,
              details={"next_change_on": row.next_change_on and row.next_change_on.isoformat()})
        for row in rows
    ]  # fmt: skip
