"""What a road file holds, row by row, and what becomes of it: numbered junctions and the stretches between them.

Every stretch is open both ways. Degrees are CGCS2000 in lon, lat order; lengths are metres along the road.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# km/h that a delivery van keeps where a file says no minutes, by the words of the road law (国道 … 村道), the technical
# classes of JTG B01-2014 below their design speeds, and the classes of OpenStreetMap. A proposal: callers may pass
# their own.
CLASS_SPEEDS_KM_H: dict[str, float] = {
    "高速": 90, "高速公路": 90, "国道": 60, "省道": 50, "县道": 40, "乡道": 30, "村道": 20,
    "一级": 60, "二级": 50, "三级": 35, "四级": 25, "等外": 15,
    "motorway": 90, "trunk": 60, "primary": 60, "secondary": 50, "tertiary": 40, "unclassified": 30,
    "residential": 20, "service": 20, "living_street": 15, "track": 15, "path": 5, "footway": 5,
}  # fmt: skip
# A class that nobody knows: between 乡道 and 村道, and counted by the check.
UNKNOWN_CLASS_KM_H = 25.0


@dataclass(frozen=True)
class EdgeTable:
    """The rows of a road file as they came; nan where a number is empty, an empty word where a class is.

    The four columns of places may be nan throughout when a `NodeTable` says where the junctions are.
    """

    start: Sequence[str]
    end: Sequence[str]
    length_m: Floats
    road_class: Sequence[str]
    minutes: Floats
    from_lon: Floats
    from_lat: Floats
    to_lon: Floats
    to_lat: Floats

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class NodeTable:
    """Where junctions are, for files that keep them in a table of their own."""

    node: Sequence[str]
    lon: Floats
    lat: Floats


@dataclass(frozen=True)
class Roads:
    """A usable network: `start` and `end` are rows of the junctions; every length and every minute is there.

    `is_derived` marks minutes computed from length and class because the file gave none.
    """

    lon: Floats
    lat: Floats
    start: Ints
    end: Ints
    length_m: Floats
    minutes: Floats
    is_derived: NDArray[np.bool_]


def minutes_of(
    length_m: Floats, road_class: Sequence[str], speeds_km_h: dict[str, float] | None = None
) -> tuple[Floats, int]:
    """Return minutes = metres / (1000/60 x km/h of the class), and how many rows had a class nobody knows.

    Classes are compared without surrounding blanks and without regard to case.
    """
    speeds = CLASS_SPEEDS_KM_H if speeds_km_h is None else speeds_km_h
    words, which = np.unique(np.asarray([word.strip().lower() for word in road_class], dtype=str), return_inverse=True)
    known = np.asarray([speeds.get(str(word), np.nan) for word in words], dtype=np.float64)
    km_h = known[which] if len(words) else np.empty(0)
    unknown = np.isnan(km_h)
    minutes: Floats = length_m * 0.06 / np.where(unknown, UNKNOWN_CLASS_KM_H, km_h)
    return minutes, int(unknown.sum())
