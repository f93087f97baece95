"""Which rows of a ledger repeat each other for certain, and which may repeat a station; nothing is ever merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stations.register.entry.nearby import Candidate, find_duplicates
from stations.register.ledger.cells import fold
from stations.register.ledger.checking import ADD, CheckedRow
from stations.register.ledger.result import PossibleDuplicate
from stations.register.ledger.standing import Standing


def complain_of_repeats(checked: Iterable[CheckedRow]) -> None:
    """Add an error to each row that repeats another's code, station, or (without codes) village and name."""
    codes: dict[str, int] = {}
    stations: dict[int, int] = {}
    keys: dict[tuple[str, str], int] = {}
    for one in checked:
        told, number = one.told, one.told.row.number
        code = told.text("code")
        if code and codes.setdefault(code, number) != number:
            told.complain("code", "DUPLICATE_CODE", code, codes[code])
        elif one.standing is not None and stations.setdefault(one.standing.id, number) != number:
            told.complain("name", "DUPLICATE_ROW", stations[one.standing.id])
        elif one.facts is not None and not code and one.standing is None:
            key = (one.facts.village_code, fold(one.facts.name))
            if keys.setdefault(key, number) != number:
                told.complain("name", "DUPLICATE_ROW", keys[key])


def possible_duplicates(checked: Sequence[CheckedRow], standing: Sequence[Standing]) -> list[PossibleDuplicate]:
    """Give the rows to be added that may repeat a station of the register or an earlier row of the file.

    Those that are near or alike come first; a second station in the same village alone is the weakest hint.
    """
    new = [one for one in checked if one.action == ADD and not one.errors]
    asked = [_candidate(one, number) for number, one in enumerate(new)]
    others = [Candidate(one.code, one.version["name"], one.version["village_code"], one.version["lon"],
                        one.version["lat"], one.kind, one.listing_status) for one in standing
              if one.listing_status != "rejected"]  # fmt: skip
    numbers = {candidate.code: number for number, candidate in enumerate(asked)}
    found = []
    for number, near in enumerate(find_duplicates(asked, [*others, *asked])):
        row = new[number].told.row
        for other in near:
            earlier = numbers.get(other.station.code)
            if earlier is not None and earlier > number:
                continue
            found.append(PossibleDuplicate(
                row.sheet, row.number, asked[number].name,
                None if earlier is not None else other.station.code,
                None if earlier is None else new[earlier].told.row.number,
                other.station.name, other.distance_m, other.why,
            ))  # fmt: skip
    return sorted(found, key=lambda one: one.why == ("same_village",))


def _candidate(one: CheckedRow, number: int) -> Candidate:
    assert one.facts is not None  # noqa: S101  # only rows with facts come here; told to the type checker
    place = one.place
    # No station's code holds a line break, so these can be told from codes.
    lon, lat = (None, None) if place is None else place.point
    return Candidate(f"row\n{number}", one.facts.name, one.facts.village_code, lon, lat, one.facts.kind)
