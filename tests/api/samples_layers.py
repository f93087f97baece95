"""For the access test: the layers of the maps of coverage."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import Sample

SAMPLES: dict[str, Sample] = {
    "map_layers.layer_of_a_theme": Sample(path={"theme": "a_theme"}, query="unit={unit}"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """The door speaks of units; a theme is needed in its address."""
    return {"a_theme": "gaps"}
