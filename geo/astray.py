"""Single pairs that cannot be right: swapped axes, 0/0, outside China, in another county than their village."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.areas import Areas, locate
from geo.china import LAT_MAX, LAT_MIN, LON_MAX, LON_MIN
from geo.distance import Neighbours, haversine_m

SWAPPED, ZERO, OUTSIDE, WRONG_COUNTY = "swapped", "zero", "outside", "wrong_county"
# Beside a border a shifted datum or a rough point crosses it; so near to the own village it is no other county's.
NEAR_OWN_M = 3_000.0
# Outlines are drawn roughly: so near to the own one (degrees, about a kilometre) a point may be inside in truth.
NEAR_OUTLINE_DEGREES = 0.01
# So far from every village of its county a station is not in it, whatever the outlines.
FAR_FROM_OWN_M = 20_000.0

Texts = NDArray[np.object_]


def pair_faults(lon: ArrayLike, lat: ArrayLike) -> Texts:
    """Return for each pair as it came `zero`, `swapped`, `outside` or None; a pair with NaN has no fault, it is absent.

    The words of `geo.china.check_pair`, for arrays: the box's edges belong to it, `swapped` is outside with its mirror
    image inside.
    """
    x, y = np.atleast_1d(np.asarray(lon, np.float64)), np.atleast_1d(np.asarray(lat, np.float64))
    found: Texts = np.full(x.shape, None, dtype=object)
    given = np.isfinite(x) & np.isfinite(y)
    outside = given & ~_in_box(x, y)
    found[outside] = OUTSIDE
    found[outside & _in_box(y, x)] = SWAPPED
    found[given & (x == 0) & (y == 0)] = ZERO
    return found


def strayed(
    lon: ArrayLike, lat: ArrayLike, county: Texts, village_lon: ArrayLike, village_lat: ArrayLike, known_lon: ArrayLike,
    known_lat: ArrayLike, known_county: Texts, outlines: Areas | None = None,
) -> NDArray[np.bool_]:  # fmt: skip
    """Say which stations lie in another county than the one they are listed in; CGCS2000 degrees, codes of counties.

    With an outline of the own county: the point lies in another outline, or in none, more than NEAR_OUTLINE_DEGREES
    from the own one and more than NEAR_OWN_M from its own village where that has a place. Without: the nearest of the
    own county's known villages is more than FAR_FROM_OWN_M away. Counties of which neither is known are not judged, nor
    are pairs that are not finite.
    """
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    given = np.isfinite(x) & np.isfinite(y)
    wrong = np.zeros(len(x), dtype=np.bool_)
    outlined = np.array([bool(outlines) and code in (outlines or {}) for code in county], dtype=np.bool_)
    if outlines is not None and outlined.any():
        own = haversine_m(x, y, village_lon, village_lat)
        # Not «own > NEAR»: a village without a place gives NaN, and then the outline alone decides.
        doubtful = given & outlined & ~(own <= NEAR_OWN_M)
        doubtful &= locate(outlines, x, y) != county
        wrong |= doubtful
        for row in np.flatnonzero(doubtful).tolist():
            away = shapely.distance(outlines[county[row]], shapely.Point(x[row], y[row]))
            wrong[row] = away > NEAR_OUTLINE_DEGREES
    placed = np.isfinite(np.asarray(known_lon, np.float64)) & np.isfinite(np.asarray(known_lat, np.float64))
    known_x, known_y = np.asarray(known_lon, np.float64), np.asarray(known_lat, np.float64)
    villages = _rows_by_code(known_county, placed)
    for code, rows in _rows_by_code(county, given & ~outlined).items():
        if code in villages:
            known = Neighbours(known_x[villages[code]], known_y[villages[code]])
            wrong[rows] = known.nearest(x[rows], y[rows])[1][:, 0] > FAR_FROM_OWN_M
    return wrong


def _rows_by_code(codes: Texts, among: NDArray[np.bool_]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row in np.flatnonzero(among).tolist():
        rows.setdefault(codes[row], []).append(row)
    return rows


def _in_box(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (lon >= LON_MIN) & (lon <= LON_MAX) & (lat >= LAT_MIN) & (lat <= LAT_MAX)
    return inside
