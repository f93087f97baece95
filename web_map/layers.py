"""The layers of coverage as the columns that a map downloads: points by class, lines, and rings for the units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from geo.columns import differences, in_whole_units, order_along_bands
from geo.datum import from_cgcs2000

# One character a point: more classes than these would need another column.
DIGITS = "0123456789"


class Points(Protocol):
    """Points of one kind, rows beside each other; degrees are CGCS2000, nan without a place."""

    @property
    def what(self) -> str: ...
    @property
    def klass(self) -> NDArray[np.int64]: ...
    @property
    def lon(self) -> NDArray[np.float64]: ...
    @property
    def lat(self) -> NDArray[np.float64]: ...
    @property
    def key(self) -> tuple[str, ...]: ...


class Ring(Protocol):
    """A unit with its counts by class and the share of the good ones."""

    @property
    def code(self) -> str: ...
    @property
    def counts(self) -> dict[str, int]: ...
    @property
    def good(self) -> int: ...
    @property
    def judged(self) -> int: ...
    @property
    def share(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def lat(self) -> float | None: ...


def pack_points(points: Points, datum: str) -> dict[str, Any]:
    """Give the placed points as steps of 1e-5 degree of `datum`, one digit of class each, and their keys."""
    placed = np.flatnonzero(np.isfinite(points.lon) & np.isfinite(points.lat))
    lon, lat = from_cgcs2000(points.lon[placed], points.lat[placed], datum)
    order = order_along_bands(lon, lat)
    rows = placed[order]
    return {
        "what": points.what,
        "x": differences(in_whole_units(lon[order])).tolist(),
        "y": differences(in_whole_units(lat[order])).tolist(),
        "s": "".join(DIGITS[number] for number in points.klass[rows].tolist()),
        "key": [points.key[row] for row in rows.tolist()],
    }


def pack_lines(lines: Sequence[tuple[float, float, float, float]], datum: str) -> list[list[float]]:
    """Give each line as lon, lat, lon, lat in `datum`, to five decimals."""
    if not lines:
        return []
    ends = np.asarray(lines, dtype=np.float64)
    start, end = (from_cgcs2000(ends[:, at], ends[:, at + 1], datum) for at in (0, 2))
    drawn: list[list[float]] = np.column_stack((*start, *end)).round(5).tolist()
    return drawn


def pack_rings(rings: Iterable[Ring], names: Mapping[str, str], datum: str) -> list[dict[str, Any]]:
    """Give the units with a name, a point in `datum` or none, their counts and their share."""
    return [_ring(ring, names.get(ring.code, ring.code), datum) for ring in rings]


def _ring(ring: Ring, name: str, datum: str) -> dict[str, Any]:
    lon, lat = ring.lon, ring.lat
    if lon is not None and lat is not None:
        x, y = from_cgcs2000(lon, lat, datum)
        lon, lat = round(float(x), 5), round(float(y), 5)
    return {"code": ring.code, "name": name, "lon": lon, "lat": lat, "n": sum(ring.counts.values()),
            "counts": ring.counts, "good": ring.good, "judged": ring.judged,
            "share": None if ring.share is None else round(ring.share, 4)}  # fmt: skip
