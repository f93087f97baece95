"""What the county may decide about a report as it stands: pure rules of F4, without clock or database.

Who filed for an owner, by form or workbook, never accepts it. Days play no part: after the lock day a submitted report
may still be accepted or returned, because reading it takes the county longer than the owner's days last, and an
unread report must not be frozen unread. What ends the review is the county's return: once it is sent, an accepted
report, or a feed's, is part of a sum that somebody else holds; once it is accepted above, the month is closed for good.
A lock exception opens either again. A report returned after the lock day can be filed again under one only.
"""

from __future__ import annotations

from dataclasses import dataclass

from field_app_schema.vocab_months import ReportSource, ReportState, ReturnState

# Entered by somebody else than the owner: a second pair of eyes is needed.
_FOR_SOMEBODY = (ReportSource.PROXY, ReportSource.IMPORT)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a verdict depends on: the report's state and who entered it, and whether the month is still ours.

    `return_state` is that of the county's newest return of the month, None where none was sent.
    """

    state: str
    source: str
    entered_by: int | None
    return_state: str | None
    is_unlocked: bool


def may_not_accept(report: Reviewed, reader_id: int | None) -> str | None:
    """Give the refusal of an acceptance by this reader, None if there is none.

    An accepted report may be «accepted» again, which changes nothing.
    """
    if report.state == ReportState.ACCEPTED:
        return None
    if report.state != ReportState.SUBMITTED:
        return "REPORT_STATE"
    if report.source in _FOR_SOMEBODY and report.entered_by == reader_id:
        return "REPORT_OWN_PROXY"
    return "PERIOD_LOCKED" if _is_closed(report) else None


def may_not_return(report: Reviewed) -> str | None:
    """Give the refusal of a return to the owner, None if there is none."""
    if report.state == ReportState.RETURNED:
        return "REPORT_STATE"
    if is_summed(report.state, report.source):
        sent = report.return_state in (ReturnState.SENT, ReturnState.ACCEPTED)
        return "REPORT_RETURN_SENT" if sent and not report.is_unlocked else None
    return "PERIOD_LOCKED" if _is_closed(report) else None


def is_summed(state: str, source: str) -> bool:
    """Say whether the county's return sums a report: accepted ones, and a feed's that nobody has sent back."""
    return state == ReportState.ACCEPTED or (source == ReportSource.FEED and state == ReportState.SUBMITTED)


def _is_closed(report: Reviewed) -> bool:
    return report.return_state == ReturnState.ACCEPTED and not report.is_unlocked
