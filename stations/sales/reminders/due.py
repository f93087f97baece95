"""Whom to remind of a month, and when: pure rules of instants, the policy and what was due (F4, C3).

Two days before the last day on time, and on that day; between 08:00 and 20:00 in China; once each; only a station that
owes, has no excuse, reports by the form and has filed nothing. After the last day nobody is reminded.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from field_app_schema.vocab_months import ReminderKind
from stations.records.days import CHINA, day_in_china, start_of_day
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.periods import period_of, said, shifted
from stations.sales.calendar.deadlines import due_at, opens_at
from stations.sales.feeds.modes import FEED
from stations.sales.returns.coverage import StationMonth

DAYS_BEFORE = 2
# Nobody's telephone rings at night.
FIRST_HOUR, LAST_HOUR = 8, 20


class Reminding(NamedTuple):
    """Of which month to remind today, in which way."""

    period: int
    kind: ReminderKind


def reminding_on(day: dt.date, policy: MonthlyPolicy) -> Reminding | None:
    """Say of which month a day in China reminds; None on every other day."""
    for period in (shifted(period_of(day), -1), period_of(day)):
        last = last_day_on_time(period, policy)
        if day == last:
            return Reminding(period, ReminderKind.DUE_DAY)
        if day == last - dt.timedelta(days=DAYS_BEFORE) and start_of_day(day) >= opens_at(period, policy):
            return Reminding(period, ReminderKind.BEFORE_DUE)
    return None


def last_day_on_time(period: int, policy: MonthlyPolicy) -> dt.date:
    """Give the last day in China on which the month's report is on time."""
    return day_in_china(due_at(period, policy)) - dt.timedelta(days=1)


def hours_of(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Give the instants between which a day's reminders go out: 08:00, and 20:00 exclusive."""
    begin, end = (dt.datetime.combine(day, dt.time(hour), tzinfo=CHINA) for hour in (FIRST_HOUR, LAST_HOUR))
    return begin, end


def is_to_be_reminded(month: StationMonth) -> bool:
    """Say whether a station's month is one to remind of: owed, not excused, by the form, nothing came."""
    return month.is_missing and month.mode != FEED


def written_day(day: dt.date) -> str:
    """Write a day as it is said: «11月5日»."""
    return f"{day.month}月{day.day}日"


def written_month(period: int) -> str:
    """Write a month as it is said: «2026年10月»; the word «月报» follows it."""
    return said(period)[0]
