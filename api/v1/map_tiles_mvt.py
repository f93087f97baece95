"""Vector tiles for GIS programs, drawn by PostGIS."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, session
from api.compact import answer_compactly
from api.map_asking import answer_names
from field_app_schema.tiles import VectorTileQuerySchema
from stations.register.features.tiles import station_tile

blp = Blueprint("map_tiles_mvt", __name__, description="矢量瓦片 / vector tiles")
MVT = "application/vnd.mapbox-vector-tile"


@blp.route("/maps/tiles/<int:z>/<int:x>/<int:y>.mvt")
@may("map.read")
@blp.arguments(VectorTileQuerySchema, location="query")
@blp.response(200, {"type": "string", "format": "binary"}, content_type=MVT)
def tile_of_stations(asked: dict[str, Any], z: int, x: int, y: int) -> Response:
    """The stations of a tile as a Mapbox Vector Tile, PostGIS only; ETag. 站点矢量瓦片。"""
    unit = asked.get("unit")
    return answer_compactly(
        answer_names("mvt", unit, z, x, y), lambda: station_tile(session(), caller(), unit, z, x, y), kind=MVT
    )
