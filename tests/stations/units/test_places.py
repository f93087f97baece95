"""A village without a place of its own lies at its township's seat, and it is said."""

from __future__ import annotations

from typing import NamedTuple

from stations.units.places import UNPLACED, place_of, seats_of


class Unit(NamedTuple):
    code: str
    lon: float | None = None
    lat: float | None = None
    coord_quality: str = "missing"


def test_own_place_then_seat_then_nowhere() -> None:
    seats = seats_of([Unit("431125100", 111.0, 25.0, "village"), Unit("431125101")])
    assert place_of(111.1, 25.1, "gps", township=seats["431125100"]) == (111.1, 25.1, "gps", "own")
    assert place_of(None, None, "missing", township=seats["431125100"]) == (111.0, 25.0, "township", "township_seat")
    assert place_of(None, None, "missing", township=seats.get("431125101", UNPLACED)) == (
        None, None, "missing", "nowhere",
    )  # fmt: skip
