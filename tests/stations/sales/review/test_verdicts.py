"""What may be accepted or returned, by state, author, the county's return and leave given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.sales.review.verdicts import Reviewed, may_not_accept, may_not_return

JIANG, LI = 4, 9
STATES = st.sampled_from(["submitted", "returned", "accepted"])
REPORTS = st.builds(
    Reviewed, STATES, st.sampled_from(["owner", "proxy", "import", "feed"]), st.sampled_from([JIANG, LI, None]),
    st.sampled_from([None, "sent", "returned", "accepted"]), st.booleans(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "source", "by", "return_state", "unlocked", "accept", "send_back"),
    [
        ("submitted", "owner", 1, None, False, None, None),
        ("submitted", "feed", None, None, False, None, None),
        ("submitted", "proxy", JIANG, None, False, "REPORT_OWN_PROXY", None),
        ("submitted", "import", JIANG, None, False, "REPORT_OWN_PROXY", None),
        ("submitted", "proxy", LI, None, False, None, None),
        # The county's return went up while this one was unread: it joins the next version of the return.
        ("submitted", "owner", 1, "sent", False, None, None),
        # The county's return sums what feeds reported, accepted or not.
        ("submitted", "feed", None, "sent", False, None, "REPORT_RETURN_SENT"),
        ("submitted", "feed", None, "sent", True, None, None),
        ("submitted", "owner", 1, "accepted", False, "PERIOD_LOCKED", "PERIOD_LOCKED"),
        ("submitted", "owner", 1, "accepted", True, None, None),
        ("accepted", "owner", 1, None, False, None, None),
        ("accepted", "owner", 1, "sent", False, None, "REPORT_RETURN_SENT"),
        ("accepted", "owner", 1, "accepted", False, None, "REPORT_RETURN_SENT"),
        ("accepted", "owner", 1, "sent", True, None, None),
        # The province handed the county's return back.
        ("accepted", "owner", 1, "returned", False, None, None),
        ("returned", "owner", 1, None, False, "REPORT_STATE", "REPORT_STATE"),
    ],
)  # fmt: skip
def test_what_the_county_may_decide(
    state: str, source: str, by: int | None, return_state: str | None, unlocked: bool, accept: str | None,
    send_back: str | None,
) -> None:  # fmt: skip
    report = Reviewed(state, source, by, return_state, unlocked)
    assert (may_not_accept(report, JIANG), may_not_return(report)) == (accept, send_back)


@settings(derandomize=True, deadline=None)
@given(REPORTS)
def test_leave_given_never_takes_a_right_away(report: Reviewed) -> None:
    opened = Reviewed(report.state, report.source, report.entered_by, report.return_state, is_unlocked=True)
    if may_not_accept(report, JIANG) is None:
        assert may_not_accept(opened, JIANG) is None
    if may_not_return(report) is None:
        assert may_not_return(opened) is None


@settings(derandomize=True, deadline=None)
@given(REPORTS)
def test_nobody_accepts_what_they_entered_for_somebody(report: Reviewed) -> None:
    if report.state == "submitted" and report.source in ("proxy", "import"):
        assert (may_not_accept(report, report.entered_by)) == "REPORT_OWN_PROXY"
