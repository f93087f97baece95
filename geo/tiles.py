"""The squares of the Web-Mercator world that map tiles are: of zoom z there are 2**z by 2**z, counted from north-west.

Source of the scheme: the usual «slippy map» numbering; every point belongs to exactly one tile of a zoom, for a tile
holds its west and north edge and not its east and south edge.
"""

from __future__ import annotations

from math import atan, degrees, pi, sinh

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


def tile_box(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a tile in degrees; ValueError when the zoom has no such tile."""
    side = 2**z
    if not (0 <= x < side and 0 <= y < side):
        raise ValueError(f"no tile {x}/{y} at zoom {z}")
    west, east = (360.0 * column / side - 180.0 for column in (x, x + 1))
    north, south = (degrees(atan(sinh(pi * (1.0 - 2.0 * row / side)))) for row in (y, y + 1))
    return west, south, east, north


def tiles_of(lon: ArrayLike, lat: ArrayLike, z: int) -> tuple[Ints, Ints]:
    """Return the column and the row of the tile that each point (degrees, |lat| <= 85) lies in."""
    side = 2**z
    sine = np.sin(np.deg2rad(np.asarray(lat, dtype=np.float64)))
    x = np.floor((np.asarray(lon, dtype=np.float64) / 360.0 + 0.5) * side)
    y = np.floor((0.5 - np.log((1.0 + sine) / (1.0 - sine)) / (4.0 * np.pi)) * side)
    return x.astype(np.int64), y.astype(np.int64)
