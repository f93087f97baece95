"""Where and when a picture says it was taken, by the directory of its satellite fix (EXIF 2.32, 4.6.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from inspections.photos.pictures.tags.tiff import Tag

_LAT_REF, _LAT, _LON_REF, _LON, _TIME, _DATE = 1, 2, 3, 4, 7, 29


def place_of(tags: Mapping[int, Tag]) -> dict[str, Any]:
    """Give {lon, lat} in decimal degrees as written there, and {at} as an ISO moment in UTC, each where it is told.

    Nought and nought, which phones write while they have no fix, is no place.
    """
    lat = _degrees(tags, _LAT, _LAT_REF, b"S", 90)
    lon = _degrees(tags, _LON, _LON_REF, b"W", 180)
    found: dict[str, Any] = {}
    if lat is not None and lon is not None and (lat, lon) != (0, 0):
        found |= {"lon": lon, "lat": lat}
    at = _moment(tags)
    return found if at is None else found | {"at": at}


def _degrees(tags: Mapping[int, Tag], number: int, reference: int, negative: bytes, most: int) -> float | None:
    parts = _numbers(tags.get(number))
    if not 1 <= len(parts) <= 3 or any(part < 0 for part in parts):
        return None
    value = sum(part / 60**place for place, part in enumerate(parts))
    sign = -1 if reference in tags and (tags[reference].raw or b"").upper().startswith(negative) else 1
    return sign * round(value, 7) if value <= most else None


def _moment(tags: Mapping[int, Tag]) -> str | None:
    day = (tags[_DATE].raw or b"").rstrip(b"\0 ") if _DATE in tags else b""
    clock = _numbers(tags.get(_TIME))
    if len(clock) != 3:
        return None
    try:
        # A leap second is told as the sixtieth.
        midnight = dt.datetime.strptime(day.decode("ascii"), "%Y:%m:%d").replace(tzinfo=dt.UTC)
        whole = dt.timedelta(hours=clock[0], minutes=clock[1], seconds=int(clock[2]))
    except (ValueError, OverflowError):
        return None
    if not dt.timedelta(0) <= whole <= dt.timedelta(days=1):
        return None
    try:
        return (midnight + whole).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return None


def _numbers(tag: Tag | None) -> list[float]:
    """Give a tag's numbers, none where one of them is none."""
    if tag is None or any(number is None for number in tag.numbers):
        return []
    return [float(number) for number in tag.numbers if number is not None]
