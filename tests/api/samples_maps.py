"""For the access test: the map's pages and what they download."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import HIDDEN, Sample

SAMPLES: dict[str, Sample] = {
    "map_pages.station_map": Sample(foreign=HIDDEN),
    "map_pages.theme_map": Sample(path={"theme": "theme"}, foreign=HIDDEN),
    "map_pages.compare_days": Sample(foreign=HIDDEN),
    "maps.tile_as_columns": Sample(path={"z": "tile_z", "x": "tile_x", "y": "tile_y"}, query="unit={unit}"),
    "map_days.days_with_changes": Sample(query="unit={unit}"),
    "map_days.differences_between_days": Sample(query="unit={unit}&a=2026-01-01&b=2026-11-20"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Give the names that these doors are asked by."""
    return {"theme": "vitality", "tile_z": 8, "tile_x": 207, "tile_y": 109}
