"""The ground of a picture from the same outlines as the page: counties as areas, the nation's dashes as strokes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from web_map.outlines import DASHES, edition, outlines
from web_map.pictures.scene import Area, Floats, Strokes

# Five classes of a share, pale for little; told apart also in grey.
SHADES = ("#e8f3ef", "#bddfd4", "#86c3b0", "#449c83", "#0b5d4b")
NOTHING = "#ffffff"
BORDER_LINE = "#a3290f"


def areas_of(source: Path | None, codes: Collection[str], shades: Mapping[str, str] | None = None) -> list[Area]:
    """Give the counties with these six-digit codes as areas, each with its shade; none without a file of outlines."""
    told = shades or {}
    features = json.loads(outlines(source, codes))["features"]
    return [
        Area(code, rings_of(feature["geometry"]), told.get(code))
        for feature in features
        for code in [feature["properties"]["code"]]
    ]


def borders_of(source: Path | None) -> list[Strokes]:
    """Give the dashes (境界线) that a map of the whole nation shows; none where the file has none."""
    lines = _borders(source, edition(source)) if source else ()
    return [Strokes(BORDER_LINE, lines, 1.6)] if lines else []


def shade_of(share: float | None) -> str:
    """Give the shade of a share, 0 <= share <= 1: five classes of a fifth each, the upper bound in the highest."""
    return NOTHING if share is None else SHADES[min(int(share * len(SHADES)), len(SHADES) - 1)]


@lru_cache(maxsize=2)
def _borders(source: Path, _edition: str) -> Sequence[Floats]:
    read = json.loads(source.read_text(encoding="utf-8"))
    dashes = [one for one in read["features"] if (one.get("properties") or {}).get("name") == DASHES]
    return tuple(line for one in dashes for line in rings_of(one["geometry"]))


def rings_of(geometry: Mapping[str, Any]) -> list[Floats]:
    """Give every ring or line of a geometry; points have none."""
    parts = geometry.get("coordinates", ())
    match geometry["type"]:
        case "LineString":
            rings = [parts]
        case "Polygon" | "MultiLineString":
            rings = parts
        case "MultiPolygon":
            rings = [ring for polygon in parts for ring in polygon]
        case "GeometryCollection":
            return [ring for one in geometry["geometries"] for ring in rings_of(one)]
        case _:
            rings = []
    return [np.asarray(ring, dtype=np.float64)[:, :2] for ring in rings]
