"""Invented lives of stations: when accepted, what was reported month by month, what visits saw, how it ended.

The same number gives the same life. The mix: four stations in five live on; the others are delisted, suspended, or fall
silent, seen or unseen. Of the months a living station owes, 8 % are missing; one report in eight is late.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from stations.records.periods import first_day, last_day, month_number, months_between, shifted

LIVES = 4999
NEWEST = 202610
SEEN = ("open_operating",) * 7 + ("open_weakened", "closed_at_visit", "not_found")
HOSTS = ("shop",) * 6 + ("village_committee", "supply_coop", "post", "cooperative", "other")
OPERATORS = ("供销合作社", "邮政公司", "瑶都电商公司", "乐村淘服务公司", None)


@dataclass
class Life:
    """One life; rows are ready for the tables, without the station's id."""

    number: int
    accepted_on: dt.date
    host_type: str
    operator: str | None
    is_subsidised: bool
    mode: str
    fate: str
    ended_on: dt.date | None = None
    listing: str = "active"
    vitality: tuple[str, str | None, str] = ("alive", "reported", "owner_reported")
    last_alive_on: dt.date | None = None
    dead_by_on: dt.date | None = None
    months: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    excuses: list[dict[str, Any]] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)

    @property
    def owes_until(self) -> dt.date | None:
        """Give the last day that is owed: a suspension pauses from the next month on."""
        if self.ended_on is None or self.fate == "silent":
            return None
        return last_day(_month(self.ended_on)) if self.fate == "suspended" else self.ended_on


def live(number: int, months: int) -> Life:
    """Invent the life with this number over the newest so many months."""
    dice = random.Random(f"life {number}")
    oldest = shifted(NEWEST, 1 - months)
    accepted = dt.date(2016, 1, 1) + dt.timedelta(days=dice.randrange(7 * 365))
    if dice.random() < 0.12:
        accepted = first_day(shifted(oldest, dice.randrange(1, min(28, months - 1)))) + dt.timedelta(
            days=dice.randrange(28)
        )
    life = Life(number, accepted, dice.choice(HOSTS), dice.choice(OPERATORS), dice.random() < 0.6,
                "feed" if dice.random() < 0.04 else "form",
                dice.choices(("lives", "delisted", "suspended", "silent"), (80, 8, 3, 9))[0])  # fmt: skip
    begun = max(oldest, _month(accepted))
    if life.fate != "lives":
        left = month_number(NEWEST) - month_number(begun)
        life.ended_on = first_day(shifted(begun, dice.randrange(1, left + 1))) + dt.timedelta(days=dice.randrange(28))
    last = NEWEST if life.ended_on is None else _month(life.ended_on)
    _report(life, months_between(begun, last), dice)
    _visit(life, dice)
    _end(life, dice)
    return life


def _report(life: Life, periods: list[int], dice: random.Random) -> None:
    size, often_nil, by_proxy = dice.lognormvariate(12, 1.2), dice.random() < 0.1, dice.random() < 0.1
    for period in periods:
        luck = dice.random()
        if life.mode == "feed" or luck < 0.005:
            reason = "feed" if life.mode == "feed" else "disaster"
            life.excuses.append({"life": life.number, "period": period, "reason_code": reason})
        if luck < 0.08:
            continue
        nil = dice.random() < (0.3 if often_nil else 0.02)
        money = [None if nil else int(size * dice.uniform(0.5, 1.6) * share) for share in (1, 2.5, 0.4)]
        parcels = [None if nil else dice.randrange(1, 900), None if nil else dice.randrange(200)]
        source = "feed" if life.mode == "feed" else dice.choices(
            ("owner", "proxy", "import"), (15, 80, 5) if by_proxy else (92, 5, 3))[0]  # fmt: skip
        timely = dice.choices(("on_time", "late_sync", "late"), (86, 1, 13))[0]
        day = dice.randrange(1, 6) if timely == "on_time" else dice.randrange(6, 9 if timely == "late_sync" else 15)
        received = dt.datetime.combine(first_day(shifted(period, 1)), dt.time(2), dt.UTC) + dt.timedelta(days=day - 1)
        states = ("accepted", "submitted", "returned")
        life.months.append({
            "life": life.number, "period": period, "version": 2 if dice.random() < 0.03 else 1,
            "state": dice.choices(states, (50, 45, 5) if period == NEWEST else (985, 10, 5))[0],
            "timeliness": timely, "has_activity": not nil, "is_nil": nil, "source": source,
            "online_sales_out_fen": money[0], "purchase_agency_fen": money[1], "upstream_sales_fen": money[2],
            "parcels_in": parcels[0], "parcels_out": parcels[1], "first_received_at": received,
        })  # fmt: skip
        if not nil:
            life.last_alive_on = last_day(period)


def _visit(life: Life, dice: random.Random) -> None:
    until = life.ended_on or last_day(NEWEST)
    span = max(1, (until - max(life.accepted_on, dt.date(2023, 1, 1))).days)
    for _ in range(dice.choices(range(5), (30, 30, 20, 12, 8))[0]):
        on = until - dt.timedelta(days=dice.randrange(span))
        state = dice.choice(SEEN)
        life.visits.append(_seen(life, on, state, dice.choice(("site_visit",) * 6 + ("video_link", "phone_callback"))))
        if state.startswith("open"):
            life.last_alive_on = max(on, life.last_alive_on or on)


def _seen(life: Life, on: dt.date, state: str, kind: str) -> dict[str, Any]:
    at = dt.datetime.combine(on, dt.time(3), dt.UTC)
    return {"life": life.number, "observed_at": at, "observed_state": state, "evidence_kind": kind}


def _end(life: Life, dice: random.Random) -> None:
    _move(life, "proposed", "active", life.accepted_on, "accepted")
    if life.ended_on is None:
        if not any(row["period"] >= shifted(NEWEST, -2) for row in life.months):
            life.vitality = ("dormant", "inferred", "silent")
        return
    if life.fate in ("delisted", "suspended"):
        life.listing = life.fate
        _move(life, "active", life.fate, life.ended_on, "closed" if life.fate == "delisted" else "repair")
    if life.fate == "delisted":
        life.vitality, life.dead_by_on = ("dead", None, "delisted"), life.ended_on
    elif life.fate == "suspended":
        life.vitality = ("dormant", "inferred", "suspended")
    elif dice.random() < 0.66:
        seen_on = min(life.ended_on + dt.timedelta(days=dice.randrange(20, 200)), last_day(NEWEST))
        life.visits.append(_seen(life, seen_on, "gone", "site_visit"))
        life.vitality, life.dead_by_on = ("dead", "verified", "gone_seen"), seen_on
    else:
        silent = month_number(NEWEST) - month_number(_month(life.ended_on))
        long = silent >= 12
        life.vitality = ("presumed_dead" if long else "dormant", "inferred", "long_silent" if long else "silent")


def _move(life: Life, before: str, to: str, on: dt.date, reason: str) -> None:
    life.moves.append({"life": life.number, "from_status": before, "to_status": to, "effective_on": on,
                       "reason_code": reason})  # fmt: skip


def _month(day: dt.date) -> int:
    return day.year * 100 + day.month
