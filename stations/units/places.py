"""Where a village lies when nobody brought its place: at its township's seat, and it is said. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

OWN, SEAT, NEIGHBOURS, NOWHERE = "own", "township_seat", "township_villages", "nowhere"


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

    `placed_by`: own; township_seat; township_villages (the mean of those villages of the township that have a place);
    nowhere. What is not the village's own is of quality `township`.
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


def seats_of(villages: Iterable[Placed], townships: Iterable[Placed]) -> dict[str, UnitPlace]:
    """Give, by township code, the place of its seat, else the mean of its villages that have one.

    `villages` should be all villages of these townships; a township without either is absent.
    """
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for village in villages:
        if village.lon is not None and village.lat is not None:
            total = sums[village.code[:9]]
            total[0] += village.lon
            total[1] += village.lat
            total[2] += 1
    found = {
        code: UnitPlace(round(x / n, 8), round(y / n, 8), "township", NEIGHBOURS) for code, (x, y, n) in sums.items()
    }
    for seat in townships:
        if seat.lon is not None and seat.lat is not None:
            found[seat.code] = UnitPlace(seat.lon, seat.lat, "township", SEAT)
    return found


def places_of(villages: Iterable[Placed], townships: Iterable[Placed]) -> Mapping[str, UnitPlace]:
    """Give the place of each village by code; every village has one, if only `UNPLACED`."""
    told = list(villages)
    seats = seats_of(told, townships)
    return {
        one.code: place_of(one.lon, one.lat, one.coord_quality, township=seats.get(one.code[:9], UNPLACED))
        for one in told
    }
