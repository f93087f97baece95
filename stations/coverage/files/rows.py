"""How lines of the files name each other: codes that stand once, rows by code, places in pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stations.coverage.files.cells import Line


def sorted_by_code(lines: Sequence[Line]) -> list[Line]:
    """Give lines by their code, each of which must be there and stand once."""
    seen: set[str] = set()
    for line in lines:
        code = line.needed("code")
        if code in seen:
            line.wrong("code", f"{code} 出现两次", "this code stands twice")
        seen.add(code)
    return sorted(lines, key=lambda line: line.text("code"))


def numbered(lines: Sequence[Line]) -> dict[str, int]:
    """Give the row of each code."""
    return {line.text("code"): row for row, line in enumerate(lines)}


def names_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """Give the names, the code where there is none."""
    return tuple(line.text("name") or line.text("code") for line in lines)


def lookup(line: Line, column: str, rows: Mapping[str, int], *, among: str) -> int:
    """Give the row that a cell names; -1 for an empty cell, and for one that names nobody, which is a problem."""
    code = line.text(column)
    if code and code not in rows:
        line.wrong(column, f"{among} 里没有 {code}", f"no such code in {among}")
    return rows.get(code, -1)


def place(line: Line, lon: str = "lon", lat: str = "lat") -> tuple[float, float]:
    """Give lon, lat in degrees, nan for none; one without the other is a problem."""
    x, y = line.number_in(lon, -180, 180), line.number_in(lat, -90, 90)
    if bool(line.text(lon)) != bool(line.text(lat)):
        line.wrong(lon, "经纬度要么都有,要么都没有", "lon and lat come together or not at all")
    return x, y
