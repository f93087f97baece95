"""Where a village lies when nobody brought its place: at its township's seat, and it is said. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

OWN, SEAT, NOWHERE = "own", "township_seat", "nowhere"


class Placed(Protocol):
    """A unit as far as its place goes; a row of the table will do."""

    @property
    def code(self) -> str:
        """Give the 12 digits of a village or the 9 of a township."""

    @property
    def lon(self) -> float | None:
        """Give degrees of CGCS2000."""

    @property
    def lat(self) -> float | None:
        """Give degrees of CGCS2000."""

    @property
    def coord_quality(self) -> str:
        """Say how the place is known."""


class UnitPlace(NamedTuple):
    """CGCS2000 degrees, how well the place is known (`missing` without one), and whose place it is.

    `placed_by`: own; township_seat, which is of quality `township`; nowhere.
    """

    lon: float | None
    lat: float | None
    coord_quality: str
    placed_by: str


UNPLACED = UnitPlace(None, None, "missing", NOWHERE)


def place_of(
    lon: float | None, lat: float | None, coord_quality: str, *, township: UnitPlace = UNPLACED
) -> UnitPlace:
    """Give the village's own place, else what stands for its township (`seats_of`), which is `UNPLACED` for none."""
    if lon is not None and lat is not None:
        return UnitPlace(lon, lat, coord_quality, OWN)
    return township


def seats_of(townships: Iterable[Placed]) -> dict[str, UnitPlace]:
    """Give, by township code, the place of its seat; a township whose seat nobody placed is absent."""
    return {
        seat.code: UnitPlace(seat.lon, seat.lat, "township", SEAT)
        for seat in townships
        if seat.lon is not None and seat.lat is not None
    }
