"""Features, from whatever file, as a table: their properties, and their geometry as columns of degrees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from stations.logistics.reading.shapes import LINE, POINT, ShapeWrong
from stations.logistics.reading.table import Table, check_size, unreadable

# Latitude and longitude of CGCS2000 and WGS 84 and nothing else: no other grid is unprojected here.
_UNSAYABLE = re.compile("[\x00\ud800-\udfff]")
KNOWN_CRS = frozenset({("EPSG", 4326), ("EPSG", 4490)})


def table_of_features(
    name: str, features: Iterable[tuple[dict[str, Any], dict[str, float] | None]], *, most_rows: int
) -> Table:
    """Make a table of (properties, named degrees) in their order; None for degrees is a geometry that is not read.

    A property called like a column of degrees gives way to the geometry. Refuses with NETWORK_FILE.
    """
    told: list[tuple[dict[str, Any], dict[str, float]]] = []
    headings: dict[str, None] = {}
    placed: set[str] = set()
    wrong: list[int] = []
    for number, (properties, degrees) in enumerate(features, start=1):
        check_size(number, len(headings), most_rows)
        if degrees is None:
            wrong.append(number)
            continue
        cells = {_clean(key): _clean(value) for key, value in properties.items()}
        headings.update(dict.fromkeys(cells))
        placed |= degrees.keys()
        told.append((cells, degrees))
    if wrong:
        which = "、".join(str(one) for one in wrong[:10])
        zh = f"第 {which} 个要素的几何不是单个点或单条线"
        raise unreadable(zh, f"features {which} are neither one point nor one line")
    headings.update(dict.fromkeys(name for name in (*POINT, *LINE) if name in placed))
    names = tuple(headings)
    check_size(len(told), len(names), most_rows)
    rows = [[(properties | degrees).get(name, "") for name in names] for properties, degrees in told]
    return Table(name, names, rows, list(range(1, len(rows) + 1)), is_sheet=False)


def _clean(value: Any) -> Any:
    # What no database and no answer may hold: NUL and half characters, which JSON can spell.
    return _UNSAYABLE.sub("", value) if isinstance(value, str) else value


def ends_or_none(read: Any, geometry: Any) -> dict[str, float] | None:
    """Give what `read` makes of a geometry, None where it cannot."""
    try:
        found: dict[str, float] = read(geometry)
    except ShapeWrong:
        return None
    return found
