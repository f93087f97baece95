"""Which facts speak for life, and how loudly; which observed states speak against it."""

from __future__ import annotations

from field_app_schema.vocab import Confidence, EvidenceKind, ObservedState
from stations.vitality.evidence import Evidence, ReportState

OPEN = frozenset({ObservedState.OPEN_OPERATING, ObservedState.OPEN_WEAKENED})
DECISIVE = frozenset({ObservedState.GONE, ObservedState.CLOSED_SIGN_REMOVED})
STRIKES = frozenset({ObservedState.CLOSED_AT_VISIT, ObservedState.OPEN_OTHER_BUSINESS, ObservedState.NOT_FOUND})
CONDEMNING = DECISIVE | STRIKES
_CLASSES = {
    EvidenceKind.SITE_VISIT: Confidence.VERIFIED,
    EvidenceKind.AUTO_FEED: Confidence.VERIFIED,
    EvidenceKind.LOGISTICS_TRACE: Confidence.VERIFIED,
    EvidenceKind.VIDEO_LINK: Confidence.VERIFIED_REMOTE,
    EvidenceKind.OWNER_REPORT: Confidence.REPORTED,
    EvidenceKind.PHONE_CALLBACK: Confidence.REPORTED,
    EvidenceKind.DOCUMENT_REVIEW: Confidence.REPORTED,
}
_COUNTED_REPORTS = frozenset({ReportState.ACCEPTED, ReportState.LOCKED})

_DISOWNED = frozenset({ReportState.RETURNED, ReportState.EXCUSED})


def voice(fact: Evidence) -> Confidence | None:
    """Return the class in which a fact speaks for life (table of F2), or None when it does not.

    A call that was answered speaks for life unless the answer was that the station is closed.
    """
    word, speaks = _CLASSES[fact.kind], fact.observed_state in OPEN
    match fact.kind:
        case EvidenceKind.AUTO_FEED:
            # Sent back, or excused by hand: the county does not believe it.
            speaks = has_activity(fact) and fact.state not in _DISOWNED
        case EvidenceKind.OWNER_REPORT:
            speaks = has_activity(fact) and fact.state in _COUNTED_REPORTS
        case EvidenceKind.LOGISTICS_TRACE:
            speaks = fact.delivered
        case EvidenceKind.PHONE_CALLBACK:
            said_nothing = fact.observed_state in (None, ObservedState.NOT_ASSESSED)
            speaks = speaks or (fact.answered is True and said_nothing)
    return word if speaks else None


def has_activity(fact: Evidence) -> bool:
    """Say whether a month's feed or report shows more than nothing."""
    return not fact.is_nil and fact.activity is not None and fact.activity > 0
