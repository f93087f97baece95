"""What goes with one station's answer: the villages it serves, what the asker may do with it, what was seen of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller, may
from stations.records.revision import next_revision
from stations.records.tables import Observation, ServiceLink, Station
from stations.register.listing.moves import MOVES, PREFECTURE_MAY
from stations.register.lookup.reading import find_station
from stations.units.tables import OrgUnit

_NAMED = {"may_accept": "active", "may_reject": "rejected", "may_suspend": "suspended", "may_delist": "delisted",
          "may_merge": "merged"}  # fmt: skip


def villages_served(session: Session, station_id: int, on: dt.date) -> list[dict[str, object]]:
    """Give code, name and services of the villages a station serves on a day; the day a link ends is outside it."""
    rows = session.execute(
        select(ServiceLink.village_code, OrgUnit.name, ServiceLink.services)
        .join(OrgUnit, OrgUnit.code == ServiceLink.village_code)
        .where(ServiceLink.station_id == station_id, ServiceLink.starts_on <= on,
               or_(ServiceLink.ends_on.is_(None), ServiceLink.ends_on > on))
        .order_by(ServiceLink.village_code)
    )  # fmt: skip
    return [{"code": code, "name": name, "services": services} for code, name, services in rows]


def permissions(caller: Caller, listing_status: str) -> dict[str, bool]:
    """Say what the asker's role may do with a station of this status; whether its conditions are met is asked later."""
    moving = may(caller, "station.transition")
    allowed = {
        after for before, after in MOVES
        if before == listing_status and moving
        and (caller.role is not Role.PREFECTURE or (before, after) in PREFECTURE_MAY)
    }  # fmt: skip
    return {name: status in allowed for name, status in _NAMED.items()} | {
        "may_edit": may(caller, "station.edit"), "may_record_visit": may(caller, "visit.record"),
    }  # fmt: skip


def station_to_change(session: Session, caller: Caller, code: str, seen_revision: int | None) -> Station:
    """Lock a station for a change; refuses with CONFLICT_VERSION unless it is still as the asker saw it.

    `seen_revision` None means: whatever it is now.
    """
    next_revision(session)
    station = find_station(session, caller, code, for_change=True)
    if seen_revision is not None and seen_revision != station.revision:
        raise Refusal("CONFLICT_VERSION", seen=seen_revision, current=station.revision)
    return station


def observations_of(
    session: Session, caller: Caller, code: str, *, offset: int, limit: int
) -> tuple[Sequence[Observation], int]:
    """Give a page of what was seen of a station, newest first, and how much there is; refuses with STATION_UNKNOWN."""
    station = find_station(session, caller, code)
    mine = Observation.station_id == station.id
    order = (Observation.observed_at.desc(), Observation.id.desc())
    rows = session.scalars(select(Observation).where(mine).order_by(*order).offset(offset).limit(limit)).all()
    return rows, session.scalar(select(func.count(Observation.id)).where(mine)) or 0
