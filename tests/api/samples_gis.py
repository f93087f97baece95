"""For the access test: the doors for GIS programs, vector tiles and static pictures."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import OPEN, Sample

ONE = {"collection": "gis_collection", "feature": "station"}

SAMPLES: dict[str, Sample] = {
    "ogc.landing_page": Sample(foreign=OPEN),
    "ogc.conformance": Sample(foreign=OPEN),
    "ogc.description": Sample(foreign=OPEN),
    # What collections there are is no secret; the boxes around them are the caller's own.
    "ogc.collections": Sample(foreign=OPEN),
    "ogc.one_collection": Sample(path=ONE, foreign=OPEN),
    "ogc.queryables": Sample(path=ONE, foreign=OPEN),
    "ogc.items": Sample(query="unit={unit}", path=ONE),
    "ogc.one_feature": Sample(path=ONE),
    "map_pictures.picture": Sample(query="unit={unit}", path={"form": "gis_form"}),
    "map_tiles_mvt.tile_of_stations": Sample(
        query="unit={unit}", path={"z": "gis_zoom", "x": "gis_tile", "y": "gis_tile"}, also=(501,)
    ),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Name the collection, the form and the tile that are asked."""
    return {"gis_collection": "stations", "gis_form": "svg", "gis_zoom": 0, "gis_tile": 0}
