"""The ground of the siting benchmarks: 2,000 villages that lie together, their people, and the province around."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from benchmarks.geo._seed import province
from geo.coverage.situation import Floats
from geo.measure import GreatCircle
from geo.siting.covers import Cover, cover_of

# Villages lie here as densely as where the bounds were measured first: 12.6 and 42.6 within 5 and 10 km of each.
CENTRE = 113.0, 26.0
# Sites to choose and how far they reach, metres.
INSTANCES = ((20, 5_000), (20, 10_000), (100, 5_000))


@lru_cache(maxsize=1)
def ground() -> tuple[Floats, Floats, Floats]:
    """Return lon, lat and people of 2,000 neighbouring villages of the province."""
    lon, lat, people = whole_ground()
    away = np.hypot((lon - CENTRE[0]) * np.cos(np.deg2rad(CENTRE[1])), lat - CENTRE[1])
    near = np.argsort(away)[:2_000]
    return lon[near], lat[near], people[near]


@lru_cache(maxsize=1)
def whole_ground() -> tuple[Floats, Floats, Floats]:
    """Return lon, lat and people of every placed village of the province; people are drawn log-normally."""
    villages = province().villages
    placed = np.isfinite(villages.lon)
    people = np.random.default_rng(5).lognormal(7.0, 0.6, len(placed))
    return villages.lon[placed], villages.lat[placed], people[placed]


def cover(lon: Floats, lat: Floats, radius_m: float) -> Cover:
    """Return which village a station in each village would reach."""
    return cover_of(GreatCircle(), lon, lat, lon, lat, radius_m)
