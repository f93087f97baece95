"""The stations that already stand in the caller's scope, as plain records, with a handful of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.people.access import Caller, in_scope
from stations.records.tables import ServiceLink, Station, StationTransition, StationVersion
from stations.register.ledger.cells import fold

VERSION_COLUMNS = ("name", "village_code", "address", "lon", "lat", "point", "lon_raw", "lat_raw", "coord_system",
                   "coord_quality", "services", "head_name", "phone", "hours", "extra")  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """A station of the register and its newest version; `served` are the villages it serves now, with services."""

    id: int
    code: str
    kind: str
    host_type: str
    operator: str | None
    is_subsidised: bool | None
    listing_status: str
    version: dict[str, Any]
    served: tuple[tuple[int, str, tuple[str, ...]], ...]
    accepted_on: dt.date | None

    @property
    def key(self) -> tuple[str, str]:
        """Village and folded name: what a row without a code is known by."""
        return (self.version["village_code"], fold(self.version["name"]))


class StandingIndex:
    """Find a station by its code, or by village and name."""

    def __init__(self, stations: Iterable[Standing], codes_elsewhere: Iterable[str] = ()) -> None:
        self.all = list(stations)
        self.by_code = {fold(station.code): station for station in self.all}
        self.by_key: dict[tuple[str, str], list[Standing]] = defaultdict(list)
        for station in self.all:
            self.by_key[station.key].append(station)
        self.codes_elsewhere = frozenset(codes_elsewhere)


def fetch_standing(session: Session, caller: Caller, codes: Iterable[str]) -> StandingIndex:
    """Fetch every station in scope, and which of the file's codes belong to stations outside it."""
    own = (Station.id, Station.code, Station.kind, Station.host_type, Station.operator, Station.is_subsidised,
           Station.listing_status)  # fmt: skip
    versions = [getattr(StationVersion, name) for name in VERSION_COLUMNS]
    mine = in_scope(caller, Station.unit_path, Station.id)
    accepted = _acceptances(session, caller)
    served: dict[int, list[tuple[int, str, tuple[str, ...]]]] = defaultdict(list)
    links = select(ServiceLink.station_id, ServiceLink.id, ServiceLink.village_code, ServiceLink.services).where(
        ServiceLink.ends_on.is_(None), ServiceLink.station_id.in_(select(Station.id).where(mine))
    )
    for station_id, link_id, village, services in session.execute(links):
        served[station_id].append((link_id, village, tuple(services)))
    found = []
    newest = StationVersion.id == Station.version_id
    rows = session.execute(select(*own, *versions).join(StationVersion, newest).where(mine))
    for row in rows:
        version = dict(zip(VERSION_COLUMNS, row[len(own) :], strict=True))
        found.append(Standing(
            id=row.id, code=row.code, kind=row.kind, host_type=row.host_type, operator=row.operator,
            is_subsidised=row.is_subsidised, listing_status=row.listing_status, version=version,
            served=tuple(served[row.id]), accepted_on=accepted.get(row.id),
        ))  # fmt: skip
    mine_codes = {station.code for station in found}
    return StandingIndex(found, _codes_elsewhere(session, [code for code in set(codes) if code not in mine_codes]))


def _acceptances(session: Session, caller: Caller) -> dict[int, dt.date]:
    mine = select(Station.id).where(in_scope(caller, Station.unit_path, Station.id))
    rows = select(StationTransition.station_id, StationTransition.effective_on).where(
        StationTransition.to_status == "active", StationTransition.station_id.in_(mine)
    )
    first: dict[int, dt.date] = {}
    for station_id, day in session.execute(rows):
        first[station_id] = min(day, first.get(station_id, day))
    return first


def _codes_elsewhere(session: Session, codes: list[str]) -> set[str]:
    found: set[str] = set()
    for some in in_batches(codes):
        found |= set(session.scalars(select(Station.code).where(Station.code.in_(some))))
    return found
