"""Lay degrees flat: Albers' equal-area cone on the sphere, with two parallels that suit what is shown.

Snyder (1987), Map Projections: A Working Manual, pp. 98-103. An area keeps its size, so that a share of the ground is a
share of the paper; the scale along the middle parallel is true to a percent for a province, to some percent for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from web_map.pictures.scene import Floats

EARTH_RADIUS_M = 6371008.8
# Of the span between the southern and the northern edge: where the two true parallels lie.
_SIXTH = 1 / 6
_LEAST_SPAN_DEGREES = 0.01


@dataclass(frozen=True)
class Frame:
    """A rectangle on the paper, in px."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Projection:
    """From CGCS2000 degrees to px of a frame: y grows downwards; `metres_per_px` holds in the middle."""

    middle: float
    n: float
    c: float
    metres_per_px: float
    x_shift: float
    y_shift: float

    def __call__(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Give x and y in px; arrays keep their shape, nan stays nan."""
        x, y = self._flat(lon, lat)
        return self.x_shift + x / self.metres_per_px, self.y_shift - y / self.metres_per_px

    def _flat(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        rho = EARTH_RADIUS_M * np.sqrt(self.c - 2 * self.n * np.sin(np.radians(lat))) / self.n
        theta = self.n * np.radians(lon - self.middle)
        return rho * np.sin(theta), -rho * np.cos(theta)


def fitted(points: Sequence[tuple[Floats, Floats]], frame: Frame) -> Projection | None:
    """Give the projection that shows all points (lon, lat in degrees) as large as the frame allows; None for none."""
    lon = np.concatenate([one[0] for one in points]) if points else np.empty(0)
    lat = np.concatenate([one[1] for one in points]) if points else np.empty(0)
    known = np.isfinite(lon) & np.isfinite(lat)
    if not known.any():
        return None
    lon, lat = lon[known], lat[known]
    south, north = float(lat.min()), float(lat.max())
    lower, upper = np.radians([south + (north - south) * _SIXTH, north - (north - south) * _SIXTH])
    n = float(np.sin(lower) + np.sin(upper)) / 2 or 1e-9
    c = float(np.cos(lower) ** 2 + 2 * n * np.sin(lower))
    free = Projection(float(lon.min() + lon.max()) / 2, n, c, 1.0, 0.0, 0.0)
    x, y = free(lon, lat)
    # A single point needs some ground around it.
    least = EARTH_RADIUS_M * np.radians(_LEAST_SPAN_DEGREES)
    wide, high = max(float(np.ptp(x)), least), max(float(np.ptp(y)), least)
    metres = max(wide / frame.width, high / frame.height)
    return Projection(
        free.middle, n, c, metres,
        frame.left + frame.width / 2 - float(x.min() + x.max()) / 2 / metres,
        frame.top + frame.height / 2 - float(y.min() + y.max()) / 2 / metres,
    )  # fmt: skip


def round_length(metres: float) -> float:
    """Give the largest of 1, 2, 5, 10, 20 … metres that is not more than `metres`."""
    tens = 10.0 ** np.floor(np.log10(metres))
    return float(max(step * tens for step in (1, 2, 5) if step * tens <= metres))
