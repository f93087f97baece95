"""A situation from a few words: stations, nodes and villages are placed by metres east and north of one point."""

import numpy as np

from geo.coverage.situation import ALIVE, Arrows, Links, Nodes, Situation, Stations, Traces, Villages
from geo.distance import EARTH_RADIUS_M

LON, LAT = 112.0, 28.0
NORTH_M = np.rad2deg(1 / EARTH_RADIUS_M)
EAST_M = NORTH_M / np.cos(np.deg2rad(LAT))
NONE = np.empty(0, dtype=np.int64)


def places(points):
    """Degrees of (east, north) metres; None is a place nobody knows."""
    lon = np.array([np.nan if p is None else LON + p[0] * EAST_M for p in points], dtype=float)
    lat = np.array([np.nan if p is None else LAT + p[1] * NORTH_M for p in points], dtype=float)
    return lon, lat


def arrows(pairs):
    return Arrows(*(np.array([p[k] for p in pairs], dtype=np.int64) for k in (0, 1)))


def situation(villages=(), stations=(), nodes=(), routes=(), served=(), traces=None, as_of_day=1000):
    """Villages are (place, township); stations (place, village, level, operator); nodes the same with a township."""
    v, s, n = list(villages), list(stations), list(nodes)

    def ints(values):
        return np.array(list(values), dtype=np.int64)

    def zeros(rows, kind=float):
        return np.zeros(len(rows), dtype=kind)

    v_lon, v_lat = places([p for p, _ in v])
    s_lon, s_lat = places([p for p, *_ in s])
    n_lon, n_lat = places([p for p, *_ in n])
    return Situation(
        Villages(
            tuple(f"v{k}" for k in range(len(v))), tuple(t for _, t in v), tuple("c" for _ in v), v_lon, v_lat,
            zeros(v, int), zeros(v, bool), zeros(v, bool), zeros(v),
        ),
        Stations(
            tuple(f"s{k}" for k in range(len(s))), s_lon, s_lat, ints(row[1] for row in s), np.ones(len(s), bool),
            np.full(len(s), ALIVE), np.full(len(s), 4), zeros(s, int), zeros(s), tuple(row[3] for row in s),
            ints(row[2] for row in s),
        ),
        Links(NONE, NONE, NONE, NONE),
        Nodes(
            tuple(f"n{k}" for k in range(len(n))), ints(row[2] for row in n), n_lon, n_lat, ints(row[1] for row in n),
            tuple(row[4] for row in n), tuple(row[3] for row in n), np.full(len(n), np.nan),
        ),
        arrows(routes), arrows(served), traces or Traces(NONE, NONE, *(np.empty(0) for _ in range(3))), (), as_of_day,
    )  # fmt: skip
