"""Invented parcels of the demonstration county: ninety days, most there within three, some late, some still under way.

A township is slow on its second leg, some villages are always late, one township has lost its vehicle, a few parcels
lie somewhere and nobody knows where. Everything follows from the village's code and the day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

DAYS = 90
CARRIERS = ("演示中通", "演示圆通", "演示韵达", "演示邮政", "演示极兔")
SLOW_TOWNSHIP, STRANDED_TOWNSHIP, STRANDED_FOR = "431125202", "431125203", 75
LATE = frozenset({"431125100242", "431125105211", "431125202220", "431125104234", "431125200211", "431125101216"})


@dataclass(frozen=True)
class Village:
    """Where parcels go: its people, its stop, the open station that hands them over, and one that serves it besides."""

    code: str
    people: int
    is_remote: bool
    stop: str | None
    station: str | None
    neighbour: str | None


@dataclass(frozen=True)
class Parcel:
    """One parcel; `station` is the code of the one that handed it over, empty for none."""

    waybill_sha256: str
    carrier: str
    village: str
    station: str
    node: str | None
    sent_on: dt.date
    township_on: dt.date | None
    arrived_on: dt.date | None


def parcels_of(villages: Sequence[Village], today: dt.date) -> Iterator[Parcel]:
    """Give every parcel sent in the ninety days that end with `today`, as far as it has come by then."""
    for village in villages:
        dice = random.Random(f"parcels {village.code}")  # noqa: S311  # told stories, not secrets
        if village.stop is None and village.station is None:
            many = dice.choice((0, 0, 2, 4, 7))
        else:
            many = min(30, 4 + int(dice.uniform(4.5, 12) * village.people / 1300))
        for number in range(many):
            yield _one(village, number, today, dice)


def _one(village: Village, number: int, today: dt.date, dice: random.Random) -> Parcel:
    ago, carrier = dice.randint(0, DAYS - 1), dice.choice(CARRIERS)
    first, second = _legs(village, ago, dice)
    is_lost, luck = dice.random() < 0.015, dice.random()
    sent = today - dt.timedelta(days=ago)
    township = sent + dt.timedelta(days=first) if first <= ago else None
    arrived = sent + dt.timedelta(days=first + second) if first + second <= ago and not is_lost else None
    station = village.station if luck < 0.75 else None
    if station is None and luck < 0.6:
        station = village.neighbour
    waybill = sha256(f"{carrier}\nDEMO{village.code}{number:03}".encode()).hexdigest()
    return Parcel(waybill, carrier, village.code, station if station and arrived else "",
                  village.stop if luck < 0.9 else None, sent, township, arrived)  # fmt: skip


def _legs(village: Village, ago: int, dice: random.Random) -> tuple[int, int]:
    """Give the days from county to township and from township to village."""
    first = dice.choices((0, 1, 2), (15, 80, 5))[0]
    second = dice.choices((0, 1, 2), (20, 70, 10))[0]
    if village.code in LATE or village.is_remote:
        second += dice.choice((1, 2, 3))
    if village.code.startswith(SLOW_TOWNSHIP):
        second += dice.choice((0, 1, 2))
    if village.code.startswith(STRANDED_TOWNSHIP) and ago < STRANDED_FOR:
        first += dice.choice((2, 3, 5))
    return first, second
