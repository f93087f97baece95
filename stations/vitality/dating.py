"""When a fact stands: days in China, months and their closing, and what is certainly after what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from field_app_schema.vocab import Confidence, EvidenceKind
from stations.vitality.evidence import AlivePolicy, Evidence
from stations.vitality.voice import voice

# A fixed offset needs no zone files; China has had no summer time since 1991. The register lies above this room, so
# its days cannot be borrowed.
CHINA = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = dt.timedelta(days=1)


_WINDOW_DAYS: dict[EvidenceKind, Callable[[AlivePolicy], int]] = {
    EvidenceKind.SITE_VISIT: attrgetter("site_visit_days"),
    EvidenceKind.LOGISTICS_TRACE: attrgetter("logistics_trace_days"),
    EvidenceKind.VIDEO_LINK: attrgetter("video_link_days"),
    EvidenceKind.PHONE_CALLBACK: attrgetter("phone_callback_days"),
    EvidenceKind.DOCUMENT_REVIEW: attrgetter("document_review_days"),
}


class Moment(NamedTuple):
    """A day in China, with the instant where it is known."""

    on: dt.date
    at: dt.datetime | None = None


def moment(at: dt.datetime | dt.date) -> Moment:
    """Return the moment of a date or of an aware instant."""
    if isinstance(at, dt.datetime):
        return Moment(at.astimezone(CHINA).date(), at)
    return Moment(at)


def is_after(a: Moment, b: Moment) -> bool:
    """Say whether a is certainly after b: by instant where both have one, otherwise by day; a tie is not after."""
    if a.at is not None and b.at is not None:
        return a.at > b.at
    return a.on > b.on


def latest(moments: list[Moment]) -> list[int]:
    """Return the positions of the moments that no other is certainly after."""
    if len(moments) == 1:
        return [0]
    # Whatever the instants, a moment of an earlier day has one of the last day after it.
    last = max((one.on for one in moments), default=None)
    newest = [(i, one) for i, one in enumerate(moments) if one.on == last]
    return [i for i, mine in newest if not any(is_after(other, mine) for _, other in newest)]


def month_of(day: dt.date) -> int:
    """Number the months, so that they can be counted."""
    return day.year * 12 + day.month - 1


@cache
def first_day(month: int) -> dt.date:
    """Return the first day of a numbered month."""
    return dt.date(month // 12, month % 12 + 1, 1)


@cache
def last_day(month: int) -> dt.date:
    """Return the last day of a numbered month."""
    return first_day(month + 1) - dt.timedelta(days=1)


def closes_on(month: int, policy: AlivePolicy) -> dt.date:
    """Return the day from which a month is closed: the county's due day of the next month, counted from its 00:00."""
    return _day_after(month, policy.closing_day)


@cache
def _day_after(month: int, day: int) -> dt.date:
    return first_day(month + 1).replace(day=day)


def last_closed(as_of: dt.date, policy: AlivePolicy) -> int:
    """Return the newest month closed on a day; the closing day itself counts as closed."""
    month = month_of(as_of) - 1
    return month if as_of >= closes_on(month, policy) else month - 1


class Dated(NamedTuple):
    """A fact with the earliest and the latest moment it can speak for, and the day from which it counts.

    A visit speaks for its moment. A month's feed or report speaks for some moment in the month, unknown which, and
    counts from the month's end. What speaks for life has its class in `voice` and the last day on which it is fresh,
    that day included; the others have None and the day of their last moment.
    """

    fact: Evidence
    first: Moment
    last: Moment
    counts_from: dt.date
    voice: Confidence | None
    fresh_until: dt.date


def date_fact(fact: Evidence, policy: AlivePolicy) -> Dated | None:
    """Place a fact in time; None when it carries neither a moment nor a month."""
    given = moment(fact.at) if fact.at is not None else None
    said = voice(fact)
    if fact.period is None:
        if given is None:
            return None
        return Dated(fact, given, given, given.on, said, fresh_until(fact, given, policy) if said else given.on)
    number, first, last, ended = _month_moments(fact.period)
    counts_from = ended
    if given is not None:
        if given.on > ended:
            counts_from = given.on
        elif fact.kind is EvidenceKind.AUTO_FEED and month_of(given.on) == number:
            first = last = given
    return Dated(fact, first, last, counts_from, said, _fresh_month(number, policy) if said else last.on)


@cache
def _month_moments(period: dt.date) -> tuple[int, Moment, Moment, dt.date]:
    """Give the number of a month, its first and last day, and the first day after it."""
    month = month_of(period)
    return month, Moment(first_day(month)), Moment(last_day(month)), first_day(month + 1)


def _fresh_month(month: int, policy: AlivePolicy) -> dt.date:
    """Return the day before enough newer months have closed."""
    return _day_after(month + policy.fresh_periods, policy.closing_day) - ONE_DAY


def fresh_until(fact: Evidence, last: Moment, policy: AlivePolicy) -> dt.date:
    """Return the last day on which a fact whose last moment is given is fresh (age in days <= the window)."""
    if fact.period is not None:
        return _fresh_month(month_of(fact.period), policy)
    return last.on + dt.timedelta(days=_WINDOW_DAYS[fact.kind](policy))
