"""Points and the two ends of lines out of GeoJSON and WKB (OGC 06-103r4); nothing else of a geometry is kept.

A geometry becomes named degrees: a point lon, lat; a line from_lon, from_lat, to_lon, to_lat. One part inside a multi
geometry is that part; several parts, polygons and collections raise ShapeWrong.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Any

POINT = ("lon", "lat")
LINE = ("from_lon", "from_lat", "to_lon", "to_lat")
_POINT, _LINE, _MULTI_POINT, _MULTI_LINE = 1, 2, 4, 5
# GeoPackage's header: bytes of the envelope by its kind.
_ENVELOPES = (0, 32, 48, 48, 64)


class ShapeWrong(ValueError):
    """A geometry that is no point and no single line, or is broken."""


def ends_of_geojson(geometry: Any) -> dict[str, float]:
    """Give the named degrees of a GeoJSON geometry; nothing for null or an empty one."""
    if geometry is None:
        return {}
    if not isinstance(geometry, dict):
        raise ShapeWrong
    kind, places = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(places, list):
        raise ShapeWrong
    if not places:
        return {}
    if kind in ("MultiPoint", "MultiLineString"):
        if len(places) != 1:
            raise ShapeWrong
        kind, places = kind.removeprefix("Multi"), places[0]
    if kind == "Point":
        return dict(zip(POINT, _pair(places), strict=True))
    if kind == "LineString" and isinstance(places, list) and len(places) >= 2:
        return dict(zip(LINE, (*_pair(places[0]), *_pair(places[-1])), strict=True))
    raise ShapeWrong


def _pair(place: Any) -> tuple[float, float]:
    if not isinstance(place, list) or len(place) < 2:
        raise ShapeWrong
    lon, lat = place[:2]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (lon, lat)):
        raise ShapeWrong
    return float(lon), float(lat)


def ends_of_geopackage(blob: Any) -> dict[str, float]:
    """Give the named degrees of a GeoPackage geometry blob; nothing for null or an empty one."""
    if blob is None:
        return {}
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise ShapeWrong
    flags = blob[3]
    # Bit 4: empty; bit 5: a kind of geometry that only its maker knows.
    if flags & 0x20 or (flags >> 1 & 7) >= len(_ENVELOPES):
        raise ShapeWrong
    if flags & 0x10:
        return {}
    try:
        return _ends_of_wkb(blob, 8 + _ENVELOPES[flags >> 1 & 7])
    except struct.error as error:
        raise ShapeWrong from error


def wkb_of_geopackage(blob: Any) -> bytes | None:
    """Give the WKB inside a GeoPackage geometry blob; None for null, an empty or a broken one."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return None
    flags = blob[3]
    if flags & 0x30 or (flags >> 1 & 7) >= len(_ENVELOPES):
        return None
    return blob[8 + _ENVELOPES[flags >> 1 & 7] :]


def _ends_of_wkb(blob: bytes, at: int) -> dict[str, float]:
    order = "<" if blob[at : at + 1] == b"\x01" else ">"
    (told,) = struct.unpack_from(f"{order}I", blob, at + 1)
    dimensions, kind = divmod(told, 1000)
    if dimensions > 3:
        raise ShapeWrong
    at += 5
    width = 8 * (2, 3, 3, 4)[dimensions]
    if kind == _POINT:
        lon, lat = _two(order, blob, at)
        # A point of two NaN is how WKB says «empty».
        return {} if math.isnan(lon) else dict(zip(POINT, (lon, lat), strict=True))
    (count,) = struct.unpack_from(f"{order}I", blob, at)
    if kind in (_MULTI_POINT, _MULTI_LINE) and count == 1:
        if (struct.unpack_from(f"{order}I", blob, at + 5)[0]) % 1000 != kind - 3:
            raise ShapeWrong
        return _ends_of_wkb(blob, at + 4)
    if kind == _LINE and count >= 2:
        first, last = _two(order, blob, at + 4), _two(order, blob, at + 4 + (count - 1) * width)
        return dict(zip(LINE, (*first, *last), strict=True))
    if count == 0 and kind in (_LINE, _MULTI_POINT, _MULTI_LINE):
        return {}
    raise ShapeWrong


def _two(order: str, blob: bytes, at: int) -> Sequence[float]:
    return struct.unpack_from(f"{order}2d", blob, at)
