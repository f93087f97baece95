"""The last months of one station: open or closed and why, until when, how timely it was filed, and its own figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import Role
from field_app_schema.vocab_months import ExcuseReason, ReportSource, ReportState, Timeliness
from stations.people.access import Caller, may
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import SalesReport
from stations.records.periods import last_ended, months_between, shifted
from stations.records.tables import Station
from stations.sales.calendar.deadlines import asked_by, due_at, locks_at, opens_at
from stations.sales.calendar.standing import Standing, standings

# Owed months further back than this are not looked for: a station suspended for years has none to show.
FARTHEST_BACK = 36
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a station as its owner meets it; `report` None: nothing was filed."""

    period: int
    state: ReportState
    why: str
    timeliness: Timeliness | None
    opens_at: dt.datetime
    asked_by: dt.datetime
    due_at: dt.datetime
    locks_at: dt.datetime
    standing: Standing
    report: SalesReport | None


def own_months(session: Session, station: Station, *, now: dt.datetime, policy: MonthlyPolicy) -> list[Month]:
    """Give the running month and the last twelve that are owed or were filed all the same, newest first."""
    newest = last_ended(now)
    periods = months_between(shifted(newest, 1 - FARTHEST_BACK), shifted(newest, 1))
    asked = select(SalesReport).where(SalesReport.station_id == station.id, SalesReport.period.in_(periods))
    reports = {report.period: report for report in session.scalars(asked)}
    stand = standings(session, {station.id: station.unit_path}, periods, now=now)
    shown = [
        month_of(stand[station.id, period], reports.get(period), now=now, policy=policy)
        for period in reversed(periods)
        if stand[station.id, period].expectation.is_owed or period in reports
    ]
    return shown[: SHOWN + (1 if shown and shown[0].period > newest else 0)]


def month_of(standing: Standing, report: SalesReport | None, *, now: dt.datetime, policy: MonthlyPolicy) -> Month:
    """Put a month together from what the calendar and the report say; pure."""
    period = standing.period
    state = standing.state(None if report is None else report.state, now=now, policy=policy)
    timely = None if report is None else Timeliness(report.timeliness)
    if report is None and standing.expectation.is_expected and now >= due_at(period, policy):
        timely = Timeliness.MISSING
    return Month(
        period, state, why(state, standing, report, now=now, policy=policy), timely, opens_at(period, policy),
        asked_by(period, policy), due_at(period, policy), locks_at(period, policy), standing, report,
    )  # fmt: skip


def why(
    state: ReportState, standing: Standing, report: SalesReport | None, *, now: dt.datetime, policy: MonthlyPolicy
) -> str:
    """Give the word for why a month is open or closed; `month_why.<word>` is the sentence."""
    if standing.expectation.excuse == ExcuseReason.FEED or (report and report.source == ReportSource.FEED):
        return "by_feed"
    past_lock = now >= locks_at(standing.period, policy)
    if state is ReportState.LOCKED:
        return _why_locked(report, past_lock)
    if state is ReportState.SUBMITTED and past_lock:
        return "submitted_by_leave"
    if state is not ReportState.OPEN:
        return state.value
    if past_lock:
        return "open_by_leave"
    return "open_late" if now >= due_at(standing.period, policy) else "open"


def _why_locked(report: SalesReport | None, past_lock: bool) -> str:
    """Say first what became of a report: that it is locked matters less to who filed it."""
    if report is None:
        return "locked" if past_lock else "locked_by_return"
    return "accepted" if report.state == ReportState.ACCEPTED else f"{report.state}_locked"


def filing_rights(
    caller: Caller, standing: Standing, report: SalesReport | None, *, now: dt.datetime, policy: MonthlyPolicy
) -> dict[str, bool]:
    """Say whether the caller may file the month now, or correct what was filed."""
    by_feed = report.source == ReportSource.FEED if report else standing.expectation.excuse == ExcuseReason.FEED
    is_open = (
        may(caller, "report.file") and standing.has_begun and standing.is_open(now=now, policy=policy)
        and not (by_feed and caller.role is Role.OWNER)
    )  # fmt: skip
    correctable = report is not None and report.state != ReportState.ACCEPTED
    return {"may_submit": is_open and report is None, "may_correct": is_open and correctable}
