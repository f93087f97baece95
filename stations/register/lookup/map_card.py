"""What a click on a station shows: one station's facts as plain values, and the names of a few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.tables import Observation, ServiceLink, Station, StationTransition, StationVersion
from stations.units.tables import OrgUnit


def station_card(session: Session, caller: Caller, station_id: int, *, now: dt.datetime) -> dict[str, Any]:
    """Give what the map shows of one station today; refuses STATION_UNKNOWN outside the caller's scope.

    `age_days` of the last evidence counts civil days in China; `villages_served` are the service links open today.
    """
    found = session.execute(
        select(Station, StationVersion)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(Station.id == station_id, in_scope(caller, Station.unit_path, Station.id))
    ).one_or_none()
    if found is None:
        raise Refusal("STATION_UNKNOWN")
    station, version = found.Station, found.StationVersion
    today = day_in_china(now)
    return {
        "id": station.id, "code": station.code, "name": version.name, "kind": station.kind,
        "services": version.services, "units": _units_above(session, station.unit_path),
        "villages_served": _villages_served(session, station_id, today),
        "coord_quality": version.coord_quality, "lon": version.lon, "lat": version.lat,
        "vitality": station.vitality, "vitality_confidence": station.vitality_confidence,
        "vitality_reason": station.vitality_reason, "vitality_since": station.vitality_since,
        "listing_status": station.listing_status, "listed_since": _listed_since(session, station_id),
        "last_evidence": _last_evidence(session, station_id, today), "as_of": today,
    }  # fmt: skip


def station_names(session: Session, caller: Caller, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Give id, code and name of those of the stations that lie in the caller's scope, in the order of their ids."""
    found = session.execute(
        select(Station.id, Station.code, StationVersion.name)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(Station.id.in_(ids), in_scope(caller, Station.unit_path, Station.id))
        .order_by(Station.id)
    )
    return [{"id": row.id, "code": row.code, "name": row.name} for row in found]


def _units_above(session: Session, path: str) -> list[str]:
    codes = path.strip("/").split("/")
    found = session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(codes)))
    names = {row.code: row.name for row in found}
    # The nation goes without saying.
    return [names[code] for code in codes if code in names and code != "CN"]


def _villages_served(session: Session, station_id: int, today: dt.date) -> list[str]:
    return list(
        session.scalars(
            select(OrgUnit.name)
            .join(ServiceLink, ServiceLink.village_code == OrgUnit.code)
            .where(
                ServiceLink.station_id == station_id,
                ServiceLink.starts_on <= today,
                or_(ServiceLink.ends_on.is_(None), ServiceLink.ends_on > today),
            )
            .order_by(OrgUnit.code)
        )
    )


def _listed_since(session: Session, station_id: int) -> dt.date | None:
    return session.scalar(
        select(StationTransition.effective_on)
        .where(StationTransition.station_id == station_id)
        .order_by(StationTransition.effective_on.desc(), StationTransition.id.desc())
        .limit(1)
    )


def _last_evidence(session: Session, station_id: int, today: dt.date) -> dict[str, Any] | None:
    seen = session.scalar(
        select(Observation)
        .where(Observation.station_id == station_id, Observation.withdrawn_at.is_(None))
        .order_by(Observation.observed_at.desc(), Observation.id.desc())
        .limit(1)
    )
    if seen is None:
        return None
    return {
        "observed_at": seen.observed_at, "observed_state": seen.observed_state, "method": seen.method,
        "evidence_kind": seen.evidence_kind, "is_independent": seen.is_independent,
        "age_days": (today - day_in_china(seen.observed_at)).days,
    }  # fmt: skip
