"""The reporting rates of a unit: by month, by child unit or down to its stations, now or as known at an instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportSource
from stations.people.access import Caller
from stations.records.frames import frame_of, unit_asked
from stations.records.periods import parse_periods, written
from stations.register.lookup.asking import check_dates
from stations.sales.rates.fetching import Months, months_of
from stations.sales.rates.naming import names_of_stations
from stations.sales.rates.owing import NOT_OWED, REASONS, Numbers
from stations.sales.rates.tallying import NAMES, NO_REPORT, SOURCES, tally
from stations.units.tables import OrgUnit

DEFINITIONS = ("reporting_rate", "reporting_rate_on_time", "nil_count", "excused_count", "proxy_share")
BY_PERIOD, BY_UNIT, BY_STATION = "period", "unit", "station"
_PLACE = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True)
class RatesQuestion:
    """Which unit (None: the caller's own) and months, one row for each of what, which page, and known when."""

    ou: str | None = None
    pe: str = "LAST_12_MONTHS"
    by: str = BY_PERIOD
    known_at: dt.datetime | None = None
    offset: int = 0
    limit: int = 100


def reporting_rates(session: Session, caller: Caller, asked: RatesQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Give one page of rows, the total over all of them, their number, and the frame.

    Rows of months in order, of units and stations by code. A station without an owed month or a report has no row.
    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, PERIOD_UNKNOWN and BAD_INPUT.
    """
    unit = unit_asked(session, caller, asked.ou)
    check_dates(None, asked.known_at, now)
    # Of an instant that has not come nothing more is known than now.
    known_at = asked.known_at if asked.known_at is not None and asked.known_at < now else None
    periods = parse_periods(asked.pe, known_at or now)
    months = months_of(session, caller, unit, periods, now=now, known_at=known_at)
    heads, group = _groups(session, unit, months, asked)
    counted = tally(months.standing, months.report, months.is_due, group, len(heads) + 1)
    total = figures(counted.sum(axis=0))
    shown = slice(asked.offset, asked.offset + asked.limit)
    rows, count = list(zip(heads, counted[: len(heads)], strict=True)), len(heads)
    if asked.by == BY_STATION:
        count = int(_told(months).sum())
    else:
        rows = rows[shown]
    return {
        "frame": frame_of(
            unit, now=now, known_at=known_at, periods=periods, definitions=DEFINITIONS, sources=total["sources"],
            unknown_share=share(total["missing"] + total["outstanding"], total["expected"]),
        ),
        "rows": [head | figures(numbers) for head, numbers in rows],
        "total": {"unit": unit.code, "name": unit.name, "station": None, "period": None} | total,
        "count": count,
    }


def figures(counted: Iterable[int]) -> dict[str, Any]:
    """Turn the counts of NAMES into the figures of an answer; a share of nothing is None."""
    n = {name: int(number) for name, number in zip(NAMES, counted, strict=True)}
    on_time, proxy = n["on_time"] + n["late_sync"], n[f"source_{ReportSource.PROXY}"]
    plain = ("owed", "expected", "excused", "actual", "on_time", "late_sync", "late", "returned", "nil", "missing",
             "outstanding", "feed", "beyond")  # fmt: skip
    return {name: n[name] for name in plain} | {
        "actual_on_time": on_time,
        "rate": share(n["actual"], n["expected"]),
        "rate_on_time": share(on_time, n["expected"]),
        "proxy": proxy,
        "proxy_share": share(proxy, n["actual"]),
        "sources": {source.value: n[f"source_{source}"] for source in SOURCES},
        "excused_by": {reason.value: n[f"excused_{reason}"] for reason in REASONS if n[f"excused_{reason}"]},
    }


def share(part: int, whole: int) -> float | None:
    """Give part / whole, not rounded, so that 9,999 of 10,000 never reads as all; None of nothing."""
    return part / whole if whole else None


def _groups(
    session: Session, unit: OrgUnit, months: Months, asked: RatesQuestion
) -> tuple[list[dict[str, Any]], Numbers]:
    """Give the heads of the rows and each cell's place among them; the place after the last is for all the rest."""
    if asked.by == BY_PERIOD:
        of_unit = {"unit": unit.code, "name": unit.name, "station": None}
        return [of_unit | {"period": written(period)} for period in months.periods], np.arange(len(months.periods))
    period = written(months.periods[0]) if len(months.periods) == 1 else None
    if asked.by == BY_UNIT:
        below = [path[len(unit.path) :].split("/", 1)[0] or unit.code for path in months.paths]
        named = _names_of_units(session, unit)
        codes = sorted(set(below))
        heads = [{"unit": code, "name": named[code], "station": None, "period": period} for code in codes]
        place = {code: number for number, code in enumerate(codes)}
        return heads, np.array([place[code] for code in below], dtype=np.int64).reshape(-1, 1)
    return _page_of_stations(session, months, asked, period)


def _page_of_stations(
    session: Session, months: Months, asked: RatesQuestion, period: str | None
) -> tuple[list[dict[str, Any]], Numbers]:
    told = _told(months)
    in_order = sorted((code, place) for place, code in enumerate(months.codes) if told[place])
    shown = in_order[asked.offset : asked.offset + asked.limit]
    ids = [int(months.ids[place]) for _, place in shown]
    names = names_of_stations(session, ids)
    group = np.full((len(months.codes), 1), len(shown), dtype=np.int64)
    heads = []
    for row, (code, place) in enumerate(shown):
        group[place] = row
        above = months.paths[place].rstrip("/").rsplit("/", 1)[-1]
        heads.append({"unit": above, "name": names.get(int(months.ids[place])), "station": code, "period": period})
    return heads, group


def _told(months: Months) -> np.ndarray:
    """Say of each station whether anything was owed of it or came from it."""
    told: np.ndarray = ((months.standing != NOT_OWED) | (months.report != NO_REPORT)).any(axis=1)
    return told


def _names_of_units(session: Session, unit: OrgUnit) -> dict[str, str]:
    rows = session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.parent_code == unit.code))
    return {row.code: row.name for row in rows} | {unit.code: unit.name}
