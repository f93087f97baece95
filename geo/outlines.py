"""Borders of areas, simplified for a map and written as GeoJSON geometry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.datum import from_cgcs2000

# Five decimals are a metre; more only make the file longer.
_GRID_DEGREES = 1e-5


def shapes_of(geometries: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """Return each GeoJSON geometry (CGCS2000 degrees) as WKB of a valid shape; one that cannot be read is left out."""
    texts = [json.dumps(geometry) for geometry in geometries.values()]
    shapes = shapely.make_valid(shapely.from_geojson(texts, on_invalid="ignore"))
    return {code: shapely.to_wkb(shape) for code, shape in zip(geometries, shapes, strict=True) if shape is not None}


def areas_of(shapes: Mapping[str, bytes]) -> dict[str, BaseGeometry]:
    """Return WKB shapes as areas that points can be looked up in (`geo.areas.locate`)."""
    return dict(zip(shapes, shapely.from_wkb(list(shapes.values())), strict=True))


def united(shapes: Mapping[str, bytes], signs: int, grid_degrees: float) -> dict[str, bytes]:
    """Return one WKB shape for all whose codes begin with the same `signs` signs, corners laid on a grid of degrees.

    On the grid, borders that two neighbours draw a little differently fall together; what holes remain between them
    are filled up to an area of a hundred squares of the grid.
    """
    groups: dict[str, list[bytes]] = {}
    for code, shape in shapes.items():
        groups.setdefault(code[:signs], []).append(shape)
    whole = {code: shapely.union_all(shapely.from_wkb(some), grid_size=grid_degrees) for code, some in groups.items()}
    return {code: shapely.to_wkb(_filled(shape, 100.0 * grid_degrees**2)) for code, shape in whole.items()}


def _filled(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    """Return the shape without holes smaller than `least` square degrees."""
    parts = []
    for part in shapely.get_parts(shape):
        holes = [hole for hole in part.interiors if shapely.area(shapely.Polygon(hole)) >= least]
        parts.append(shapely.Polygon(part.exterior, holes))
    return shapely.union_all(parts)


def simplified(shapes: Mapping[str, bytes], tolerance_degrees: float, datum: str = "cgcs2000") -> dict[str, str]:
    """Return each WKB shape as GeoJSON text in `datum`, no corner moved by more than the tolerance, no area lost."""
    codes = list(shapes)
    drawn = shapely.simplify(shapely.from_wkb([shapes[code] for code in codes]), tolerance_degrees)
    rounded = shapely.set_precision(drawn, _GRID_DEGREES)

    def shift(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        shifted: NDArray[np.float64] = np.column_stack(from_cgcs2000(corners[:, 0], corners[:, 1], datum))
        return shifted.round(5)

    return dict(zip(codes, shapely.to_geojson(shapely.transform(rounded, shift)), strict=True))
