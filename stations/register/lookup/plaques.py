"""What stands on a station's plaque, and what anybody finds who scans it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import ListingStatus
from stations.people.access import Caller, in_scope, require_inside
from stations.records.tables import Station, StationVersion
from stations.register.lookup.asking import Township, Village
from stations.register.lookup.public import LISTED
from stations.units.tables import OrgUnit

# Some sixty pages; a prefecture prints county by county.
MOST = 500


@dataclass(frozen=True)
class Plaque:
    """A station's name, code and village as they are printed."""

    code: str
    name: str
    village_name: str


@dataclass(frozen=True)
class SignedStation:
    """What anybody may know of the station whose plaque was scanned; one no longer listed says only that."""

    code: str
    name: str
    kind: str
    village_name: str
    township_name: str | None
    services: list[str]
    is_listed: bool
    # For whoever asks what else holds at that place; it is told to nobody.
    unit_path: str


def plaques_of(session: Session, caller: Caller, unit_code: str) -> tuple[str, list[Plaque]]:
    """Give a unit's name and the plaques of its listed stations, by place; refuses UNIT_UNKNOWN, OUT_OF_SCOPE.

    BAD_INPUT where the unit has none, or more than MOST.
    """
    unit = session.get(OrgUnit, unit_code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"ou": ["没有这个单位 / no such unit"]})
    require_inside(caller, unit.path)
    found = session.execute(
        _plaques().where(in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%"),
                         Station.listing_status.in_(LISTED))
        .order_by(Station.unit_path, Station.code).limit(MOST + 1)
    ).all()  # fmt: skip
    if not 0 < len(found) <= MOST:
        said = "没有在册站点 / no listed station" if not found else f"一次最多 {MOST} 站 / at most {MOST} stations"
        raise Refusal("BAD_INPUT", errors={"ou": [said]})
    return unit.name, [Plaque(code, name, village) for _, code, name, village in found]


def plaques_by_id(session: Session, station_ids: Collection[int]) -> dict[int, Plaque]:
    """Give code, name and village by the station's id."""
    rows = session.execute(_plaques().where(Station.id.in_(station_ids)))
    return {station_id: Plaque(code, name, village) for station_id, code, name, village in rows}


def signed_station(session: Session, code: str) -> SignedStation:
    """Give what a scanned plaque says to anybody; refuses with STATION_UNKNOWN, also for one that was never accepted.

    A merged or delisted station keeps its plaque on the wall: its page says that it is no longer listed.
    """
    if not code.isprintable() or len(code) > 40:
        raise Refusal("STATION_UNKNOWN")
    found = session.execute(
        select(Station.code, StationVersion.name, Station.kind, Village.name, Township.name, StationVersion.services,
               Station.listing_status, Station.unit_path)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .join(Village, Village.code == StationVersion.village_code)
        .outerjoin(Township, Township.code == Village.parent_code)
        .where(Station.code == code,
               Station.listing_status.in_((*LISTED, ListingStatus.DELISTED, ListingStatus.MERGED)))
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("STATION_UNKNOWN")
    is_listed = found.listing_status in LISTED
    services = found.services if is_listed else []
    return SignedStation(found[0], found[1], found[2], found[3], found[4], services, is_listed, found.unit_path)


def _plaques() -> Select[int, str, str, str]:
    return (
        select(Station.id, Station.code, StationVersion.name, Village.name)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .join(Village, Village.code == StationVersion.village_code)
    )  # fmt: skip
