"""Which station owes a report for which month, and what excuses it: one pure rule, and the cache that follows it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ExcuseReason
from stations.batches import in_batches
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import PeriodExcuse, SalesReport
from stations.records.periods import first_day, last_day
from stations.records.tables import ReportingObligation


class Interval(NamedTuple):
    """Days on which a station owes reports, both included; None is without end."""

    starts_on: dt.date
    ends_on: dt.date | None


class Expectation(NamedTuple):
    """What is due of a station for a month: owed or not, and the reason that takes it out of the denominator."""

    is_owed: bool
    excuse: str | None = None

    @property
    def is_expected(self) -> bool:
        """Say whether the month stands in the denominator."""
        return self.is_owed and self.excuse is None


NOT_OWED = Expectation(False)


def expectation(period: int, owed: Iterable[Interval], excuse: str | None, policy: MonthlyPolicy) -> Expectation:
    """Say whether a month is owed (an interval touches it) and what excuses it: a granted reason, or a late opening.

    A station that began (again) after the 20th and owed nothing earlier in the month is excused (F4 [proposal]).
    """
    first, last = first_day(period), last_day(period)
    touching = [one for one in owed if one.starts_on <= last and (one.ends_on is None or one.ends_on >= first)]
    if not touching:
        return NOT_OWED
    if excuse is not None:
        return Expectation(True, excuse)
    opened = min(one.starts_on for one in touching)
    late = opened >= first and opened.day > policy.excused_if_opened_after_day
    return Expectation(True, ExcuseReason.OPENED_LATE if late else None)


def expectations(
    session: Session, station_ids: Sequence[int], periods: Collection[int]
) -> dict[tuple[int, int], Expectation]:
    """Give what is due, by (station, month), of the stations and months asked for; what is not owed is absent."""
    policy = monthly_policy(session)
    found: dict[tuple[int, int], Expectation] = {}
    for ids in in_batches(station_ids):
        owed = _intervals(session, ids)
        excuses = _excuses(session, ids, periods)
        for station_id, intervals in owed.items():
            for period in periods:
                due = expectation(period, intervals, excuses.get((station_id, period)), policy)
                if due.is_owed:
                    found[station_id, period] = due
    return found


def renew_expected(session: Session, station_ids: Sequence[int]) -> None:
    """Let `is_expected` of the stations' reports follow their obligations and excuses, which have just changed."""
    row = SalesReport
    for ids in in_batches(station_ids):
        session.flush()
        columns = select(row.id, row.station_id, row.period, row.is_expected)
        cached = [tuple(one) for one in session.execute(columns.where(row.station_id.in_(ids)))]
        due = expectations(session, ids, sorted({period for _, _, period, _ in cached}))
        wrong: dict[bool, list[int]] = defaultdict(list)
        for id_, station_id, period, before in cached:
            now_so = due.get((station_id, period), NOT_OWED).is_expected
            if now_so != before:
                wrong[now_so].append(id_)
        for now_so, report_ids in wrong.items():
            for some in in_batches(report_ids):
                session.execute(update(row).where(row.id.in_(some)).values(is_expected=now_so))


def _intervals(session: Session, ids: Sequence[int]) -> dict[int, list[Interval]]:
    row = ReportingObligation
    found: dict[int, list[Interval]] = defaultdict(list)
    asked = select(row.station_id, row.starts_on, row.ends_on)
    for station_id, start, end in session.execute(asked.where(row.station_id.in_(ids), row.superseded_at.is_(None))):
        found[station_id].append(Interval(start, end))
    return found


def _excuses(session: Session, ids: Sequence[int], periods: Collection[int]) -> dict[tuple[int, int], str]:
    row = PeriodExcuse
    asked = select(row.station_id, row.period, row.reason_code).where(
        row.station_id.in_(ids), row.period.in_(periods), row.withdrawn_at.is_(None)
    )
    return {(station_id, period): reason for station_id, period, reason in session.execute(asked)}
