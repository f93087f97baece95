"""Fetch what the datum guard compares: stations with their pairs and imports, their villages' own points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import CoordQuality, ListingStatus
from geo.datum_guard import Points, Texts
from geo.distance import Floats
from stations.batches import in_batches
from stations.people.access import Caller, in_scope
from stations.records.days import CHINA
from stations.records.tables import Station, StationVersion
from stations.register.entry.codes import county_of
from stations.register.placing import PlaceHeld
from stations.units.tables import OrgUnit

# A village at its township's seat witnesses nothing; nor does a station that was put on its village or township.
OWN_PLACE = (CoordQuality.GPS, CoordQuality.GEOCODED, CoordQuality.VILLAGE)


# lon, lat (CGCS2000 degrees), village, county, datum it was said to be in, batch.
Row = tuple[float | None, float | None, str, str, str, str]
# lon, lat, county code of a village.
Place = tuple[float, float, str]


@dataclass(frozen=True)
class Standing:
    """A station as the guard sees it; `batch` names the import or the way its pair came in."""

    id: int
    code: str
    name: str
    village_code: str
    county: str
    held: PlaceHeld
    batch: str


@dataclass(frozen=True)
class Gathered:
    """The stations of a unit, row by row with `points`, and every known village of their counties."""

    stations: list[Standing]
    points: Points
    raw_lon: Floats
    raw_lat: Floats
    known_lon: Floats
    known_lat: Floats
    known_county: Texts
    county_names: Mapping[str, str]


def gather(session: Session, caller: Caller, unit_path: str) -> Gathered:
    """Fetch the stations below a path that have a pair, as of their newest versions, by code; not rejected ones."""
    return gathered_of(session, standing_of(session, caller, unit_path), village_places(session, unit_path))


def gathered_of(session: Session, standing: list[Standing], places: Mapping[str, Place]) -> Gathered:
    """Put stations beside the places of their villages, column by column."""
    counties = {one.county for one in standing}
    known = [place for place in places.values() if place[2] in counties]
    raw = [_raw(one.held) for one in standing]
    return Gathered(
        standing, points_of([_row(one) for one in standing], places),
        degrees(pair[0] for pair in raw), degrees(pair[1] for pair in raw),
        degrees(place[0] for place in known), degrees(place[1] for place in known),
        texts(place[2] for place in known), names_of(session, counties),
    )  # fmt: skip


def _raw(held: PlaceHeld) -> tuple[float | None, float | None]:
    # Rows of before the pair as given was kept have only the converted one.
    return (held.lon, held.lat) if held.lon_raw is None else (held.lon_raw, held.lat_raw)


def _row(one: Standing) -> Row:
    # Put on its township's seat it says nothing of datums.
    own = one.held.coord_quality in OWN_PLACE
    lon, lat = (one.held.lon, one.held.lat) if own else (None, None)
    return (lon, lat, one.village_code, one.county, one.held.coord_system or "cgcs2000", one.batch)


def names_of(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Give the names of units by code."""
    found: dict[str, str] = {}
    for some in in_batches(sorted(codes)):
        rows = session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(some)))
        found |= {row.code: row.name for row in rows}
    return found


def points_of(rows: Sequence[Row], places: Mapping[str, Place]) -> Points:
    """Make the guard's columns of (lon, lat, village, county, datum, batch); a village without a place gives NaN."""
    nowhere = (np.nan, np.nan, "")
    villages = [places.get(row[2], nowhere) for row in rows]
    return Points(
        degrees(row[0] for row in rows), degrees(row[1] for row in rows),
        degrees(one[0] for one in villages), degrees(one[1] for one in villages),
        texts(row[3] for row in rows), texts(row[4] for row in rows), texts(row[5] for row in rows),
    )  # fmt: skip


def village_places(session: Session, unit_path: str) -> dict[str, Place]:
    """Give (lon, lat, county code) of the villages below a path that have a place of their own, by code.

    Places of villages are public facts of the village list; the path is one that the caller was let into.
    """
    rows = session.execute(
        select(OrgUnit.code, OrgUnit.lon, OrgUnit.lat, OrgUnit.path).where(
            OrgUnit.level == "village", OrgUnit.path.like(f"{unit_path}%"), OrgUnit.lon.is_not(None),
            OrgUnit.lat.is_not(None), OrgUnit.coord_quality.in_(OWN_PLACE),
        )
    )  # fmt: skip
    return {row.code: (float(row.lon or 0), float(row.lat or 0), county_of(row.path)) for row in rows}


def texts(words: Iterable[str]) -> Texts:
    """Make a column of words."""
    told = list(words)
    column: Texts = np.empty(len(told), dtype=object)
    column[:] = told
    return column


def degrees(values: Iterable[float | None]) -> Floats:
    """Make a column of degrees, NaN for None."""
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)


def standing_of(session: Session, caller: Caller, unit_path: str) -> list[Standing]:
    """Fetch the stations below a path that have a place, by code, rejected ones left out."""
    v = StationVersion
    mine = (in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit_path}%"),
            Station.listing_status != ListingStatus.REJECTED)  # fmt: skip
    came = _came_by(session, mine)
    rows = session.execute(
        select(Station.id, Station.code, v.name, v.village_code, Station.unit_path, v.lon, v.lat, v.lon_raw, v.lat_raw,
               v.coord_system, v.coord_quality)
        .join(v, v.id == Station.version_id).where(*mine).order_by(Station.code)
    )  # fmt: skip
    found = []
    for id_, code, name, village, path, *held in rows:
        place = PlaceHeld(*held)
        if place.lon is None or place.lat is None:
            continue
        batch = came.get((id_, place.lon_raw, place.lat_raw, place.coord_system), "")
        found.append(Standing(id_, code, name, village, county_of(path), place, batch))
    return found


def _came_by(session: Session, mine: tuple[Any, ...]) -> dict[tuple[Any, ...], str]:
    """Give for each pair that a station ever had how it first came: an import by its instant, else the way alone."""
    v = StationVersion
    rows = session.execute(
        select(v.station_id, v.lon_raw, v.lat_raw, v.coord_system, v.source, v.recorded_at)
        .join(Station, Station.id == v.station_id).where(*mine).order_by(v.recorded_at, v.id)
    )  # fmt: skip
    first: dict[tuple[Any, ...], str] = {}
    for station_id, lon, lat, datum, source, at in rows:
        way = f"ledger {at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if source == "ledger" else source
        first.setdefault((station_id, lon, lat, datum), way)
    return first
