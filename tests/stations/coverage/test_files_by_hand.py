"""The report of random folders against a second reading of the same rows, village by village, without any array."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stations.coverage.files.report import FilesQuestion, report_from
from tests.stations.coverage.worked import AS_OF

VILLAGES = [f"43112410{town}20{number}" for town in range(2) for number in range(3)]
SERVICES = ("parcel", "purchase_agency", "bill_payment")
village = st.sampled_from(VILLAGES)
services = st.lists(st.sampled_from(SERVICES), unique=True).map(";".join)
degrees = st.integers(0, 60).map(lambda step: 25.5 + step / 1000)

station = st.fixed_dictionaries({
    "village": village, "lat": degrees, "listing": st.sampled_from(["active", "suspended", "delisted"]),
    "life": st.sampled_from(["alive", "weak", "dormant", "dead", "unknown"]), "services": services,
    "confidence": st.sampled_from(["verified", "reported", "inferred", "none"]),
})  # fmt: skip
link = st.tuples(st.integers(0, 4), village, services, st.sampled_from(["", "2026-11-20", "2026-11-21", "2026-03-01"]))
parcel = st.tuples(village, st.integers(-1, 4), st.integers(0, 120))


def as_files(folder: dict[str, Any]) -> dict[str, bytes]:
    places = zip(VILLAGES, folder["lat"], strict=True)
    told = {
        "villages.csv": ["code,lon,lat", *(f"{code},111.6,{lat}" for code, lat in places)],
        "stations.csv": ["code,village,lon,lat,listing,life,confidence,services", *(
            f"S{row},{one['village']},111.6,{one['lat']},{one['listing']},{one['life']},{one['confidence']},"
            f"{one['services']}" for row, one in enumerate(folder["stations"]))],
        "service_links.csv": ["station,village,services,ends_on", *(
            f"S{row},{code},{named},{ends}" for row, code, named, ends in folder["links"])],
        "traces.csv": ["village,station,sent_on,arrived_on", *(
            f"{code},{f'S{row}' if row >= 0 else ''},{sent},{sent}" for code, row, sent in folder["parcels"])],
    }  # fmt: skip
    return {name: "\n".join(lines).encode() for name, lines in told.items()}


def serving(folder: dict[str, Any], code: str) -> dict[int, set[str]]:
    """Give the stations that serve a village and what each gives there, by the words of the definitions."""
    found: dict[int, set[str]] = {}
    for row, one in enumerate(folder["stations"]):
        offered = set(one["services"].split(";")) - {""}
        mine = [each for each in folder["links"] if each[0] == row]
        holding = [each for each in mine if not each[3] or each[3] > "2026-11-20"]
        if one["listing"] == "delisted":
            past = [each for each in mine if each not in holding]
            last = max((each[3] for each in past), default="")
            holding += [each for each in past if each[3] == last]
        named = [set(each[2].split(";")) - {""} or offered for each in holding if each[1] == code]
        if one["village"] == code:
            found[row] = offered
        elif named:
            found[row] = set.union(*named) & offered
    return found


@settings(max_examples=25, derandomize=True, deadline=None)
@given(
    st.fixed_dictionaries({
        "lat": st.lists(degrees, min_size=6, max_size=6), "stations": st.lists(station, min_size=5, max_size=5),
        "links": st.lists(link, max_size=8),
        "parcels": st.lists(parcel.map(lambda one: (one[0], one[1], day(one[2]))), max_size=30),
    })
)  # fmt: skip
def test_every_stage_of_every_village_is_what_a_second_reading_says(folder: dict[str, Any]) -> None:
    report = report_from(as_files(folder), FilesQuestion(AS_OF, next_sites=1))
    stations = folder["stations"]
    lives = [one["listing"] != "delisted" and one["life"] in ("alive", "weak") for one in stations]
    by_code = {one["code"]: one for one in report["villages"]}
    for code, lat in zip(VILLAGES, folder["lat"], strict=True):
        told, by = by_code[code], serving(folder, code)
        gives = {row for row, has in by.items() if lives[row] and "parcel" in has and "purchase_agency" in has}
        counted = sum(
            1 for at, row, sent in folder["parcels"]
            if at == code and sent > "2026-08-22" and (row in gives or (row < 0 and len(by) == 1 and gives))
        )  # fmt: skip
        verified = {row for row in gives if stations[row]["village"] == code
                    and stations[row]["confidence"] == "verified"}  # fmt: skip
        metres = [abs(lat - one["lat"]) * math.pi / 180 * 6371008.8
                  for one, is_alive in zip(stations, lives, strict=True) if is_alive]  # fmt: skip
        assert told["stages"] == {
            "built": bool(by),
            "listed": any(stations[row]["listing"] != "delisted" for row in by),
            "geographic": min(metres, default=math.inf) <= 3000,
            "alive": any(lives[row] for row in by),
            "service": bool(gives),
            "evidenced": bool(verified) or (bool(gives) and counted >= 3),
        }


def day(ago: int) -> str:
    """Give the day so many days before that of the report."""
    return str(AS_OF.fromordinal(AS_OF.toordinal() - ago))
