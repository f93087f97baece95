"""The facts the alive rule reads, as plain records: seen, decided and owed, and the thresholds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from field_app_schema.vocab import Confidence, EvidenceKind, ListingStatus, ObservedState, Vitality


class ReportState(StrEnum):
    """How far a month's report has come, as far as the rule cares; a lock keeps what was accepted."""

    ACCEPTED = "accepted"
    LOCKED = "locked"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    EXCUSED = "excused"


class Reason(StrEnum):
    """Why the rule answered so; the sentences are in the words of this area."""

    NOT_ACCEPTED = "not_accepted"
    REJECTED = "rejected"
    DELISTED = "delisted"
    MERGED = "merged"
    SUSPENDED = "suspended"
    GONE_SEEN = "gone_seen"
    SIGN_REMOVED_SEEN = "sign_removed_seen"
    TWO_STRIKES = "two_strikes"
    ONE_STRIKE = "one_strike"
    ONE_STRIKE_BUT_FRESH = "one_strike_but_fresh"
    SEEN_OPEN = "seen_open"
    SEEN_WEAKENED = "seen_weakened"
    FEED_ACTIVE = "feed_active"
    PARCELS_DELIVERED = "parcels_delivered"
    VIDEO_OPEN = "video_open"
    VIDEO_WEAKENED = "video_weakened"
    OWNER_REPORTED = "owner_reported"
    PHONE_ANSWERED = "phone_answered"
    DOCUMENTS_SAY_OPEN = "documents_say_open"
    SILENT = "silent_periods"
    LONG_SILENT = "long_silent_periods"
    EVIDENCE_STALE = "evidence_stale"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True)
class AlivePolicy:
    """Every threshold of alive rule v1; all are proposals of this product, so all are data (domain model F2)."""

    rule_version: str = "v1"
    site_visit_days: int = 180
    logistics_trace_days: int = 90
    video_link_days: int = 120
    phone_callback_days: int = 60
    document_review_days: int = 30
    # A feed or report stays fresh while its month is among this many last closed ones.
    fresh_periods: int = 2
    strike_gap_days: int = 7
    dormant_periods: int = 3
    presumed_dead_periods: int = 6
    # A month closes at 00:00 in China on this day of the next month, when the county's return is overdue.
    closing_day: int = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """One dated fact about a station.

    `at` is an aware instant or, where only the day is known, a date in China. Reports and feeds name their month by its
    first day in `period`; a feed whose `at` lies inside the month gives the instant of its last activity there.
    `activity` is orders or money above nothing. `answered` is asked of a phone call only, `delivered` of a trace only.
    """

    id: str
    kind: EvidenceKind
    at: dt.datetime | dt.date | None = None
    observed_state: ObservedState | None = None
    observer: str | None = None
    period: dt.date | None = None
    activity: Decimal | None = None
    is_nil: bool = False
    state: ReportState = ReportState.ACCEPTED
    answered: bool | None = None
    delivered: bool = True
    recorded_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ListingFact:
    """One decision on the listing; `sequence` orders decisions of the same day."""

    id: str
    to: ListingStatus
    effective_on: dt.date
    reason_code: str | None = None
    successor: str | None = None
    recorded_at: dt.datetime | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Obligation:
    """Days on which a station owes monthly reports, both ends included; a month it touches is expected."""

    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class StationFacts:
    """All that is on file about one station; the order of the tuples means nothing."""

    evidence: tuple[Evidence, ...] = ()
    listing: tuple[ListingFact, ...] = ()
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule's answer, what it rests on, and the next day on which it changes if nothing new is learnt.

    `detail` keeps the reason code of a delisting or suspension; `frozen_reason` says why the state stood so when the
    station was suspended; `counted_at` names the successor at which a merged station is counted, once.
    """

    vitality: Vitality
    confidence: Confidence | None
    reason: Reason
    evidence_ids: tuple[str, ...] = ()
    next_change_on: dt.date | None = None
    detail: str | None = None
    frozen_reason: Reason | None = None
    counted_at: str | None = None
