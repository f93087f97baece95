"""When a month opens, is due and locks, and how timely a report is: pure functions of instants and the policy (F4).

All instants are exclusive ends in China's civil time: due_day 5 means that 23:59:59 on the 5th is in time and 00:00 on
the 6th is not. Holidays move nothing (the notices are silent).
"""

from __future__ import annotations

import datetime as dt

from field_app_schema.vocab_months import ReportState, Timeliness
from stations.records.days import end_of_day
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.periods import ends_at, first_day, shifted


def opens_at(period: int, policy: MonthlyPolicy) -> dt.datetime:
    """Give the instant from which a month can be reported: its end, earlier by the open-ahead days."""
    return ends_at(period) - dt.timedelta(days=policy.open_ahead_days)


def due_at(period: int, policy: MonthlyPolicy) -> dt.datetime:
    """Give the exclusive instant until which a report is on time."""
    return _end_of_next_months(period, policy.due_day)


def asked_by(period: int, policy: MonthlyPolicy) -> dt.datetime:
    """Give the exclusive instant until which owners are asked to report; nothing depends on it but the asking."""
    return _end_of_next_months(period, policy.asked_day)


def locks_at(period: int, policy: MonthlyPolicy) -> dt.datetime:
    """Give the exclusive instant until which a month can be filed or corrected without a lock exception."""
    return _end_of_next_months(period, policy.lock_day)


def timeliness(
    period: int,
    *,
    captured_at: dt.datetime,
    received_at: dt.datetime,
    clock_offset_s: int | None,
    policy: MonthlyPolicy,
) -> Timeliness:
    """Say how timely a report is: received before the due instant is on time, whatever the phone's clock says.

    Captured before it and received within the grace after it is `late_sync`, if the phone's clock stood within the
    tolerance of the server's at the sync; an unknown clock (None: no phone was used) has no grace.
    """
    due = due_at(period, policy)
    if received_at < due:
        return Timeliness.ON_TIME
    tolerance_s = policy.clock_tolerance_minutes * 60
    clock_is_right = clock_offset_s is not None and abs(clock_offset_s) <= tolerance_s
    in_grace = received_at <= due + dt.timedelta(hours=policy.late_sync_hours)
    if captured_at < due and in_grace and clock_is_right:
        return Timeliness.LATE_SYNC
    return Timeliness.LATE


def state_on(
    period: int,
    *,
    stored: ReportState | None,
    is_excused: bool,
    is_unlocked: bool,
    return_stands: bool,
    now: dt.datetime,
    policy: MonthlyPolicy,
) -> ReportState:
    """Say where an owed month stands: the stored state of its report (None: none yet), seen with clock and excuses.

    Locked from the lock instant on, or once the county's return has been accepted; a lock exception opens it again.
    An excused month with a report shows the report.
    """
    if now < opens_at(period, policy):
        return ReportState.NOT_DUE
    if stored is None and is_excused:
        return ReportState.EXCUSED
    if (now >= locks_at(period, policy) or return_stands) and not is_unlocked:
        return ReportState.LOCKED
    return stored or ReportState.OPEN


def _end_of_next_months(period: int, day: int) -> dt.datetime:
    return end_of_day(first_day(shifted(period, 1)).replace(day=day))
