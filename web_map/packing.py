"""Stations as the columns that the map downloads (ask `geo.columns` why), and shares for the units of a level."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from field_app_schema.vocab import ListingStatus, Vitality
from geo.columns import (
    COARSE_UNITS_PER_DEGREE,
    UNITS_PER_DEGREE,
    differences,
    in_whole_units,
    order_along_bands,
)
from geo.datum import from_cgcs2000
from geo.tiles import tile_box, tiles_of

# One digit a station in the columns `s` and `l`; the page reads the same lists from the answer.
STATES = tuple(Vitality)
LISTINGS = tuple(ListingStatus)
_STATE_DIGIT = {state.value: str(index) for index, state in enumerate(STATES)}
_LISTING_DIGIT = {status.value: str(index) for index, status in enumerate(LISTINGS)}

# From so many stations on a map is looked at from afar.
COARSE_FROM = 5000

LIVING = (Vitality.ALIVE, Vitality.WEAK)

# Digits in the code of a unit of each level; a county directly under its province has no prefecture (F1).
_CODE_LENGTH = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}


class Dot(NamedTuple):
    """One station as a map needs it; lon and lat in CGCS2000 degrees, None where nobody knows the place."""

    station_id: int
    lon: float | None
    lat: float | None
    vitality: str
    listing_status: str
    unit_path: str


class Heap(NamedTuple):
    """Stations in one unit (or below it) and in one state: how many, how many placed, their mean and their box."""

    unit_path: str
    vitality: str
    n: int
    placed: int
    lon: float | None
    lat: float | None
    west: float | None
    south: float | None
    east: float | None
    north: float | None


def heaps_of(dots: Iterable[Dot]) -> list[Heap]:
    """Give each station as a heap of one."""
    return [Heap(dot.unit_path, dot.vitality, 1, int(dot.lon is not None), *(dot.lon, dot.lat) * 3) for dot in dots]


def box_around(heaps: Iterable[Heap], datum: str) -> list[float] | None:
    """Give west, south, east, north around all placed stations in `datum`, None where none has a place."""
    boxes = [heap[-4:] for heap in heaps if heap.placed]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    lon, lat = from_cgcs2000([min(west), max(east)], [min(south), max(north)], datum)
    return [round(float(one), 5) for one in (lon[0], lat[0], lon[1], lat[1])]


# A station that the datum moves across a tile's edge lies at most this far outside it.
_REACH_DEGREES = 0.02


def box_of_tile(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """Give west, south, east, north in CGCS2000 that hold all stations which any datum puts into the tile.

    ValueError when the zoom has no such tile.
    """
    west, south, east, north = tile_box(z, x, y)
    return west - _REACH_DEGREES, south - _REACH_DEGREES, east + _REACH_DEGREES, north + _REACH_DEGREES


def dots_of_tile(dots: Sequence[Dot], tile: tuple[int, int, int], datum: str) -> list[Dot]:
    """Give the dots that `datum` puts into the tile (z, x, y): each dot lies in exactly one tile of a zoom."""
    placed = [dot for dot in dots if dot.lon is not None]
    lon, lat = from_cgcs2000([dot.lon or 0.0 for dot in placed], [dot.lat or 0.0 for dot in placed], datum)
    z, x, y = tile
    columns, rows = tiles_of(lon, lat, z)
    return [dot for dot, inside in zip(placed, (columns == x) & (rows == y), strict=True) if inside]


def pack_stations(dots: Sequence[Dot], datum: str) -> dict[str, Any]:
    """Give the columns: steps of lon and lat in `datum`, of ids, and one digit each for two states.

    A unit of lon and lat is 1 / `per_degree`: 1e-5 degree, and 5e-5 degree from COARSE_FROM stations on.

    A station without coordinates cannot be drawn; it stays in the counts and is counted again in `unplaced`.
    """
    placed = [(dot, dot.lon, dot.lat) for dot in dots if dot.lon is not None and dot.lat is not None]
    lon, lat = from_cgcs2000([east for _, east, _ in placed], [north for _, _, north in placed], datum)
    order = order_along_bands(lon, lat)
    drawn = [placed[index][0] for index in order]
    per_degree = UNITS_PER_DEGREE if len(placed) < COARSE_FROM else COARSE_UNITS_PER_DEGREE
    return {
        "per_degree": per_degree,
        "x": differences(in_whole_units(lon[order], per_degree)).tolist(),
        "y": differences(in_whole_units(lat[order], per_degree)).tolist(),
        "id": differences([dot.station_id for dot in drawn]).tolist(),
        "s": "".join(_STATE_DIGIT[dot.vitality] for dot in drawn),
        "l": "".join(_LISTING_DIGIT[dot.listing_status] for dot in drawn),
        "states": STATES,
        "listings": LISTINGS,
        "n": len(dots),
        "unplaced": len(dots) - len(placed),
    }


def shifted(places: Sequence[tuple[float | None, float | None]], datum: str) -> list[tuple[float | None, float | None]]:
    """Give CGCS2000 places in `datum`, to a metre; a place that nobody knows stays unknown."""
    known = [(lon, lat) for lon, lat in places if lon is not None and lat is not None]
    lon, lat = from_cgcs2000([one[0] for one in known], [one[1] for one in known], datum)
    found = iter(zip(lon.round(5).tolist(), lat.round(5).tolist(), strict=True))
    return [(None, None) if None in place else next(found) for place in places]


def count_states(vitalities: Iterable[str]) -> dict[str, int]:
    """Give how many stations are in each state; every state is named, also those with none."""
    counted = Counter(vitalities)
    return {state.value: counted[state.value] for state in STATES}


def count_heaps(heaps: Iterable[Heap]) -> dict[str, int]:
    """Give how many stations the heaps hold in each state; every state is named, also those with none."""
    counted: Counter[str] = Counter()
    for heap in heaps:
        counted[heap.vitality] += heap.n
    return {state.value: counted[state.value] for state in STATES}


def shares_of(counts: Mapping[str, int]) -> dict[str, Any]:
    """Give the survival figures of F3 from counts: built B, share A/B, its bounds, and what is not known of B.

    low = A/B counts nobody unsure (dormant, presumed dead, unknown) as living; high = (B - known dead)/B counts
    everybody. Null when B is 0. `stations.survival` publishes the same; a test there holds the two together.
    """
    built = sum(counts.values()) - counts[Vitality.NOT_STARTED]
    living = sum(counts[state] for state in LIVING)
    dead = counts[Vitality.DEAD]
    if not built:
        return {"built": 0, "living": 0, "share": None, "low": None, "high": None, "unknown_share": None}
    return {
        "built": built, "living": living, "share": round(living / built, 4), "low": round(living / built, 4),
        "high": round((built - dead) / built, 4), "unknown_share": round((built - living - dead) / built, 4),
    }  # fmt: skip


def unit_at(unit_path: str, level: str) -> str:
    """Give the code of the unit of `level` on a path, or of the nearest below it where the path skips that level.

    `/CN/42/429004/…` at prefecture level gives 429004: a county directly under its province stands for itself.
    """
    wanted = _CODE_LENGTH[level]
    for code in unit_path.strip("/").split("/"):
        if code.isdigit() and len(code) >= wanted:
            return code
    return unit_path.strip("/").rsplit("/", 1)[-1]


def pack_shares(
    heaps: Iterable[Heap], level: str, units: Mapping[str, tuple[str, float | None, float | None]], datum: str
) -> list[dict[str, Any]]:
    """Give for each unit of `level` its name, a point (the mean of its stations), its counts and its shares.

    `units` maps a code to name and, if known, lon and lat, which serve where no station of the unit has a place.
    """
    groups: dict[str, list[Heap]] = defaultdict(list)
    for heap in heaps:
        groups[unit_at(heap.unit_path, level)].append(heap)
    named = ((code, group, units.get(code, (code, None, None))) for code, group in sorted(groups.items()))
    return [_share_row(code, group, unit, datum) for code, group, unit in named]


def _share_row(
    code: str, group: list[Heap], unit: tuple[str, float | None, float | None], datum: str
) -> dict[str, Any]:
    name, lon, lat = unit
    places = [(heap.placed, heap.lon, heap.lat) for heap in group if heap.lon is not None and heap.lat is not None]
    if places:
        placed = sum(n for n, _, _ in places)
        lon, lat = sum(n * x for n, x, _ in places) / placed, sum(n * y for n, _, y in places) / placed
    if lon is not None and lat is not None:
        shifted = from_cgcs2000(lon, lat, datum)
        lon, lat = round(float(shifted[0]), 5), round(float(shifted[1]), 5)
    counts = count_heaps(group)
    return {"code": code, "name": name, "lon": lon, "lat": lat, "n": sum(counts.values()), "counts": counts,
            **shares_of(counts)}  # fmt: skip
