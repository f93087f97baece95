"""GeoJSON (RFC 7946) as a table; a file of another system of coordinates is refused in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from stations.logistics.reading.features import KNOWN_CRS, ends_or_none, table_of_features
from stations.logistics.reading.shapes import ends_of_geojson
from stations.logistics.reading.table import Table, unreadable

# Each bracket becomes an object in memory: so many are some hundred megabytes.
MOST_BRACKETS = 2_000_000
_MOST_DIGITS = 18
_CRS = re.compile(r"(?:^|:)(EPSG):(?:[\d.]*:)?(\d+)$", re.IGNORECASE)


def read_geojson(name: str, content: bytes, *, most_rows: int) -> Table:
    """Read a FeatureCollection, or one feature; refuses with NETWORK_FILE."""
    if content.count(b"[") + content.count(b"{") > MOST_BRACKETS:
        raise unreadable("要素太多或太细", "too many features or too many points")
    try:
        told = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise unreadable("不是完整的 GeoJSON(UTF-8)", "no whole GeoJSON in UTF-8") from error
    if not isinstance(told, dict):
        raise unreadable("不是 GeoJSON", "no GeoJSON")
    _check_crs(told.get("crs"))
    features = [told] if told.get("type") == "Feature" else told.get("features")
    if told.get("type") not in ("Feature", "FeatureCollection") or not isinstance(features, list):
        raise unreadable("不是 GeoJSON 要素集(FeatureCollection)", "no GeoJSON FeatureCollection")
    return table_of_features(name, _features(features), most_rows=most_rows)


def _features(features: list[Any]) -> Iterator[tuple[dict[str, Any], dict[str, float] | None]]:
    for number, one in enumerate(features, start=1):
        properties = one.get("properties") or {} if isinstance(one, dict) else None
        if not isinstance(properties, dict):
            raise unreadable(f"第 {number} 个要素不成形", f"feature {number} is malformed")
        plain = {key: _cell(value) for key, value in properties.items()}
        yield plain, ends_or_none(ends_of_geojson, one.get("geometry"))


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _check_crs(crs: Any) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    found = _CRS.search(named)
    if named.upper().endswith("CRS84") or (found is not None and (found[1].upper(), int(found[2])) in KNOWN_CRS):
        return
    said = named[:60] or "?"
    raise unreadable(f"坐标系 {said} 不能读,请转为 EPSG:4326 或 EPSG:4490", f"convert {said} to EPSG:4326 or EPSG:4490")


def _whole(digits: str) -> int | str:
    # Longer ones are codes; as numbers they would not fit a double.
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)
