"""Reports and months as plain values for an answer, each with what the caller may do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import SalesReport, SalesReportVersion
from stations.records.periods import written
from stations.records.tables import Station
from stations.sales.filing.figures import Figures
from stations.sales.filing.own_months import Month, own_months
from stations.sales.filing.reading import ReportLine, ReportStory, hints_for, is_in_future, names_of
from stations.sales.filing.taking_in import Taken
from stations.sales.review.rights import rights


def show_receipt(session: Session, caller: Caller, taken: Taken, *, now: dt.datetime) -> dict[str, Any]:
    """Give what a filing is answered: all of it as when it was first taken in, but for what is allowed now."""
    station, version, policy = taken.station, taken.version, monthly_policy(session)
    names = names_of(session, [version.entered_by])
    return _version(version, names, policy) | {
        "station": station.code, "period": written(taken.period), "state": "submitted",
        "hints": [hint.on_the_wire() for hint in hints_for(session, station.id, taken.period, version)],
        "permissions": rights(caller, taken.standing, taken.report, now=now, policy=policy),
    }  # fmt: skip


def show_story(session: Session, caller: Caller, story: ReportStory, *, now: dt.datetime) -> dict[str, Any]:
    """Give a report with its versions and changes."""
    policy, line = monthly_policy(session), ReportLine(story.station, story.name, story.report, story.standing)
    changes = [
        {"at": one.at, "version": one.version, "from_state": one.from_state, "to_state": one.to_state,
         "reason_code": one.reason_code, "note": one.note, "marked": one.fields, "by": story.names.get(one.by or 0)}
        for one in story.changes
    ]  # fmt: skip
    return _line(caller, line, now=now, policy=policy) | {
        "note": story.versions[-1].note, "changes": changes, "hints": [hint.on_the_wire() for hint in story.hints],
        "versions": [_version(one, story.names, policy) for one in story.versions],
    }  # fmt: skip


def show_lines(
    session: Session, caller: Caller, lines: Sequence[ReportLine], *, now: dt.datetime
) -> list[dict[str, Any]]:
    """Give the lines of a list of reports."""
    policy = monthly_policy(session)
    return [_line(caller, line, now=now, policy=policy) for line in lines]


def show_months(session: Session, caller: Caller, station: Station, *, now: dt.datetime) -> list[dict[str, Any]]:
    """Give the months of a station, newest first, each with what was filed and what may be done."""
    policy = monthly_policy(session)
    return [_month(caller, one, now, policy) for one in own_months(session, station, now=now, policy=policy)]


def _month(caller: Caller, month: Month, now: dt.datetime, policy: MonthlyPolicy) -> dict[str, Any]:
    names = ("state", "why", "timeliness", "opens_at", "asked_by", "due_at", "locks_at")
    report, expectation = month.report, month.standing.expectation
    return {name: getattr(month, name) for name in names} | {
        "period": written(month.period), "excuse": expectation.excuse, "is_expected": expectation.is_expected,
        "version": None if report is None else report.version,
        "report_state": None if report is None else report.state,
        "figures": None if report is None else _figures(report),
        "permissions": rights(caller, month.standing, report, now=now, policy=policy),
    }  # fmt: skip


def _line(caller: Caller, line: ReportLine, *, now: dt.datetime, policy: MonthlyPolicy) -> dict[str, Any]:
    report, standing = line.report, line.standing
    names = ("version", "state", "timeliness", "is_expected", "first_received_at", "changed_at")
    return _figures(report) | {name: getattr(report, name) for name in names} | {
        "station": line.station.code, "station_name": line.name, "period": written(report.period),
        "period_state": standing.state(report.state, now=now, policy=policy), "excuse": standing.expectation.excuse,
        "permissions": rights(caller, standing, report, now=now, policy=policy),
    }  # fmt: skip


def _version(version: SalesReportVersion, names: dict[int, str], policy: MonthlyPolicy) -> dict[str, Any]:
    told = ("version", "note", "reason", "timeliness", "captured_at", "received_at", "clock_offset_s")
    return _figures(version) | {name: getattr(version, name) for name in told} | {
        "captured_in_future": is_in_future(version, policy), "entered_by": names.get(version.entered_by or 0),
    }  # fmt: skip


def _figures(row: SalesReport | SalesReportVersion) -> dict[str, Any]:
    return {**Figures.of(row).on_the_wire(), "is_nil": row.is_nil, "source": row.source}
