"""Lines of a road file: where each begins and ends, and how long it is along its own bends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.distance import haversine_m
from geo.roads.edges import Floats

_LINE, _LINES = 1, 5


@dataclass(frozen=True)
class Lines:
    """Ends in degrees and length in metres of each line; NaN throughout, and `is_wrong`, for what is not one line."""

    from_lon: Floats
    from_lat: Floats
    to_lon: Floats
    to_lat: Floats
    length_m: Floats
    is_wrong: NDArray[np.bool_]


def lines_of(shapes: Sequence[bytes | str | None]) -> Lines:
    """Read lines from WKB, or from GeoJSON geometry as text; a multi-line of one part is that part.

    The length is the sum of great circles between the points as they stand, degrees of CGCS2000 (or of any datum: a
    shift of half a kilometre changes no length by more than 0.02 %).
    """
    is_text = any(isinstance(one, str) for one in shapes)
    read = shapely.from_geojson if is_text else shapely.from_wkb
    geometries = read(np.array(shapes, dtype=object), on_invalid="ignore")
    kinds = shapely.get_type_id(geometries)
    single = kinds == _LINES
    single[single] = shapely.get_num_geometries(geometries[single]) == 1
    geometries[single] = shapely.get_geometry(geometries[single], 0)
    good = ((kinds == _LINE) | single) & (shapely.get_num_points(geometries) >= 2)
    columns = np.full((5, len(geometries)), np.nan)
    rows = np.flatnonzero(good)
    if len(rows):
        columns[:, rows] = _ends_and_length(geometries[rows])
    from_lon, from_lat, to_lon, to_lat, length = columns
    return Lines(from_lon, from_lat, to_lon, to_lat, length, ~good | ~np.isfinite(columns).all(axis=0))


def _ends_and_length(lines: NDArray[np.object_]) -> Floats:
    places, which = shapely.get_coordinates(lines, return_index=True)
    lon, lat = places[:, 0], places[:, 1]
    same = which[1:] == which[:-1]
    steps = haversine_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    length = np.bincount(which[1:][same], weights=steps[same], minlength=len(lines))
    first = np.searchsorted(which, np.arange(len(lines)))
    last = np.append(first[1:], len(which)) - 1
    found: Floats = np.stack((lon[first], lat[first], lon[last], lat[last], length))
    return found
