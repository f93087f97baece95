"""What anybody may find: listed stations with name, kind, village and services; no person, no number, no state."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import ListingStatus
from stations.records.tables import Station, StationVersion
from stations.register.lookup.asking import Township, Village, unit_condition

LISTED = (ListingStatus.ACTIVE, ListingStatus.SUSPENDED)


@dataclass(frozen=True)
class PublicStation:
    """A listed station as the public may know it (F9)."""

    name: str
    kind: str
    village_code: str
    village_name: str
    township_name: str | None
    services: list[str]


def public_stations(session: Session, unit: str | None, *, offset: int, limit: int) -> tuple[list[PublicStation], int]:
    """Give a page of the listed stations of a unit (of all when None), and how many there are.

    Refuses with UNIT_UNKNOWN. A delisted station is not found here (F2).
    """
    conditions: list[ColumnElement[bool]] = [Station.listing_status.in_(LISTED)]
    inside = unit_condition(session, unit)
    if inside is not None:
        conditions.append(inside)
    total = session.scalar(select(func.count(Station.id)).where(*conditions)) or 0
    rows = session.execute(
        select(StationVersion.name, Station.kind, StationVersion.village_code, Village.name, Township.name,
               StationVersion.services)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .join(Village, Village.code == StationVersion.village_code)
        .outerjoin(Township, Township.code == Village.parent_code)
        .where(*conditions).order_by(Station.unit_path, Station.code).offset(offset).limit(limit)
    )  # fmt: skip
    return [PublicStation(*row) for row in rows], total
