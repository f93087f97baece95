"""Eighteen invented months of the demonstration county: small sums, festivals, nil months, silence, slips of the pen.

Every figure follows from the station's code and the month, so the same day gives the same county. Some things are
there to be found: a station that reports though seen gone, one that wrote 元 for 万元, three with the same figures, one
that copies its last month, parcels where there is no parcel service.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from api.demonstration.stories import BEIJING
from field_app_schema.vocab_months import ReportSource
from stations.records.periods import first_day, month_number, months_between, shifted
from stations.register.entry.facts import StationFacts
from stations.sales.filing.figures import Figures, Filed

MONTHS = 18
SLIPPED, COPYING, GONE_BUT_REPORTING, NO_PARCELS = "431125V006", "431125V008", "431125V009", "431125V011"
ALIKE = frozenset({"431125V013", "431125T003", "431125T004"})
# Of each story: how many months before the newest the reports stop, for the stations one after another.
STOPS: dict[str, tuple[int, ...]] = {
    "open": (0,), "weak": (0,), "closed_once": (0, 4, 5, 0, 0, 5, 4), "closed_twice": (3, 4, 3, 5, 4, 3, 4),
    "gone": (0, 4, 5, 3, 6, 4), "long_ago": (0, 2, 0, 4, 18, 2, 0, 2), "delisted": (7,), "suspended": (1, 1),
    "never": (0, 2, 0, 18, 2, 0, 2, 18, 0, 2, 0, 18),
}  # fmt: skip
# Spring Festival, summer sales, pomelo harvest, the eleventh of November.
SEASON = (1.3, 1.4, 0.8, 0.8, 0.9, 1.1, 0.9, 0.9, 1.1, 1.5, 1.9, 1.4)


@dataclass(frozen=True)
class ToldMonth:
    """One report of a story: whose, of which month, what, from whom, and when it came."""

    code: str
    period: int
    told: Filed
    source: ReportSource
    received_at: dt.datetime


def months_of(facts: StationFacts, story: str, place: int, newest: int) -> Iterator[ToldMonth]:
    """Give the reports of a station, oldest month first; `place` counts the stations of the same story."""
    code = facts.code or ""
    stops = STOPS[story][place % len(STOPS[story])]
    kind = {"county_centre": 12.0, "township_station": 3.0}.get(facts.kind, 1.0)
    size = kind * random.Random(code).lognormvariate(0, 0.5) * (0.4 if story == "weak" else 1.0)  # noqa: S311  # told
    for period in months_between(shifted(newest, 1 - MONTHS), shifted(newest, -stops)):
        dice = random.Random(f"{code}{period}")  # noqa: S311  # told stories, not secrets
        if stops == MONTHS or dice.random() < 0.05:
            continue
        nil = code not in {SLIPPED, *ALIKE} and dice.random() < (0.2 if story in ("weak", "never") else 0.03)
        proxy = dice.random() < (0.6 if story in ("never", "long_ago") else 0.1)
        received, captured, offset = _times(period, dice, proxy)
        figures = Figures() if nil else _figures(facts, period, newest, size)
        filed = Filed(
            str(uuid.uuid5(uuid.NAMESPACE_URL, f"demonstration/{code}/{period}")), figures, is_nil=nil,
            captured_at=captured, clock_offset_s=offset, note="电话核对后代填" if proxy else None,
        )  # fmt: skip
        yield ToldMonth(code, period, filed, ReportSource.PROXY if proxy else ReportSource.OWNER, received)


def _times(period: int, dice: random.Random, proxy: bool) -> tuple[dt.datetime, dt.datetime | None, int | None]:
    """Give when it came and, from a phone, when it was filled in and how far the phone's clock was off."""
    luck = dice.random()
    day = dice.randint(1, 5) if luck < 0.86 else dice.randint(6, 8) if luck < 0.9 else dice.randint(6, 14)
    month = first_day(shifted(period, 1))
    at = dt.datetime(month.year, month.month, day, dice.randint(8, 20), dice.randint(0, 59), tzinfo=BEIJING)
    if proxy:
        return at, None, None
    # Filled in where there was no signal, sent when there was one.
    filled = at.replace(day=5) if 0.86 <= luck < 0.9 else at
    return at, filled - dt.timedelta(minutes=dice.randint(1, 40)), dice.randint(-40, 40)


def _figures(facts: StationFacts, period: int, newest: int, size: float) -> Figures:
    """Give the figures; money in whole yuan (a shop counts no fen), nothing for a service that is not offered."""
    code, services = facts.code or "", set(facts.services)
    # Those who copy: from one of their number, or from the month before.
    like = "431125V013" if code in ALIKE else code
    month = shifted(newest, -2) if code == COPYING and month_number(newest) - month_number(period) < 3 else period
    dice = random.Random(f"figures {like}{month}")  # noqa: S311  # told
    scale = (2.0 if code in ALIKE else size) * SEASON[month % 100 - 1] * dice.uniform(0.8, 1.25)
    online = 100 * int(2600 * scale) if "sale_agency" in services else None
    bought = 100 * int(3900 * scale * dice.uniform(0.7, 1.3)) if "purchase_agency" in services else None
    has_parcels = "parcel" in services or code == NO_PARCELS
    parcels = (int(210 * scale), int(24 * scale)) if has_parcels else (None, None)
    upstream = None if online is None else 100 * int(online * dice.uniform(0.2, 0.7) / 100)
    if code == SLIPPED and period == newest and online is not None:
        online *= 10_000
    if online is None and bought is None and not has_parcels:
        # Pays bills or lends a counter: none of the five figures is its business, yet it must say something.
        return Figures(purchase_agency_fen=100 * int(300 * scale))
    return Figures(online, bought, upstream, *parcels)
