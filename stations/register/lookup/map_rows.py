"""The stations as a map needs them: one narrow query for today, the full reading for any other day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db import in_box
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import ListingStatus, UnitLevel
from stations.people.access import Caller, in_scope, require_inside
from stations.records.days import day_in_china
from stations.records.tables import RegisterRevision, Station, StationVersion
from stations.register.lookup.asking import check_dates
from stations.register.lookup.recounting import states_on
from stations.units.tables import OrgUnit

# A merged station is counted once, at its successor (F2); a rejected one never was a station.
SHOWN_BY_DEFAULT = (
    ListingStatus.PROPOSED,
    ListingStatus.ACTIVE,
    ListingStatus.SUSPENDED,
    ListingStatus.DELISTED,
)


# /CN/43/4311/431125/431125100/: as many signs as a path of each level has at most.
_LONGEST_PATH = {UnitLevel.PROVINCE: 7, UnitLevel.PREFECTURE: 19, UnitLevel.COUNTY: 19, UnitLevel.TOWNSHIP: 29}


@dataclass(frozen=True)
class MapQuestion:
    """What a map asks for: empty tuples mean no filter, None for a day or an instant means now."""

    unit: str | None = None
    vitality: tuple[str, ...] = ()
    listing_status: tuple[str, ...] = ()
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    # West, south, east, north in degrees; None is everywhere, also where nobody knows the place.
    box: tuple[float, float, float, float] | None = None

    @property
    def listings(self) -> tuple[str, ...]:
        """The listing statuses asked for, or those shown by default."""
        return self.listing_status or SHOWN_BY_DEFAULT

    def is_about_now(self, now: dt.datetime) -> bool:
        """Say whether the cached answers tell it: today in China, with everything known."""
        return self.known_at is None and self.as_of in (None, day_in_china(now))


class MapRow(NamedTuple):
    """One station: id, CGCS2000 lon and lat or None, its two states, and the path of its unit."""

    station_id: int
    lon: float | None
    lat: float | None
    vitality: str
    listing_status: str
    unit_path: str


def register_revision(session: Session) -> int:
    """Give the number that grows with every change of the register; one row, so that asking costs nothing."""
    return session.scalar(select(func.max(RegisterRevision.value))) or 0


def map_rows(session: Session, caller: Caller, question: MapQuestion, *, now: dt.datetime) -> Sequence[MapRow]:
    """Give the stations of the caller's scope that the question asks for, in the order of their ids.

    Refuses UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT for impossible dates. Today is read from the cached answers.
    """
    check_dates(question.as_of, question.known_at, now)
    path = unit_path(session, caller, question.unit)
    if question.is_about_now(now):
        return _rows_of_today(session, caller, path, question)
    bounds = [in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{path}%")]
    if question.box is not None:
        # A station that ever stood there; where it stood that day is looked at below.
        inside = in_box(session, StationVersion.point, StationVersion.lon, StationVersion.lat, question.box)
        bounds.append(Station.id.in_(_once_in(inside)))
    states = states_on(session, bounds, as_of=question.as_of or day_in_china(now), known_at=question.known_at,
                       foretell=False)  # fmt: skip
    wanted = (
        MapRow(state.station_id, state.lon, state.lat, state.vitality, state.listing_status, state.unit_path)
        for state in states
    )
    return [row for row in wanted if row.listing_status in question.listings
            and (not question.vitality or row.vitality in question.vitality)]  # fmt: skip


def _rows_of_today(session: Session, caller: Caller, path: str, question: MapQuestion) -> Sequence[MapRow]:
    statement = (
        select(Station.id, StationVersion.lon, StationVersion.lat, Station.vitality, Station.listing_status,
               Station.unit_path)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(*_bounds_of_today(session, caller, path, question))
    )  # fmt: skip
    if question.box is None:
        statement = statement.order_by(Station.id)
    return [MapRow(*row) for row in session.execute(statement)]


def _bounds_of_today(session: Session, caller: Caller, path: str, question: MapQuestion) -> list[ColumnElement[bool]]:
    # Almost every station has a listing asked for: with «|| ''» SQLite takes the path's index, eight times faster.
    bounds = [in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{path}%"),
              (Station.listing_status + "").in_(question.listings)]  # fmt: skip
    if question.vitality:
        bounds.append((Station.vitality + "").in_(question.vitality))
    if question.box is not None:
        inside = in_box(session, StationVersion.point, StationVersion.lon, StationVersion.lat, question.box)
        # First who ever stood there, by the index of places: twenty times faster than the join alone.
        bounds += [Station.id.in_(_once_in(inside)), inside]
    return bounds


def _once_in(inside: ColumnElement[bool]) -> Select[int]:
    return select(StationVersion.station_id).where(inside).correlate(None)


class MapHeap(NamedTuple):
    """Stations of one county (or township) in one state: how many, how many placed, their mean place and their box."""

    unit_path: str
    vitality: str
    n: int
    placed: int
    lon: float | None
    lat: float | None
    west: float | None
    south: float | None
    east: float | None
    north: float | None


def map_heaps(
    session: Session, caller: Caller, question: MapQuestion, level: UnitLevel, *, now: dt.datetime
) -> Sequence[MapHeap]:
    """Give the stations that a question about today asks for, counted by the database for the units of `level`.

    Paths are cut where the longest path of the level ends (a unit directly under a province has a shorter one), so
    that all stations of a heap lie in one unit of the level. The refusals are those of `map_rows`.
    """
    check_dates(question.as_of, question.known_at, now)
    path = unit_path(session, caller, question.unit)
    cut, lon, lat = func.substr(Station.unit_path, 1, _LONGEST_PATH[level]), StationVersion.lon, StationVersion.lat
    statement = (
        select(cut, Station.vitality, func.count(), func.count(lon), func.avg(lon), func.avg(lat),
               func.min(lon), func.min(lat), func.max(lon), func.max(lat))
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(*_bounds_of_today(session, caller, path, question))
        .group_by(cut, Station.vitality)
    )  # fmt: skip
    return [MapHeap(*row) for row in session.execute(statement)]


def unit_path(session: Session, caller: Caller, code: str | None) -> str:
    """Give the path of a unit inside the caller's scope, of the caller's own unit for None.

    Refuses UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    if code is None:
        return caller.unit_path
    unit = session.get(OrgUnit, code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit": [code]})
    require_inside(caller, unit.path)
    return unit.path


class UnitOnMap(NamedTuple):
    """A unit's code, its name today, and its own place if anybody knows it."""

    code: str
    name: str
    lon: float | None
    lat: float | None


def units_on_map(session: Session, path: str, level: UnitLevel) -> list[UnitOnMap]:
    """Give the units of a level at or below a path, and those of the level below that hang directly above it.

    A county directly under its province stands beside the prefectures; units above the path are never given.
    """
    levels = (UnitLevel.PREFECTURE, UnitLevel.COUNTY) if level is UnitLevel.PREFECTURE else (level,)
    found = session.execute(
        select(OrgUnit.code, OrgUnit.name, OrgUnit.lon, OrgUnit.lat)
        .where(OrgUnit.path.like(f"{path}%"), OrgUnit.level.in_(levels))
        .order_by(OrgUnit.code)
    )
    return [UnitOnMap(*row) for row in found]


def level_below(path: str) -> UnitLevel:
    """Give the level that is shown for the unit at the end of a path: the next one down, townships at the lowest."""
    length = len(path.strip("/").rsplit("/", 1)[-1])
    shown = {2: UnitLevel.PREFECTURE, 4: UnitLevel.COUNTY}
    return UnitLevel.PROVINCE if path == "/CN/" else shown.get(length, UnitLevel.TOWNSHIP)
