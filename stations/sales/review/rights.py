"""All that the caller may do with a station's month: what the screens hide or offer."""

from __future__ import annotations

import datetime as dt

from stations.people.access import Caller, may
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import SalesReport
from stations.sales.calendar.standing import Standing
from stations.sales.filing.own_months import filing_rights
from stations.sales.review.deciding import permissions


def rights(
    caller: Caller, standing: Standing, report: SalesReport | None, *, now: dt.datetime, policy: MonthlyPolicy
) -> dict[str, bool]:
    """Give may_submit, may_correct, may_accept, may_return, may_excuse and may_unlock."""
    review = {"may_accept": False, "may_return": False}
    if report is not None and may(caller, "report.review"):
        review = permissions(caller, report, standing)
    return filing_rights(caller, standing, report, now=now, policy=policy) | review | {
        "may_excuse": may(caller, "report.excuse") and standing.expectation.is_expected,
        "may_unlock": may(caller, "report.unlock") and not standing.is_open(now=now, policy=policy),
    }  # fmt: skip
