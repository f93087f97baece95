"""One dated event of a station's history, turned into the alive rule's records."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.records.days import start_of_day
from stations.records.monthly_policy import MonthlyPolicy
from stations.survival.histories.lines import Line
from stations.vitality.evidence import Evidence, ListingFact, Obligation, ReportState, StationFacts
from stations.vitality.monthly import without_late_openings


class Event(StrEnum):
    """What may have happened; docs/survival-file.md says what each means, and a test that it says so."""

    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DELISTED = "delisted"
    MERGED = "merged"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    SEEN_OPEN = "seen_open"
    SEEN_WEAKENED = "seen_weakened"
    SEEN_CLOSED = "seen_closed"
    OTHER_BUSINESS = "other_business"
    NOT_FOUND = "not_found"
    SIGN_REMOVED = "sign_removed"
    GONE = "gone"
    VIDEO_OPEN = "video_open"
    VIDEO_WEAKENED = "video_weakened"
    PHONE_ANSWERED = "phone_answered"
    DOCUMENTS_OPEN = "documents_open"
    PARCELS_DELIVERED = "parcels_delivered"
    REPORT_ACTIVE = "report_active"
    REPORT_NIL = "report_nil"
    REPORT_EXCUSED = "report_excused"
    FEED_ACTIVE = "feed_active"
    FEED_NIL = "feed_nil"
    OWES_FROM = "owes_from"
    OWES_UNTIL = "owes_until"


_STATUSES = {
    Event.ACCEPTED: ListingStatus.ACTIVE, Event.RESUMED: ListingStatus.ACTIVE,
    Event.SUSPENDED: ListingStatus.SUSPENDED, Event.DELISTED: ListingStatus.DELISTED,
    Event.MERGED: ListingStatus.MERGED, Event.PROPOSED: ListingStatus.PROPOSED,
    Event.REJECTED: ListingStatus.REJECTED,
}  # fmt: skip
_visit = partial(Evidence, kind=EvidenceKind.SITE_VISIT)
_video = partial(Evidence, kind=EvidenceKind.VIDEO_LINK)
_LOOKS: dict[Event, Callable[..., Evidence]] = {
    Event.SEEN_OPEN: partial(_visit, observed_state=ObservedState.OPEN_OPERATING),
    Event.SEEN_WEAKENED: partial(_visit, observed_state=ObservedState.OPEN_WEAKENED),
    Event.SEEN_CLOSED: partial(_visit, observed_state=ObservedState.CLOSED_AT_VISIT),
    Event.OTHER_BUSINESS: partial(_visit, observed_state=ObservedState.OPEN_OTHER_BUSINESS),
    Event.NOT_FOUND: partial(_visit, observed_state=ObservedState.NOT_FOUND),
    Event.SIGN_REMOVED: partial(_visit, observed_state=ObservedState.CLOSED_SIGN_REMOVED),
    Event.GONE: partial(_visit, observed_state=ObservedState.GONE),
    Event.VIDEO_OPEN: partial(_video, observed_state=ObservedState.OPEN_OPERATING),
    Event.VIDEO_WEAKENED: partial(_video, observed_state=ObservedState.OPEN_WEAKENED),
    Event.PHONE_ANSWERED: partial(Evidence, kind=EvidenceKind.PHONE_CALLBACK, answered=True),
    Event.DOCUMENTS_OPEN: partial(
        Evidence, kind=EvidenceKind.DOCUMENT_REVIEW, observed_state=ObservedState.OPEN_OPERATING
    ),
    Event.PARCELS_DELIVERED: partial(Evidence, kind=EvidenceKind.LOGISTICS_TRACE),
}
_report = partial(Evidence, kind=EvidenceKind.OWNER_REPORT)
_feed = partial(Evidence, kind=EvidenceKind.AUTO_FEED)
_MONTHS: dict[Event, Callable[..., Evidence]] = {
    Event.REPORT_ACTIVE: partial(_report, activity=Decimal(1)),
    Event.REPORT_NIL: partial(_report, is_nil=True),
    Event.REPORT_EXCUSED: partial(_report, state=ReportState.EXCUSED),
    Event.FEED_ACTIVE: partial(_feed, activity=Decimal(1)),
    Event.FEED_NIL: partial(_feed, is_nil=True),
}
_MONTH = re.compile(r"\d{4}-?\d{2}")


def facts_of_events(lines: Sequence[Line], known_at: dt.datetime | None) -> StationFacts:
    """Turn the events of one station into facts; decisions of one day keep the order of the file.

    What came to be known later than `known_at` is sifted by the rule itself, but for what was owed, which is left out
    here. Faults are noted with their lines.
    """
    evidence: list[Evidence] = []
    listing: list[ListingFact] = []
    owed: list[tuple[dt.date, bool, Line]] = []
    for number, line in enumerate(lines):
        event = line.word("event", Event)
        if line.fields.get("date") is None:
            line.wrong("date", "事件缺少日期", "an event needs its date")
        known, withdrawn = _instant(line, "known_on"), _instant(line, "withdrawn_on")
        if event is None or line.fields.get("date") is None:
            continue
        if event in _MONTHS:
            month = _month(line)
            if month is not None:
                evidence.append(_MONTHS[event](line.path, period=month, recorded_at=known, withdrawn_at=withdrawn))
            continue
        day = line.day("date")
        if day is None:
            continue
        if event in _LOOKS:
            evidence.append(_LOOKS[event](line.path, at=day, recorded_at=known, withdrawn_at=withdrawn))
        elif event in _STATUSES:
            listing.append(ListingFact(line.path, _STATUSES[event], day, line.text("reason"), line.text("successor"),
                                       known, number))  # fmt: skip
        elif known is None or known_at is None or known <= known_at:
            owed.append((day, event is Event.OWES_FROM, line))
        if withdrawn is not None and event not in _LOOKS:
            line.wrong("withdrawn_on", "只有检查和月报可以撤回", "only visits, calls and reports can be withdrawn")
    due = without_late_openings(_obligations(owed), MonthlyPolicy().excused_if_opened_after_day)
    return StationFacts(tuple(evidence), tuple(listing), tuple(due))


def _obligations(told: list[tuple[dt.date, bool, Line]]) -> list[Obligation]:
    found: list[Obligation] = []
    begun: dt.date | None = None
    for day, begins, line in sorted(told, key=lambda one: one[0]):
        if begins and begun is None:
            begun = day
        elif not begins and begun is not None:
            found.append(Obligation(begun, day))
            begun = None
        else:
            line.wrong("event", "应报起止不成对", "owes_from and owes_until do not alternate")
    return found if begun is None else [*found, Obligation(begun)]


def _month(line: Line) -> dt.date | None:
    """Read the month a report is of, written as a month or as any day in it."""
    if _MONTH.fullmatch(line.text("date") or ""):
        return line.month("date")
    day = line.day("date")
    return day and day.replace(day=1)


def _instant(line: Line, key: str) -> dt.datetime | None:
    at = line.day_or_instant(key)
    return at if at is None or isinstance(at, dt.datetime) else start_of_day(at)
