"""Vector tiles of the stations, drawn by PostGIS itself; SQLite has none and says so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db import has_postgis, in_box
from field_app_schema.refusals import Refusal
from geo.tiles import tile_box
from stations.people.access import Caller
from stations.records.tables import Station, StationVersion
from stations.register.features.asking import inside, is_one_of, path_asked
from stations.register.lookup.map_rows import SHOWN_BY_DEFAULT

LAYER, EXTENT = "stations", 4096
GREATEST_ZOOM = 22
# From here on every station is told; further out those of one state within one cell are told as one, with their number.
SINGLE_FROM_ZOOM, CELL = 10, 128
_BUFFER = 64


def station_tile(session: Session, caller: Caller, unit: str | None, z: int, x: int, y: int) -> bytes:
    """Give one tile (z/x/y of the Web-Mercator world) as a Mapbox Vector Tile 2 with the layer «stations».

    Each point tells `vitality`, `listing_status` and `n`, from zoom 10 on also `code`, `name`, `kind` and
    `vitality_confidence`; CGCS2000, as today. An empty tile is no byte. Refuses with POSTGIS_ONLY, NOT_FOUND for a tile
    that does not exist, UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    # What a caller may not ask is refused first, whatever the database can do.
    path = path_asked(session, caller, unit)
    if not has_postgis(session):
        raise Refusal("POSTGIS_ONLY")
    if z > GREATEST_ZOOM or max(x, y) >= 2**z:
        raise Refusal("NOT_FOUND")
    s, v = Station, StationVersion
    conditions = [*inside(caller, path, s.unit_path, s.id),
                  is_one_of(s.listing_status, SHOWN_BY_DEFAULT),
                  in_box(session, v.point, v.lon, v.lat, _with_rim(tile_box(z, x, y)))]  # fmt: skip
    place = func.ST_AsMVTGeom(func.ST_Transform(v.point, 3857), func.ST_TileEnvelope(z, x, y), EXTENT, _BUFFER)
    drawn = (_singly if z >= SINGLE_FROM_ZOOM else _in_cells)(place, conditions).subquery("tile")
    tile = session.scalar(
        select(func.ST_AsMVT(drawn.table_valued(), LAYER, EXTENT, "geom")).where(drawn.c.geom.is_not(None))
    )
    return bytes(tile or b"")


def _singly(place: Any, conditions: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    s, v = Station, StationVersion
    return (
        select(place.label("geom"), s.vitality, s.listing_status, s.code, v.name, s.kind, s.vitality_confidence,
               func.count().over(partition_by=s.id).label("n"))
        .join(v, v.id == s.version_id).where(*conditions)
    )  # fmt: skip


def _in_cells(place: Any, conditions: list[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    cell = func.ST_SnapToGrid(place, CELL)
    return (
        select(cell.label("geom"), Station.vitality, Station.listing_status, func.count().label("n"))
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(*conditions).group_by(cell, Station.vitality, Station.listing_status)
    )  # fmt: skip


def _with_rim(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Widen a tile by the rim within which a neighbour's symbols still show."""
    west, south, east, north = box
    wide, high = (east - west) * _BUFFER / EXTENT, (north - south) * _BUFFER / EXTENT
    return west - wide, south - high, east + wide, north + high
