"""The points that a ledger's rows state, for whoever above the register can judge whether their datum is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.register.ledger.checking import CheckedRow
from stations.register.ledger.problems import Problem


@dataclass(frozen=True)
class PlacedRow:
    """A good row with a point: CGCS2000 degrees as converted from the datum it was said to be in."""

    name: str
    lon: float
    lat: float
    coord_system: str
    village_code: str


# Gives notices of points that look wrong together; the register knows nobody who could, it is handed in.
PlaceGuard = Callable[[Session, Caller, Sequence[PlacedRow]], list[Problem]]


def placed_rows(checked: Iterable[CheckedRow]) -> list[PlacedRow]:
    """Give the rows without errors that state a point, with the village they are or will be of."""
    found = []
    for row in checked:
        standing = None if row.standing is None else row.standing.version["village_code"]
        village = row.facts.village_code if row.facts else row.version.get("village_code", standing)
        if row.place is not None and village and not row.errors:
            place = row.place
            found.append(PlacedRow(row.told.text("name"), place.lon, place.lat, place.coord_system, village))
    return found
