"""Enter stations into the register, one or many, proposed or (from a ledger) as accepted on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import ALIKE, in_batches
from stations.people.access import Caller
from stations.people.tables import AuditEvent
from stations.records.days import day_in_china
from stations.records.obligations import owe_from
from stations.records.revision import next_revision
from stations.records.tables import ServiceLink, Station, StationTransition, StationVersion
from stations.register.entry.checking import check_facts, units_by_code
from stations.register.entry.codes import new_codes
from stations.register.entry.coordinates import Place
from stations.register.entry.facts import StationFacts
from stations.register.entry.rows import Row, station_row, transition_rows, version_row
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality


@dataclass(frozen=True)
class _Checked:
    facts: StationFacts
    unit: OrgUnit
    place: Place | None


def add_station(
    session: Session, caller: Caller, facts: StationFacts, *, now: dt.datetime, details: Row | None = None
) -> Station:
    """Enter one station; refuses like `add_stations`."""
    return add_stations(session, caller, [facts], now=now, details=details)[0]


def add_stations(
    session: Session, caller: Caller, many: Sequence[StationFacts], *, now: dt.datetime, details: Row | None = None
) -> list[Station]:
    """Enter many stations with a handful of statements, all or none, in the order given.

    Refuses with BAD_INPUT (also for a code that is taken), UNIT_UNKNOWN, OUT_OF_SCOPE, COORDINATES_OUTSIDE_CHINA or
    COORDINATES_SWAPPED; `details` of the first transition are the caller's.
    """
    if not many:
        return []
    today = day_in_china(now)
    revision = next_revision(session)
    wanted = {facts.village_code for facts in many} | {code for facts in many for code in facts.villages_served or ()}
    units = units_by_code(session, wanted)
    checked = [_Checked(facts, *check_facts(facts, units, caller, today=today)) for facts in many]
    codes = _codes(session, checked)
    rows = [
        station_row(c.facts, code, c.unit, revision=revision, now=now, today=today)
        for c, code in zip(checked, codes, strict=True)
    ]
    made = insert(Station).returning(Station, sort_by_parameter_order=True)
    stations = list(session.scalars(made, rows, execution_options=ALIKE))
    entered = list(zip(stations, checked, strict=True))
    _add_dated_rows(session, caller, entered, now=now, details=details or {})
    refresh_vitality(session, [station.id for station in stations], now=now)
    return stations


def _codes(session: Session, checked: Sequence[_Checked]) -> list[str]:
    """Give each its own code or the next free one; refuses a code that is taken or given twice."""
    given = [c.facts.code.strip() for c in checked if c.facts.code]
    taken: set[str] = set()
    for some in in_batches(given):
        taken |= set(session.scalars(select(Station.code).where(Station.code.in_(some))))
    seen: set[str] = set()
    twice = {code for code in given if code in seen or seen.add(code)}  # type: ignore[func-returns-value]  # set.add
    if taken or twice:
        clash = sorted(taken | twice)[:20]
        said = f"编号已被使用:{'、'.join(clash)} / the code is taken"
        raise Refusal("BAD_INPUT", errors={"code": [said]}, taken=clash)
    without = [c for c in checked if not c.facts.code]
    fresh = iter(new_codes(session, [(c.facts.kind, c.unit.path) for c in without]))
    return [c.facts.code.strip() if c.facts.code else next(fresh) for c in checked]


def _add_dated_rows(
    session: Session, caller: Caller, entered: Sequence[tuple[Station, _Checked]], *, now: dt.datetime, details: Row
) -> None:
    by, today = caller.account_id, day_in_china(now)
    versions: list[Row] = []
    transitions: list[Row] = []
    links: list[Row] = []
    for station, c in entered:
        begins = c.facts.valid_from or c.facts.accepted_on or today
        versions.append(version_row(c.facts, station.id, c.place, valid_from=begins, by=by, now=now))
        transitions += transition_rows(c.facts, station.id, by=by, now=now, today=today, details=details)
        links += _link_rows(c.facts, station, begins, now)
    made = insert(StationVersion).returning(StationVersion.id, sort_by_parameter_order=True)
    version_ids = session.scalars(made, versions, execution_options=ALIKE)
    # The stations themselves show it once their vitality has been refreshed.
    in_force = [{"id": station.id, "version_id": id_} for (station, _), id_ in zip(entered, version_ids, strict=True)]
    session.execute(update(Station), in_force)
    audit = [_audit_row(caller, station, now) for station, _ in entered]
    several: tuple[tuple[Any, list[Row]], ...] = (
        (StationTransition, transitions), (ServiceLink, links), (AuditEvent, audit),
    )  # fmt: skip
    for table, rows in several:
        if rows:
            session.execute(insert(table), rows)
    # A ledger may tell that a station was accepted and has ended since: what has ended owes nothing new.
    standing = [(s, c.facts.accepted_on) for s, c in entered if s.listing_status == "active" and c.facts.accepted_on]
    owe_from(session, standing, now=now)


def _link_rows(facts: StationFacts, station: Station, begins: dt.date, now: dt.datetime) -> list[Row]:
    own = (facts.village_code,) if facts.kind == "village_point" else ()
    villages = own if facts.villages_served is None else facts.villages_served
    return [{"station_id": station.id, "village_code": village, "services": list(facts.services), "starts_on": begins,
             "ends_on": facts.delisted_on, "declared_by": facts.source, "recorded_at": now}
            for village in dict.fromkeys(villages)]  # fmt: skip


def _audit_row(caller: Caller, station: Station, now: dt.datetime) -> Row:
    # The same row that `note_act` appends, for many stations in one statement.
    return {"at": now, "actor_id": caller.account_id, "action": "station.add", "object_kind": "station",
            "object_id": station.code, "before": None, "after": {"listing_status": station.listing_status},
            "reason": None}  # fmt: skip
