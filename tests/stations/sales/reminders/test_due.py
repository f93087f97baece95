"""Whom to remind, and when: the rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from field_app_schema.vocab_months import ReminderKind
from stations.records.expected import NOT_OWED, Expectation
from stations.records.monthly_policy import MonthlyPolicy
from stations.sales.filing.figures import Figures
from stations.sales.reminders.due import hours_of, is_to_be_reminded, last_day_on_time, reminding_on
from stations.sales.returns.coverage import Report, StationMonth

POLICY = MonthlyPolicy()
OWED = Expectation(True)
FILED = Report("submitted", "on_time", "owner", True, Figures())


@pytest.mark.parametrize(
    ("day", "reminds"),
    [
        (dt.date(2026, 11, 1), None), (dt.date(2026, 11, 2), None),
        (dt.date(2026, 11, 3), (202610, ReminderKind.BEFORE_DUE)), (dt.date(2026, 11, 4), None),
        (dt.date(2026, 11, 5), (202610, ReminderKind.DUE_DAY)), (dt.date(2026, 11, 6), None),
        (dt.date(2028, 3, 3), (202802, ReminderKind.BEFORE_DUE)), (dt.date(2027, 1, 5), (202612, ReminderKind.DUE_DAY)),
    ],
)  # fmt: skip
def test_the_third_and_the_fifth_and_no_other_day(day: dt.date, reminds: tuple[int, ReminderKind] | None) -> None:
    assert reminding_on(day, POLICY) == reminds


def test_nobody_is_reminded_of_a_month_that_has_not_ended() -> None:
    early = MonthlyPolicy(due_day=2)
    assert reminding_on(dt.date(2026, 10, 31), early) is None
    assert reminding_on(dt.date(2026, 11, 2), early) == (202610, ReminderKind.DUE_DAY)


def test_a_year_reminds_on_twenty_four_days() -> None:
    days = [dt.date(2026, 11, 1) + dt.timedelta(days=step) for step in range(365)]
    assert sum(reminding_on(day, POLICY) is not None for day in days) == 24


def test_the_day_s_hours_in_china() -> None:
    begin, end = hours_of(dt.date(2026, 11, 5))
    assert (begin, end) == (
        dt.datetime(2026, 11, 5, 0, 0, tzinfo=dt.UTC), dt.datetime(2026, 11, 5, 12, 0, tzinfo=dt.UTC),
    )  # fmt: skip
    assert last_day_on_time(202610, POLICY) == dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    ("due", "report", "mode", "is_reminded"),
    [
        (OWED, None, "form", True), (OWED, FILED, "form", False), (OWED, None, "feed", False),
        (NOT_OWED, None, "form", False), (Expectation(True, "disaster"), None, "form", False),
        (Expectation(True, "feed"), None, "form", False),
    ],
)  # fmt: skip
def test_only_who_owes_by_the_form_and_has_filed_nothing(
    due: Expectation, report: Report | None, mode: str, is_reminded: bool
) -> None:
    assert is_to_be_reminded(StationMonth(1, "JY001", "/CN/", due, report, mode)) is is_reminded
