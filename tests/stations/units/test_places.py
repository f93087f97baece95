"""A village without a place of its own lies at its township's seat, else among its neighbours, and it is said."""

from __future__ import annotations

from typing import NamedTuple

from stations.units.places import places_of


class Unit(NamedTuple):
    code: str
    lon: float | None = None
    lat: float | None = None
    coord_quality: str = "missing"


def test_own_place_then_seat_then_neighbours_then_nowhere() -> None:
    villages = [
        Unit("431125100201", 111.1, 25.1, "gps"), Unit("431125100202"),
        Unit("431125101201", 111.2, 25.2, "village"), Unit("431125101202", 111.4, 25.4, "gps"), Unit("431125101203"),
        Unit("431125102201"),
    ]  # fmt: skip
    townships = [Unit("431125100", 111.0, 25.0, "village"), Unit("431125101"), Unit("431125102")]
    assert places_of(villages, townships) == {
        "431125100201": (111.1, 25.1, "gps", "own"),
        "431125100202": (111.0, 25.0, "township", "township_seat"),
        "431125101201": (111.2, 25.2, "village", "own"),
        "431125101202": (111.4, 25.4, "gps", "own"),
        "431125101203": (111.3, 25.3, "township", "township_villages"),
        "431125102201": (None, None, "missing", "nowhere"),
    }
