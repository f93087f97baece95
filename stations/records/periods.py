"""Months as the reports count them: the whole number yyyymm, written «202606»; days and instants are those of China."""

from __future__ import annotations

import datetime as dt
import re

from field_app_schema.refusals import Refusal
from stations.records.days import day_in_china, start_of_day

_WRITTEN = re.compile(r"(19|20|21)[0-9]{2}(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(19|20|21)[0-9]{2}")
_QUARTER = re.compile(r"((?:19|20|21)[0-9]{2})Q([1-4])")
_LAST = re.compile(r"LAST_([0-9]{1,2})_MONTHS")
# A report is kept for good; no question needs more months at once.
MOST_MONTHS = 60


def period_of(day: dt.date) -> int:
    """Give the month a day lies in."""
    return day.year * 100 + day.month


def first_day(period: int) -> dt.date:
    """Give the month's first day."""
    return dt.date(period // 100, period % 100, 1)


def last_day(period: int) -> dt.date:
    """Give the month's last day, 29 February in a leap year."""
    return first_day(shifted(period, 1)) - dt.timedelta(days=1)


def shifted(period: int, months: int) -> int:
    """Give the month so many later (or earlier, below zero)."""
    number = (period // 100) * 12 + period % 100 - 1 + months
    return (number // 12) * 100 + number % 12 + 1


def months_between(first: int, last: int) -> list[int]:
    """Give every month from `first` to `last`, both included; none when `last` comes before."""
    return [shifted(first, step) for step in range(month_number(last) - month_number(first) + 1)]


def month_number(period: int) -> int:
    """Number the months so that they can be subtracted."""
    return (period // 100) * 12 + period % 100 - 1


def ends_at(period: int) -> dt.datetime:
    """Give the exclusive instant at which the month is over in China."""
    return start_of_day(first_day(shifted(period, 1)))


def last_ended(now: dt.datetime) -> int:
    """Give the newest month that is over."""
    return shifted(period_of(day_in_china(now)), -1)


def parse_period(text: str) -> int:
    """Read «202606»; refuses with PERIOD_UNKNOWN."""
    if not _WRITTEN.fullmatch(text):
        raise Refusal("PERIOD_UNKNOWN", period=text)
    return int(text)


def parse_periods(text: str, now: dt.datetime) -> list[int]:
    """Read months as DHIS2 writes them, oldest first: «202606», «2026», «2026Q2», several with «;», or words.

    Words are LAST_MONTH, LAST_n_MONTHS (n up to 60, ended ones only), THIS_YEAR (its ended months) and LAST_YEAR.
    Months that have not ended are left out of a year, a quarter or a word; refuses with PERIOD_UNKNOWN.
    """
    newest = last_ended(now)
    found: set[int] = set()
    for part in text.upper().split(";"):
        found |= set(_read_part(part.strip(), newest, text))
    if not found or len(found) > MOST_MONTHS:
        raise Refusal("PERIOD_UNKNOWN", period=text)
    return sorted(found)


def _read_part(part: str, newest: int, asked: str) -> list[int]:
    if _WRITTEN.fullmatch(part):
        return [int(part)]
    last = _LAST.fullmatch(part)
    if part == "LAST_MONTH" or (last and 1 <= int(last[1]) <= MOST_MONTHS):
        return months_between(shifted(newest, 1 - (int(last[1]) if last else 1)), newest)
    # «This year» is the year of the newest ended month, so that January still shows the year just ended.
    year = newest // 100
    words = {"THIS_YEAR": (year * 100 + 1, year * 100 + 12), "LAST_YEAR": (year * 100 - 99, year * 100 - 88)}
    quarter = _QUARTER.fullmatch(part)
    if quarter:
        first = int(quarter[1]) * 100 + int(quarter[2]) * 3 - 2
        words[part] = (first, first + 2)
    if _YEAR.fullmatch(part):
        words[part] = (int(part) * 100 + 1, int(part) * 100 + 12)
    if part not in words:
        raise Refusal("PERIOD_UNKNOWN", period=asked)
    first, end = words[part]
    return months_between(first, min(end, newest))


def written(period: int) -> str:
    """Write a month as «202606»."""
    return str(period)


def said(period: int) -> tuple[str, str]:
    """Say a month in Chinese and in English: «2026年10月» and «2026-10»."""
    return f"{period // 100}年{period % 100}月", f"{period // 100}-{period % 100:02d}"


def said_together(periods: list[int]) -> tuple[str, str]:
    """Say months given in order, those that follow one another as from the first to the last."""
    runs: list[list[int]] = []
    for period in periods:
        if runs and shifted(runs[-1][-1], 1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    spans = [(said(run[0]), said(run[-1]), len(run)) for run in runs]
    zh = "、".join(first[0] if n == 1 else f"{first[0]}至{last[0]}" for first, last, n in spans)
    return zh, ", ".join(first[1] if n == 1 else f"{first[1]} to {last[1]}" for first, last, n in spans)
