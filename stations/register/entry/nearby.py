"""Stations that may be the same as a new one: close by, in the same village, or nearly of the same name; never merged.

Pure matching over plain records (`find_duplicates`) beside one thin fetcher; a ledger of thousands asks once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from db import in_box
from field_app_schema.refusals import Refusal
from geo.distance import EARTH_RADIUS_M, Neighbours, haversine_m
from stations.people.access import Caller, in_scope
from stations.records.tables import Station, StationVersion
from stations.register.entry.coordinates import place_of

# What nearly every station is called; only the rest tells two of them apart.
_COMMON = re.compile("电子商务|电商|农村|村级|综合|便民|服务站|服务点|服务中心|站点|网点|村委会|社区|站|点|村")
# Stations that no longer stand are still shown as near, but a rejected proposal never stood.
_NEVER_STOOD = ("rejected",)


@dataclass(frozen=True)
class NearbyPolicy:
    """[proposal] F2: a name similarity of at least `name_ratio` percent within `name_radius_m` metres is suspicious."""

    name_radius_m: float = 300.0
    name_ratio: float = 80.0
    close_m: float = 50.0


@dataclass(frozen=True)
class Candidate:
    """A station as the comparison needs it: CGCS2000 degrees, or None where it has no point."""

    code: str
    name: str
    village_code: str
    lon: float | None
    lat: float | None
    kind: str = ""
    listing_status: str = ""


@dataclass(frozen=True)
class Nearby:
    """A station that may be the same: metres away (None when unknown) and why it is named."""

    station: Candidate
    distance_m: float | None
    why: tuple[str, ...]


def stations_near(
    session: Session, caller: Caller, *, lon: float, lat: float, coord_system: str = "cgcs2000",
    radius_m: float = 2000.0, accuracy_m: float = 0.0, limit: int = 100,
) -> list[Nearby]:  # fmt: skip
    """Give the stations in scope within `radius_m` of a fix, widened by its accuracy, nearest first.

    Refuses the pair as `place_of` does.
    """
    place = place_of(lon, lat, coord_system)
    if place is None:
        raise Refusal("BAD_INPUT", errors={"lon": ["经纬度必填 / give longitude and latitude"]})
    reach = radius_m + accuracy_m
    found = []
    for other in _candidates(session, caller, box_around(place.lon, place.lat, reach), ()):
        distance = float(haversine_m(place.lon, place.lat, other.lon or 0.0, other.lat or 0.0))
        if distance <= reach:
            found.append(Nearby(other, round(distance, 1), ("within_radius",)))
    return sorted(found, key=lambda near: (near.distance_m or 0.0, near.station.code))[:limit]


def possible_duplicates(
    session: Session, caller: Caller, asked: Candidate, policy: NearbyPolicy = NearbyPolicy()
) -> list[Nearby]:
    """Give the stations in scope that `asked` (its point in CGCS2000) may repeat."""
    reach = max(policy.name_radius_m, policy.close_m)
    box = None if asked.lon is None or asked.lat is None else box_around(asked.lon, asked.lat, reach)
    candidates = _candidates(session, caller, box, (asked.village_code,))
    return find_duplicates([asked], candidates, policy)[0]


def candidates_in_scope(session: Session, caller: Caller) -> list[Candidate]:
    """Fetch every station in scope in one query, for comparing a whole ledger."""
    return [Candidate(*row) for row in session.execute(_columns(caller))]


def find_duplicates(
    asked: Sequence[Candidate], candidates: Sequence[Candidate], policy: NearbyPolicy = NearbyPolicy()
) -> list[list[Nearby]]:
    """For each asked station give the candidates it may repeat, nearest first; a station never repeats its own code.

    `same_village`; `close` within `close_m`; `similar_name` at least `name_ratio` within `name_radius_m`.
    """
    found: list[dict[int, Nearby]] = [{} for _ in asked]
    by_village: dict[str, list[int]] = defaultdict(list)
    for row, other in enumerate(candidates):
        by_village[other.village_code].append(row)
    for number, one in enumerate(asked):
        for row in by_village[one.village_code]:
            found[number][row] = Nearby(candidates[row], _metres(one, candidates[row]), ("same_village",))
    for number, row, metres in _close_pairs(asked, candidates, max(policy.name_radius_m, policy.close_m)):
        why = _why_close(asked[number], candidates[row], metres, policy)
        before = found[number].get(row)
        if before is not None:
            found[number][row] = replace(before, why=(*before.why, *why))
        elif why:
            found[number][row] = Nearby(candidates[row], round(metres, 1), why)
    return [
        sorted((near for near in rows.values() if near.station.code != one.code),
               key=lambda near: (near.distance_m is None, near.distance_m or 0.0, near.station.code))
        for one, rows in zip(asked, found, strict=True)
    ]  # fmt: skip


def name_ratio(one: str, other: str) -> float:
    """Give how alike two names are, 0 to 100, without the words that every station's name has."""
    return float(fuzz.ratio(_core(one), _core(other)))


def box_around(lon: float, lat: float, radius_m: float) -> tuple[float, float, float, float]:
    """Give (west, south, east, north) in degrees of a box that holds the circle."""
    d_lat = math.degrees(radius_m / EARTH_RADIUS_M) * 1.001
    d_lon = d_lat / max(math.cos(math.radians(lat)), 0.01)
    return (lon - d_lon, lat - d_lat, lon + d_lon, lat + d_lat)


def _core(name: str) -> str:
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return _COMMON.sub("", folded) or folded


def _why_close(one: Candidate, other: Candidate, metres: float, policy: NearbyPolicy) -> tuple[str, ...]:
    why = ["close"] if metres <= policy.close_m else []
    if metres <= policy.name_radius_m and name_ratio(one.name, other.name) >= policy.name_ratio:
        why.append("similar_name")
    return tuple(why)


def _close_pairs(
    asked: Sequence[Candidate], candidates: Sequence[Candidate], reach_m: float
) -> list[tuple[int, int, float]]:
    from_rows = [(row, c.lon, c.lat) for row, c in enumerate(asked) if c.lon is not None and c.lat is not None]
    to_rows = [(row, c.lon, c.lat) for row, c in enumerate(candidates) if c.lon is not None and c.lat is not None]
    if not from_rows or not to_rows:
        return []
    tree = Neighbours([lon for _, lon, _ in to_rows], [lat for _, _, lat in to_rows])
    pairs = tree.within([lon for _, lon, _ in from_rows], [lat for _, _, lat in from_rows], reach_m)
    return [(from_rows[a][0], to_rows[b][0], float(metres))
            for a, b, metres in zip(pairs.asking, pairs.found, pairs.distance_m, strict=True)]  # fmt: skip


def _metres(one: Candidate, other: Candidate) -> float | None:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    return round(float(haversine_m(one.lon, one.lat, other.lon, other.lat)), 1)


def _columns(caller: Caller) -> Select[str, str, str, float | None, float | None, str, str]:
    return (
        select(Station.code, StationVersion.name, StationVersion.village_code, StationVersion.lon, StationVersion.lat,
               Station.kind, Station.listing_status)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(in_scope(caller, Station.unit_path, Station.id), Station.listing_status.not_in(_NEVER_STOOD))
    )  # fmt: skip


def _candidates(
    session: Session, caller: Caller, box: tuple[float, float, float, float] | None, villages: Sequence[str]
) -> list[Candidate]:
    near: list[ColumnElement[bool]] = [StationVersion.village_code.in_(villages)] if villages else []
    if box is not None:
        near.append(in_box(session, StationVersion.point, StationVersion.lon, StationVersion.lat, box))
    return [Candidate(*row) for row in session.execute(_columns(caller).where(or_(*near)))]

