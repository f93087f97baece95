"""A month says why it is open or closed, and its rights follow: what the owner reads before anything is typed."""

from __future__ import annotations

import datetime as dt

import pytest

from field_app_schema.vocab import Role
from field_app_schema.words.sales_reports import WORDS
from stations.people.access import Caller
from stations.records.days import CHINA
from stations.records.expected import Expectation
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import SalesReport
from stations.sales.calendar.standing import Standing
from stations.sales.filing.own_months import filing_rights, month_of

POLICY = MonthlyPolicy()
OWNER = Caller(1, Role.OWNER, "431125", "/CN/43/4311/431125/", station_id=7)
TENTH = dt.datetime(2026, 7, 10, tzinfo=CHINA)
TWENTIETH = dt.datetime(2026, 7, 20, tzinfo=CHINA)


def standing(excuse: str | None = None, *, unlocked: bool = False, returned: str | None = None) -> Standing:
    return Standing(202606, Expectation(True, excuse), unlocked, returned, True)


def report(state: str, source: str = "owner") -> SalesReport:
    return SalesReport(period=202606, state=state, source=source, timeliness="on_time", version=1)


@pytest.mark.parametrize(
    ("stands", "filed", "now", "why", "rights"),
    [
        (standing(), None, dt.datetime(2026, 6, 30, tzinfo=CHINA), "not_due", ""),
        (standing(), None, dt.datetime(2026, 7, 5, tzinfo=CHINA), "open", "submit"),
        (standing(), None, TENTH, "open_late", "submit"),
        (standing(), None, TWENTIETH, "locked", ""),
        (standing(unlocked=True), None, TWENTIETH, "open_by_leave", "submit"),
        (standing(returned="accepted"), None, TENTH, "locked_by_return", ""),
        (standing(returned="sent"), None, TENTH, "open_late", "submit"),
        (standing("disaster"), None, TENTH, "excused", "submit"),
        (standing("feed"), None, TENTH, "by_feed", ""),
        (standing(), report("submitted", "feed"), TENTH, "by_feed", ""),
        (standing(), report("submitted"), TENTH, "submitted", "correct"),
        (standing(), report("submitted"), TWENTIETH, "submitted_locked", ""),
        (standing(unlocked=True), report("submitted"), TWENTIETH, "submitted_by_leave", "correct"),
        (standing(), report("returned"), TENTH, "returned", "correct"),
        (standing(), report("returned"), TWENTIETH, "returned_locked", ""),
        (standing(unlocked=True), report("returned"), TWENTIETH, "returned", "correct"),
        (standing(), report("accepted"), TENTH, "accepted", ""),
        (standing(), report("accepted"), TWENTIETH, "accepted", ""),
    ],
)
def test_every_month_says_why(
    stands: Standing, filed: SalesReport | None, now: dt.datetime, why: str, rights: str
) -> None:
    assert month_of(stands, filed, now=now, policy=POLICY).why == why
    assert f"month_why.{why}" in WORDS
    found = filing_rights(OWNER, stands, filed, now=now, policy=POLICY)
    assert found == {"may_submit": rights == "submit", "may_correct": rights == "correct"}


def test_missing_is_the_absence_of_an_owed_report_after_the_due_instant() -> None:
    due = dt.datetime(2026, 7, 6, tzinfo=CHINA)
    second = dt.timedelta(seconds=1)
    assert month_of(standing(), None, now=due - second, policy=POLICY).timeliness is None
    assert month_of(standing(), None, now=due, policy=POLICY).timeliness == "missing"
    assert month_of(standing("disaster"), None, now=due, policy=POLICY).timeliness is None
    assert month_of(standing(), report("submitted"), now=due, policy=POLICY).timeliness == "on_time"


def test_a_county_may_correct_what_a_feed_sent() -> None:
    county = Caller(2, Role.COUNTY, "431125", "/CN/43/4311/431125/")
    found = filing_rights(county, standing(), report("submitted", "feed"), now=TENTH, policy=POLICY)
    assert found == {"may_submit": False, "may_correct": True}
