"""Let ended months of feeds become reports: the sum of a station's feeds, the form excused, a version if it differs.

A form filed before gives way to the feed. A month under way is only collected. The sum is kept out of the report, with
the transactions in their table, where the month is locked, the report accepted or part of a county's return that was
sent, the county does not collect yet, or a person corrected what a feed had said (CONFLICT_VERSION).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ExcuseReason, ReportSource, ReportState, ReturnState
from stations.batches import in_batches
from stations.people.access import NOBODY
from stations.people.audit import note_act
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import LockException, PeriodExcuse, SalesReport, SalesReportVersion
from stations.records.periods import last_ended, months_between, shifted, written
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.sales.calendar.deadlines import locks_at
from stations.sales.calendar.standing import Standing, standings
from stations.sales.feeds.figures import figures_of
from stations.sales.feeds.tables import FeedTransaction
from stations.sales.filing.figures import Figures, Filed
from stations.sales.filing.taking_in import check_month
from stations.sales.filing.writing import Writing, reports_of, write_versions
from stations.vitality.refreshing import refresh_vitality

# Words kept with a version that replaces another; nobody typed them.
ADDED_LATER = "自动报送:数字有增减 / sent by feed: the sums changed"
# Months in which the daily look still expects something to do, unless they are locked.
LOOKED_BACK = 3
# Few enough that nobody waits long for the one write lock of SQLite.
STATIONS_AT_ONCE = 200
_NAMES = uuid.UUID("0f6d2a52-9d3c-5f0e-8c57-0d5a6f1b7e33")


class Outcome(StrEnum):
    """What became of a station's month after transactions arrived, or when it ended."""

    COLLECTING = "collecting"
    REPORTED = "reported"
    UNCHANGED = "unchanged"
    HELD_BACK = "held_back"


@dataclass(frozen=True, slots=True)
class MonthOutcome:
    """A station's month, what became of it, and for one held back the refusal's code."""

    station: str
    period: int
    outcome: Outcome
    code: str | None = None


def write_months(
    session: Session, stations: Mapping[int, tuple[str, str]], period: int, *, now: dt.datetime
) -> list[MonthOutcome]:
    """Write the month of the stations, given by id with code and unit path, from what their feeds sent.

    The caller has taken the register's revision and locked the stations. Vitality is refreshed here.
    """
    policy, ids = monthly_policy(session), sorted(stations)
    stands = standings(session, {id_: stations[id_][1] for id_ in ids}, [period], now=now)
    filed, sums, excused = reports_of(session, ids, period), _sums(session, ids, period), _excused(session, ids, period)
    spoken = _spoken(session, [report.id for report, _ in filed.values()])
    told: list[MonthOutcome] = []
    changed: dict[int, Writing] = {}
    for id_ in ids:
        code, report, figures = stations[id_][0], filed.get(id_, (None, None))[0], sums.get(id_)
        if figures is None:
            continue
        corrected = report is not None and report.id in spoken and report.source != ReportSource.FEED
        outcome, why = _outcome(report, figures, stands[id_, period], policy, now, is_corrected=corrected)
        told.append(MonthOutcome(code, period, outcome, why))
        if outcome is Outcome.REPORTED:
            changed[id_] = _writing(report, id_, figures, period)
    made = write_versions(session, list(changed.values()), source=ReportSource.FEED, entered_by=None, policy=policy,
                          now=now)  # fmt: skip
    for id_, version in zip(changed, made, strict=True):
        note_act(session, NOBODY, "report.feed", "sales_report", f"{stations[id_][0]}/{written(period)}", now=now,
                 after={"version": version.version, "source": ReportSource.FEED.value})  # fmt: skip
    if fresh := sorted(changed.keys() - excused):
        session.execute(insert(PeriodExcuse), [
            {"station_id": id_, "period": period, "reason_code": ExcuseReason.FEED.value, "recorded_at": now}
            for id_ in fresh
        ])  # fmt: skip
    refresh_vitality(session, sorted(changed), now=now)
    return told


def close_months(sessions: sessionmaker[Session], now: dt.datetime) -> dict[str, int]:
    """Write every ended month that feeds collected and that is still open; done again it changes nothing."""
    counted = dict.fromkeys((one.value for one in Outcome), 0)
    with reading(sessions) as session:
        open_months = _open_months(session, now)
        wanted = [(period, id_) for period in open_months for id_ in _fed(session, period)]
    for period in open_months:
        for some in in_batches([id_ for month, id_ in wanted if month == period], STATIONS_AT_ONCE):
            with writing(sessions) as session:
                next_revision(session)
                for one in write_months(session, locked(session, some), period, now=now):
                    counted[one.outcome.value] += 1
    return counted


def locked(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Lock stations in the order of their ids and give code and unit path of each."""
    asked = select(Station.id, Station.code, Station.unit_path).where(Station.id.in_(ids)).order_by(Station.id)
    return {id_: (code, path) for id_, code, path in session.execute(asked.with_for_update(key_share=True))}


def _outcome(
    report: SalesReport | None, figures: Figures, standing: Standing, policy: MonthlyPolicy, now: dt.datetime, *,
    is_corrected: bool,
) -> tuple[Outcome, str | None]:  # fmt: skip
    if report is not None and report.source == ReportSource.FEED and Figures.of(report) == figures:
        return Outcome.UNCHANGED, None
    try:
        check_month(standing, now=now, policy=policy)
    except Refusal as refusal:
        under_way = refusal.code == "PERIOD_NOT_ENDED"
        return (Outcome.COLLECTING, None) if under_way else (Outcome.HELD_BACK, refusal.code)
    if report is not None and report.state == ReportState.ACCEPTED:
        return Outcome.HELD_BACK, "REPORT_ACCEPTED"
    if report is not None and report.source == ReportSource.FEED and _is_sent(standing):
        return Outcome.HELD_BACK, "REPORT_RETURN_SENT"
    if is_corrected:
        return Outcome.HELD_BACK, "CONFLICT_VERSION"
    return Outcome.REPORTED, None


def _is_sent(standing: Standing) -> bool:
    """Say whether the county's return, which sums what feeds reported, is in somebody else's hands."""
    return standing.return_state in (ReturnState.SENT, ReturnState.ACCEPTED) and not standing.is_unlocked


def _writing(report: SalesReport | None, station_id: int, figures: Figures, period: int) -> Writing:
    version = 0 if report is None else report.version
    told = Filed(str(uuid.uuid5(_NAMES, f"{station_id}/{period}/{version + 1}")), figures)
    # Excused from the form, so it stands in no denominator (F4).
    return Writing(report, station_id, period, told, is_expected=False, reason=None if report is None else ADDED_LATER)


def _sums(session: Session, ids: Sequence[int], period: int) -> dict[int, Figures]:
    row, found = FeedTransaction, defaultdict[int, list[tuple[str, int, int]]](list)
    columns = select(row.station_id, row.kind, func.sum(row.amount_fen), func.sum(row.quantity))
    for some in in_batches(ids):
        mine = columns.where(row.station_id.in_(some), row.period == period)
        for station_id, kind, fen, pieces in session.execute(mine.group_by(row.station_id, row.kind)):
            found[station_id].append((kind, int(fen), int(pieces)))
    return {station_id: figures_of(sums) for station_id, sums in found.items()}


def _spoken(session: Session, report_ids: Sequence[int]) -> set[int]:
    """Give the reports of which some version came from a feed."""
    row, found = SalesReportVersion, set[int]()
    for some in in_batches(report_ids):
        by_feed = (row.report_id.in_(some), row.source == ReportSource.FEED.value)
        found |= set(session.scalars(select(row.report_id).where(*by_feed).distinct()))
    return found


def _excused(session: Session, ids: Sequence[int], period: int) -> set[int]:
    row, found = PeriodExcuse, set[int]()
    for some in in_batches(ids):
        standing = (row.station_id.in_(some), row.period == period, row.withdrawn_at.is_(None))
        found |= set(session.scalars(select(row.station_id).where(*standing)))
    return found


def _open_months(session: Session, now: dt.datetime) -> list[int]:
    """Give the last ended months that are not locked, or that somebody has leave to file."""
    newest, policy = last_ended(now), monthly_policy(session)
    ended = months_between(shifted(newest, 1 - LOOKED_BACK), newest)
    row = LockException
    leave = select(row.period).where(row.period.in_(ended), row.revoked_at.is_(None), row.expires_at > now)
    unlocked = set(session.scalars(leave))
    return [period for period in ended if now < locks_at(period, policy) or period in unlocked]


def _fed(session: Session, period: int) -> list[int]:
    row = FeedTransaction
    return list(session.scalars(select(row.station_id).where(row.period == period).distinct().order_by(row.station_id)))
