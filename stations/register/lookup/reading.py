"""Read the register: one station, a page of them, or the whole scope as it stood on a day and was known at an instant.

Today with everything known is read from the cached columns; any other day is computed by the same rule from the same
dated rows, in five queries whatever the number of stations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from db import in_box
from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china, start_of_day
from stations.records.tables import Station, StationVersion
from stations.register.lookup.asking import (
    StationQuery,
    Township,
    Village,
    check_dates,
    matches,
    scope_conditions,
)
from stations.register.lookup.changed import Window, changed_in
from stations.register.lookup.recounting import states_on
from stations.register.lookup.states import StationAt, as_seen_by


@dataclass(frozen=True)
class StationPage:
    """One page of stations, how many there are in all, and the day they are of."""

    stations: list[StationAt]
    total: int
    as_of: dt.date


def find_station(session: Session, caller: Caller, code: str, *, for_change: bool = False) -> Station:
    """Give the station of a code in the caller's scope; refuses with STATION_UNKNOWN, whatever the cause.

    `for_change` locks it until the transaction ends; take the register's revision before.
    """
    if not code.isprintable() or len(code) > 40:
        raise Refusal("STATION_UNKNOWN")
    wanted = select(Station).where(Station.code == code, in_scope(caller, Station.unit_path, Station.id))
    if for_change:
        wanted = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    station = session.scalars(wanted).one_or_none()
    if station is None:
        raise Refusal("STATION_UNKNOWN", station=code)
    return station


def read_station(
    session: Session, caller: Caller, code: str, *, now: dt.datetime,
    as_of: dt.date | None = None, known_at: dt.datetime | None = None,
) -> StationAt:  # fmt: skip
    """Give one station as it stands, or stood; refuses with STATION_UNKNOWN also when it was not yet known then."""
    check_dates(as_of, known_at, now)
    station = find_station(session, caller, code)
    only = [Station.id == station.id]
    if StationQuery(as_of=as_of, known_at=known_at).is_about_now(now):
        found = [StationAt(*row) for row in session.execute(_cached(only))]
    else:
        found = states_on(session, only, as_of=as_of or day_in_china(now), known_at=known_at)
    if not found:
        raise Refusal("STATION_UNKNOWN", station=code)
    return as_seen_by(caller, found[0])


def list_stations(session: Session, caller: Caller, query: StationQuery, *, now: dt.datetime) -> StationPage:
    """Give the page `query` asks for, ordered by unit and code; refuses with UNIT_UNKNOWN and BAD_INPUT."""
    check_dates(query.as_of, query.known_at, now)
    as_of = query.as_of or day_in_china(now)
    if not query.is_about_now(now):
        return _page_of_another_day(session, caller, query, as_of)
    conditions = _conditions_now(session, caller, query)
    counted = (
        select(func.count(Station.id)).join(StationVersion, StationVersion.id == Station.version_id)
        .join(Village, Village.code == StationVersion.village_code).where(*conditions)
    )  # fmt: skip
    page = _cached(conditions).order_by(Station.unit_path, Station.code).offset(query.offset).limit(query.limit)
    found = [as_seen_by(caller, StationAt(*row)) for row in session.execute(page)]
    return StationPage(found, session.scalar(counted) or 0, as_of)


def states_at(
    session: Session, caller: Caller, *, as_of: dt.date, known_at: dt.datetime | None = None,
    unit_path: str | None = None,
) -> list[StationAt]:  # fmt: skip
    """Give every station of the scope (below `unit_path` if given) as it stood, recomputed, ordered by id.

    A station without a version in force, or not yet known, is absent. `vitality_recheck_on` is None: a page of the
    list, or one station, says when it changes next.
    """
    conditions = [in_scope(caller, Station.unit_path, Station.id)]
    if unit_path is not None:
        conditions.append(Station.unit_path.like(f"{unit_path}%"))
    found = states_on(session, conditions, as_of=as_of, known_at=known_at, foretell=False)
    return [as_seen_by(caller, state) for state in found]


def stations_after(session: Session, caller: Caller, after: int, limit: int) -> list[StationAt]:
    """Give the next `limit` stations in scope with an id greater than `after`, for phones that fetch in pieces."""
    conditions = [in_scope(caller, Station.unit_path, Station.id), Station.id > after]
    rows = session.execute(_cached(conditions).order_by(Station.id).limit(limit))
    return [as_seen_by(caller, StationAt(*row)) for row in rows]


def stations_changed(session: Session, caller: Caller, window: Window, limit: int) -> list[StationAt]:
    """Give the stations in scope that changed in a window, at most `limit`, ordered by (revision, id)."""
    conditions = [in_scope(caller, Station.unit_path, Station.id), changed_in(window)]
    rows = session.execute(_cached(conditions).order_by(Station.revision, Station.id).limit(limit))
    return [as_seen_by(caller, StationAt(*row)) for row in rows]


def _conditions_now(session: Session, caller: Caller, query: StationQuery) -> list[ColumnElement[bool]]:
    conditions = scope_conditions(session, caller, query)
    if query.listing_status:
        conditions.append(Station.listing_status.in_(query.listing_status))
    if query.vitality:
        conditions.append(Station.vitality.in_(query.vitality))
    if query.search:
        conditions.append(matches(query.search))
    if query.unseen_since is not None:
        seen_at = Station.last_observed_at
        conditions.append(or_(seen_at.is_(None), seen_at < start_of_day(query.unseen_since)))
    if query.bbox is not None:
        conditions.append(in_box(session, StationVersion.point, StationVersion.lon, StationVersion.lat, query.bbox))
    return conditions


def _cached(conditions: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    s, v = Station, StationVersion
    return (
        select(
            s.id, s.code, s.kind, s.host_type, s.operator, s.is_subsidised, s.unit_path, s.revision, v.name,
            v.village_code, Village.name, Township.name, v.address, v.lon, v.lat, v.lon_raw, v.lat_raw,
            v.coord_system, v.coord_quality, v.services, v.head_name, v.phone, v.hours, v.extra, s.listing_status,
            s.vitality, s.vitality_confidence, s.vitality_reason, s.vitality_since, s.vitality_recheck_on,
            s.last_observed_at, s.last_observed_state, s.vitality_rule_version,
        )
        .join(v, v.id == s.version_id)
        .join(Village, Village.code == v.village_code)
        .outerjoin(Township, Township.code == Village.parent_code)
        .where(*conditions)
    )  # fmt: skip


def _page_of_another_day(session: Session, caller: Caller, query: StationQuery, as_of: dt.date) -> StationPage:
    conditions = scope_conditions(session, caller, query)
    found = states_on(session, conditions, as_of=as_of, known_at=query.known_at, foretell=False)
    kept = [state for state in found if _fits(state, query)]
    kept.sort(key=lambda state: (state.unit_path, state.code))
    shown = [state.station_id for state in kept[query.offset : query.offset + query.limit]]
    # When each changes next is asked only for those that are shown.
    told = states_on(session, [Station.id.in_(shown)], as_of=as_of, known_at=query.known_at) if shown else []
    in_full = {state.station_id: as_seen_by(caller, state) for state in told}
    return StationPage([in_full[station_id] for station_id in shown], len(kept), as_of)


def _fits(state: StationAt, query: StationQuery) -> bool:
    if query.listing_status and state.listing_status not in query.listing_status:
        return False
    if query.vitality and state.vitality not in query.vitality:
        return False
    if query.bbox is not None and not _inside(state, query.bbox):
        return False
    seen_at, since = state.last_observed_at, query.unseen_since
    if since is not None and seen_at is not None and seen_at >= start_of_day(since):
        return False
    return not query.search or _holds(state, query.search.lower())


def _inside(state: StationAt, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return state.lon is not None and state.lat is not None and west <= state.lon <= east and south <= state.lat <= north


def _holds(state: StationAt, text: str) -> bool:
    return (
        any(text in field.lower() for field in (state.name, state.code, state.village_name))
        or state.village_code.startswith(text)
    )


