"""Small situations: drawn at random for the brute force, or laid by hand, a village a kilometre along the equator."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from geo.coverage.rules import CoverageRules
from geo.coverage.situation import ALIVE, Arrows, Links, Nodes, Situation, Stations, Traces, Villages
from geo.distance import destination

BUY, SELL, PARCELS = 1, 2, 4
RULES = CoverageRules(required_all=BUY, required_any=SELL | PARCELS)
REPORTED, VERIFIED = 2, 4
NOWHERE = float("nan")


def km(*east: float) -> np.ndarray:
    """Longitudes so many kilometres east of (100, 0)."""
    return destination(np.full(len(east), 100.0), np.zeros(len(east)), 90.0, np.array(east) * 1000.0)[0]


def laid(
    at: tuple[float, ...], stations: tuple[dict[str, Any], ...] = (), links: tuple[tuple[int, int], ...] | None = None,
    *, poor: tuple[int, ...] = (), people: tuple[float, ...] | None = None, parcels: tuple[int, ...] | None = None,
    nodes_in: tuple[int, ...] = (),
) -> Situation:  # fmt: skip
    """Villages at these kilometres; stations as {km, village, life, services, …}, good ones where nothing is said.

    Without links each station serves its own village; a link carries its station's services.
    """
    count = len(at)
    pairs = links if links is not None else tuple((row, station["village"]) for row, station in enumerate(stations))
    lon = np.where(np.isfinite(at), km(*np.nan_to_num(at)), np.nan)

    def each(name: str, otherwise: Any, kind: type) -> np.ndarray:
        return np.array([station.get(name, otherwise) for station in stations], dtype=kind)

    services = each("services", BUY | SELL | PARCELS, np.int64)
    places = np.array([station.get("km", at[station["village"]]) for station in stations], dtype=np.float64)
    return Situation(
        Villages(
            code=tuple(f"V{row}" for row in range(count)), township=("T",) * count, county=("C",) * count,
            lon=lon, lat=np.where(np.isfinite(lon), 0.0, np.nan), placed_by=np.where(np.isfinite(lon), 4, 0),
            is_poor=np.isin(np.arange(count), poor), is_remote=np.zeros(count, dtype=bool),
            people=np.full(count, 100.0) if people is None else np.array(people, dtype=np.float64),
        ),
        Stations(
            code=tuple(f"S{row}" for row in range(len(stations))),
            lon=np.where(np.isfinite(places), km(*np.nan_to_num(places)), np.nan),
            lat=np.where(np.isfinite(places), 0.0, np.nan), village=each("village", -1, np.int64),
            is_listed=each("is_listed", True, np.bool_), life=each("life", ALIVE, np.int64),
            confidence=each("confidence", VERIFIED, np.int64), services=services,
            parcels_a_day=each("parcels_a_day", NOWHERE, np.float64), operator=("",) * len(stations),
            level=each("level", 2, np.int64),
        ),
        Links(
            station=np.array([s for s, _ in pairs], dtype=np.int64),
            village=np.array([v for _, v in pairs], dtype=np.int64),
            services=services[np.array([s for s, _ in pairs], dtype=np.int64)],
            parcels=np.zeros(len(pairs), dtype=np.int64) if parcels is None else np.array(parcels, dtype=np.int64),
        ),
        _nodes(nodes_in), _arrows(()), _arrows(()), _no_traces(), ("buy", "sell", "parcels"), 739_940,
    )  # fmt: skip


@st.composite
def situations(draw: st.DrawFn, villages: int = 12, stations: int = 10) -> Situation:
    """Anything at all: points within some 20 km (a few without a place), every life, doubled links, nothing at all."""
    many, built = draw(st.integers(0, villages)), draw(st.integers(0, stations))
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    linked = draw(st.integers(0, 24)) if many and built else 0
    unplaced = dice.random(many) < 0.1
    return Situation(
        Villages(
            code=tuple(f"V{row}" for row in range(many)), township=tuple(dice.choice(("T1", "T2", "T3", ""), many)),
            county=tuple(dice.choice(("C1", "C2"), many)),
            lon=np.where(unplaced, np.nan, dice.uniform(110, 110.1, many).round(2)),
            lat=np.where(unplaced, np.nan, dice.uniform(28, 28.1, many).round(2)),
            placed_by=np.where(unplaced, 0, dice.integers(1, 5, many)), is_poor=dice.random(many) < 0.4,
            is_remote=dice.random(many) < 0.2,
            people=np.where(dice.random(many) < 0.1, np.nan, dice.integers(0, 9, many) * 100.0),
        ),
        Stations(
            code=tuple(f"S{row}" for row in range(built)), lon=dice.uniform(110, 110.1, built).round(2),
            lat=np.where(dice.random(built) < 0.1, np.nan, dice.uniform(28, 28.1, built).round(2)),
            village=dice.integers(-1, max(many, 1), built) if many else np.full(built, -1),
            is_listed=dice.random(built) < 0.8, life=dice.integers(0, 6, built), confidence=dice.integers(0, 5, built),
            services=dice.integers(0, 8, built),
            parcels_a_day=np.where(dice.random(built) < 0.2, np.nan, dice.uniform(0, 50, built)),
            operator=("",) * built, level=np.full(built, 2),
        ),
        Links(
            station=dice.integers(0, max(built, 1), linked), village=dice.integers(0, max(many, 1), linked),
            services=dice.integers(0, 8, linked) | dice.integers(0, 8, linked), parcels=dice.integers(0, 4, linked),
        ),
        _nodes(tuple(dice.integers(0, many, 3).tolist()) if many else ()), _arrows(()), _arrows(()), _no_traces(),
        ("buy", "sell", "parcels"), 739_940,
    )  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> CoverageRules:
    """Any rules of the three services."""
    return CoverageRules(
        required_all=draw(st.integers(0, 7)), required_any=draw(st.integers(0, 7)),
        geographic_m=draw(st.sampled_from((0.0, 1000.0, 3000.0))), evidence_parcels=draw(st.integers(0, 4)),
        floor=draw(st.sampled_from(("any", "reported", "verified"))), counts_weak=draw(st.booleans()),
    )  # fmt: skip


def _nodes(villages: tuple[int, ...]) -> Nodes:
    many = len(villages)
    return Nodes(
        tuple(f"N{row}" for row in range(many)), np.full(many, 2), np.full(many, np.nan), np.full(many, np.nan),
        np.array(villages, dtype=np.int64), ("",) * many, ("",) * many, np.full(many, np.nan),
    )  # fmt: skip


def _arrows(pairs: tuple[tuple[int, int], ...]) -> Arrows:
    return Arrows(np.array([a for a, _ in pairs], dtype=np.int64), np.array([b for _, b in pairs], dtype=np.int64))


def _no_traces() -> Traces:
    none, never = np.empty(0, dtype=np.int64), np.empty(0)
    return Traces(none, none, never, never, never)
