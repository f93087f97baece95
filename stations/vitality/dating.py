"""When a fact stands: days in China, months and their closing, and what is certainly after what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from field_app_schema.vocab import EvidenceKind
from stations.vitality.evidence import AlivePolicy, Evidence

# A fixed offset needs no zone files; China has had no summer time since 1991. The register lies above this room, so
# its days cannot be borrowed.
CHINA = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True)
class Moment:
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
    return [i for i, mine in enumerate(moments) if not any(is_after(other, mine) for other in moments)]


def month_of(day: dt.date) -> int:
    """Number the months, so that they can be counted."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> dt.date:
    """Return the first day of a numbered month."""
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> dt.date:
    """Return the last day of a numbered month."""
    return first_day(month + 1) - dt.timedelta(days=1)


def closes_on(month: int, policy: AlivePolicy) -> dt.date:
    """Return the day from which a month is closed: the county's due day of the next month, counted from its 00:00."""
    return first_day(month + 1).replace(day=policy.closing_day)


def last_closed(as_of: dt.date, policy: AlivePolicy) -> int:
    """Return the newest month closed on a day; the closing day itself counts as closed."""
    month = month_of(as_of) - 1
    return month if as_of >= closes_on(month, policy) else month - 1


@dataclass(frozen=True)
class Dated:
    """A fact with the earliest and the latest moment it can speak for, and the day from which it counts.

    A visit speaks for its moment. A month's feed or report speaks for some moment in the month, unknown which, and
    counts from the month's end.
    """

    fact: Evidence
    first: Moment
    last: Moment
    counts_from: dt.date


def date_fact(fact: Evidence) -> Dated | None:
    """Place a fact in time; None when it carries neither a moment nor a month."""
    given = moment(fact.at) if fact.at is not None else None
    if fact.period is None:
        return Dated(fact, given, given, given.on) if given else None
    month = month_of(fact.period)
    ended = first_day(month + 1)
    counts_from = max(ended, given.on) if given else ended
    if given and fact.kind is EvidenceKind.AUTO_FEED and month_of(given.on) == month:
        return Dated(fact, given, given, counts_from)
    return Dated(fact, Moment(first_day(month)), Moment(last_day(month)), counts_from)


def fresh_until(dated: Dated, policy: AlivePolicy) -> dt.date:
    """Return the last day on which a fact is fresh, that day included (age in days <= the window)."""
    if dated.fact.period is not None:
        # The day before enough newer months have closed.
        return closes_on(month_of(dated.fact.period) + policy.fresh_periods, policy) - dt.timedelta(days=1)
    days = {
        EvidenceKind.SITE_VISIT: policy.site_visit_days,
        EvidenceKind.LOGISTICS_TRACE: policy.logistics_trace_days,
        EvidenceKind.VIDEO_LINK: policy.video_link_days,
        EvidenceKind.PHONE_CALLBACK: policy.phone_callback_days,
        EvidenceKind.DOCUMENT_REVIEW: policy.document_review_days,
    }[dated.fact.kind]
    return dated.last.on + dt.timedelta(days=days)
