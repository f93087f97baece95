"""Days as the register counts them: the civil day in China, whatever the zone of the instant."""

from __future__ import annotations

import datetime as dt

# One zone, no summer time since 1991; a fixed offset needs no zone files on the machine.
CHINA = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")

# No station of the programme is older; a date before it is a slip of the pen or a phone without a clock.
EARLIEST = dt.date(1990, 1, 1)


def day_in_china(instant: dt.datetime) -> dt.date:
    """Give the civil day in China of an aware instant."""
    return instant.astimezone(CHINA).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Give the aware instant at which `day` begins in China."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=CHINA)


def end_of_day(day: dt.date) -> dt.datetime:
    """Give the aware instant at which `day` is over in China; it belongs to the next day."""
    return start_of_day(day + dt.timedelta(days=1))


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Count the Mondays to Fridays after `start` up to and including `end`; public holidays are not known here."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    odd = sum(1 for step in range(1, rest + 1) if (start + dt.timedelta(days=weeks * 7 + step)).weekday() < 5)
    return weeks * 5 + odd
