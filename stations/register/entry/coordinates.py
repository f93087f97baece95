"""Coordinates as they come in: checked, turned into CGCS2000, and kept beside it as they were given."""

from __future__ import annotations

import math
from dataclasses import dataclass

from field_app_schema.refusals import Refusal
from geo.china import NOT_FINITE, PLAUSIBLE, SWAPPED, check_pair
from geo.datum import DATUMS, to_cgcs2000


@dataclass(frozen=True)
class Place:
    """A point in CGCS2000 degrees and the pair and datum it was given in."""

    lon: float
    lat: float
    lon_raw: float
    lat_raw: float
    coord_system: str

    @property
    def point(self) -> tuple[float, float]:
        return (self.lon, self.lat)


def place_of(lon: float | None, lat: float | None, coord_system: str | None) -> Place | None:
    """Check a pair given in `coord_system` and convert it; no pair at all gives None.

    Refuses with COORDINATES_OUTSIDE_CHINA (also for 0, 0), COORDINATES_SWAPPED or BAD_INPUT, each naming the fields.
    """
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        name = "lon" if lon is None else "lat"
        raise Refusal("BAD_INPUT", errors={name: ["经度和纬度要同时填写 / give both longitude and latitude"]})
    if coord_system not in DATUMS:
        said = f"请注明坐标系 / name the datum: {', '.join(DATUMS)}"
        raise Refusal("BAD_INPUT", errors={"coord_system": [said]})
    _check(lon, lat)
    x, y = to_cgcs2000(lon, lat, coord_system)
    return Place(round(float(x), 8), round(float(y), 8), lon, lat, coord_system)


def _check(lon: float, lat: float) -> None:
    verdict = check_pair(lon, lat)
    if verdict == PLAUSIBLE:
        return
    if verdict == NOT_FINITE:
        bad = "lon" if not math.isfinite(lon) else "lat"
        raise Refusal("BAD_INPUT", errors={bad: ["不是数字 / not a number"]})
    if verdict == SWAPPED:
        said = "经度和纬度填反了 / longitude and latitude are swapped"
        raise Refusal("COORDINATES_SWAPPED", errors={"lon": [said], "lat": [said]}, lon=lon, lat=lat)
    errors = {"lon": ["经度应在 73–135 之间 / longitude must be within 73-135"],
              "lat": ["纬度应在 3–54 之间 / latitude must be within 3-54"]}  # fmt: skip
    raise Refusal("COORDINATES_OUTSIDE_CHINA", errors=errors, lon=lon, lat=lat)
