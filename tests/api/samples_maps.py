"""For the access test: the map's pages and what they download."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import HIDDEN, Sample

SAMPLES: dict[str, Sample] = {
    "map_pages.station_map": Sample(foreign=HIDDEN),
    "map_pages.theme_map": Sample(path={"theme": "theme"}, foreign=HIDDEN),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Give the names that these doors are asked by."""
    return {"theme": "vitality"}
