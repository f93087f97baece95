"""When and where a picture says that it was taken: EXIF 2.32 tags by name, as the server or the phone read them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from stations.records.days import CHINA

_WRITTEN = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
# As of the phone's own instants: beyond them nobody means a date.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
# Not `DateTime`, which any later change of the file moves.
_NAMES = ("DateTimeOriginal", "DateTimeDigitized")
_NUMBER = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*")


def exif_time(tags: Mapping[str, Any] | None) -> dt.datetime | None:
    """Give when the picture was taken; without an offset it is read as the time of China. None: it does not say."""
    for name in _NAMES:
        found = _WRITTEN.match(str((tags or {}).get(name, "")))
        if found is None:
            continue
        try:
            year, month, day, hour, minute, second = (int(one) for one in found.groups())
            if not EARLIEST_YEAR <= year <= LATEST_YEAR:
                continue
            zone = _zone(tags or {}, name)
            return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            # 0000:00:00 is what cameras write that have no clock.
            continue
    return None


def exif_place(tags: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Give where it was taken, lon and lat in degrees; 0, 0 is no place. None: it does not say."""
    told = tags or {}
    gps = told.get("gps")
    if isinstance(gps, Mapping):
        lon, lat = _degrees(gps.get("lon")), _degrees(gps.get("lat"))
    else:
        lon = _signed(told, "GPSLongitude", "W")
        lat = _signed(told, "GPSLatitude", "S")
    if lon is None or lat is None or not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon, lat) == (0.0, 0.0):
        return None
    return (lon, lat)


def _zone(tags: Mapping[str, Any], name: str) -> dt.timezone:
    found = _OFFSET.fullmatch(str(tags.get(name.replace("DateTime", "OffsetTime"), "")).strip())
    if found is None:
        return CHINA
    away = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
    return dt.timezone(-away if found[1] == "-" else away)


def _signed(tags: Mapping[str, Any], name: str, negative: str) -> float | None:
    degrees = _degrees(tags.get(name))
    hemisphere = str(tags.get(f"{name}Ref", "")).strip().upper()
    return -degrees if degrees is not None and degrees > 0 and hemisphere.startswith(negative) else degrees


def _degrees(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    found = _NUMBER.fullmatch(str(value))
    return float(found[1]) if found else None
