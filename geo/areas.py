"""Which area contains each point: a tree over the points, asked once with every prepared polygon.

Turning the usual join round (tree over points, polygons as questions) was measured more than twice as fast for a
nation's villages against its counties.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry


def locate(areas: Mapping[str, BaseGeometry], lon: ArrayLike, lat: ArrayLike) -> NDArray[np.object_]:
    """Return the code of the area of each point, or None.

    Points and areas share one datum, CGCS2000. A point on a border belongs to the area with the smallest code among
    those that touch it, so that it always has one home and the order of the mapping does not matter. Points that are
    not finite and areas with an empty code belong to nothing; an invalid polygon is made valid first.
    """
    x, y = np.broadcast_arrays(np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.asarray(lat, dtype=np.float64))
    found: NDArray[np.object_] = np.full(x.shape, None, dtype=object)
    sound = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    codes = sorted(code for code in areas if code)
    if not codes or not len(sound):
        return found
    shapes = shapely.make_valid(np.array([areas[code] for code in codes], dtype=object))
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapely.points(x[sound], y[sound]))
    # «intersects» is «contains» plus the border; the largest codes are written first, so the smallest stays.
    which, where = tree.query(shapes, predicate="intersects")
    order = np.argsort(-which, kind="stable")
    found[sound[where[order]]] = np.array(codes, dtype=object)[which[order]]
    return found
