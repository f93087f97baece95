"""Facts of visits, built by name: an honest visit to JY001, and what a test changes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from inspections.plausibility.grounds.facts import Clock, Fix, Neighbour, PhotoFacts, Use, VisitFacts
from inspections.plausibility.grounds.thresholds import POLICY
from inspections.plausibility.reasons import reasons_for

DAY = dt.date(2026, 11, 20)
NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
STATION = (111.3420, 25.2710)
A, B, C = "a" * 64, "b" * 64, "c" * 64


def ago(**by: float) -> dt.datetime:
    """Give an instant so long before noon of the day in China."""
    return NOON - dt.timedelta(**by)


def clock(claimed: dt.datetime = NOON, **changes: Any) -> Clock:
    """Give the clock of a visit that was heard of at noon, signed an hour before and received five minutes after."""
    told = {"no_later_than": NOON + dt.timedelta(minutes=5), "wall": claimed, "signed_at": ago(hours=1),
            "device": 1} | changes  # fmt: skip
    return Clock(claimed, **told)


def fix(lon: float = 111.3420, lat: float = 25.2711, **changes: Any) -> Fix:
    """Give a fix eleven metres from the station, good to twelve."""
    told: dict[str, Any] = {"accuracy_m": 12.0, "age_s": 3.0, "provider": "browser"}
    return Fix(lon, lat, **told | changes)


def photo(**changes: Any) -> PhotoFacts:
    return PhotoFacts(**{"sha256": A, "taken_at": ago(minutes=5)} | changes)


def use(**changes: Any) -> Use:
    told: dict[str, Any] = {"visit": "v1", "station": "JY002", "same_station": False, "same_inspector": True,
                            "is_earlier": True, "on": dt.date(2026, 9, 3)}  # fmt: skip
    return Use(**told | changes)


def near(**changes: Any) -> Neighbour:
    """Give another visit by the same person, the day before at JY002."""
    yesterday = clock(ago(days=1), no_later_than=ago(hours=23), signed_at=ago(days=1, hours=1))
    told: dict[str, Any] = {"visit": "v1", "station": "JY002", "station_point": (111.3900, 25.3600),
                            "clock": yesterday}  # fmt: skip
    return Neighbour(**told | changes)


def visit(**changes: Any) -> VisitFacts:
    told: dict[str, Any] = {"visit": "v0", "station": "JY001", "clock": clock(), "fix": fix(),
                            "station_point": STATION, "sign_wording": "national", "photos": (photo(),)}  # fmt: skip
    return VisitFacts(**told | changes)


def codes(facts: VisitFacts) -> list[str]:
    return [one.code for one in reasons_for(facts, POLICY)]


def figures(facts: VisitFacts, code: str) -> dict[str, Any]:
    """Give the figures of the one reason with this code."""
    (found,) = [one for one in reasons_for(facts, POLICY) if one.code == code]
    return found.figures
