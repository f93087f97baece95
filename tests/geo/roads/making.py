"""Small road files for the tests: a chain of junctions east along a parallel, a kilometre of sphere between them."""

import numpy as np

from geo.distance import EARTH_RADIUS_M
from geo.roads.edges import EdgeTable

KM = np.rad2deg(1000.0 / EARTH_RADIUS_M)


def table(rows, **changed):
    """Rows are (from, to, length_m, class, minutes, from_lon, from_lat, to_lon, to_lat); None is empty."""
    columns = list(zip(*rows, strict=True)) if rows else [[] for _ in range(9)]
    numbers = [np.array([np.nan if v is None else v for v in columns[k]], dtype=float) for k in (2, 4, 5, 6, 7, 8)]
    made = dict(zip(("length_m", "minutes", "from_lon", "from_lat", "to_lon", "to_lat"), numbers, strict=True))
    return EdgeTable(start=columns[0], end=columns[1], road_class=columns[3], **{**made, **changed})


def chain(count, *, length_m=1000.0, road_class="县道", minutes=None):
    """Junctions «0», «1», … a kilometre apart on the equator from 110 E."""
    return [
        (str(k), str(k + 1), length_m, road_class, minutes, 110 + k * KM, 0.0, 110 + (k + 1) * KM, 0.0)
        for k in range(count)
    ]
