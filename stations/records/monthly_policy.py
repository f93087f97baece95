"""The thresholds of the monthly report, read from the policy rule `monthly_report`; where none is loaded, proposals."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from stations.policy.tables import PolicyRule

CODE = "monthly_report"


@dataclass(frozen=True, slots=True)
class MonthlyPolicy:
    """Three separate numbers of the data set (due, lock, open-ahead) and the graces around them (F4, C1).

    Days are days of the month after the reported one, each the last on which the thing can still be done.
    """

    # 商办建函〔2020〕144号 binds the county: «每月5日前将上月份»; read as the 5th included.
    due_day: int = 5
    # What owners are asked for, and reminded of; later until `due_day` is still on time.
    asked_day: int = 3
    lock_day: int = 15
    # How many days before the month's end a report may already be filed.
    open_ahead_days: int = 0
    late_sync_hours: int = 72
    clock_tolerance_minutes: int = 5
    excused_if_opened_after_day: int = 20
    resubmission_keeps_first_received_at: bool = True


def monthly_policy(session: Session) -> MonthlyPolicy:
    """Give the thresholds in force; parameters the rule does not name keep the proposed value."""
    row = session.get(PolicyRule, CODE)
    if row is None:
        return MonthlyPolicy()
    known = {field.name for field in fields(MonthlyPolicy)}
    return MonthlyPolicy(**{name: value for name, value in row.parameters.items() if name in known})
