"""Fetch what the months say of stations: reports and feeds as they stood, excuses that stood, and what was owed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind
from field_app_schema.vocab_months import ExcuseReason, ReportSource
from stations.records.monthly_policy import monthly_policy
from stations.records.months import PeriodExcuse, ReportStateChange, SalesReport, SalesReportVersion
from stations.records.obligations import standing
from stations.records.periods import ends_at, first_day, period_of, shifted
from stations.records.tables import ReportingObligation
from stations.vitality.evidence import Evidence, Obligation, ReportState
from stations.vitality.which import Which, among

# The rule asks whether there was more than nothing, never how much.
SOMETHING = Decimal(1)
# By the stored word: looked up, not built, for every month of every station passes here.
_STATES = {state.value: state for state in ReportState}
_KINDS = {source.value: EvidenceKind.OWNER_REPORT for source in ReportSource} | {
    ReportSource.FEED.value: EvidenceKind.AUTO_FEED
}
_FIGURES = ("online_sales_out_fen", "purchase_agency_fen", "upstream_sales_fen", "parcels_in", "parcels_out")

Said = tuple[int, Evidence]


class Stretch(NamedTuple):
    """Months from `since` (included) up to `until` (excluded), as first days, None without end; of feeds only."""

    since: dt.date | None = None
    until: dt.date | None = None
    feeds_only: bool = False


def months_said(session: Session, which: Which, known_at: dt.datetime | None, stretch: Stretch) -> Iterator[Said]:
    """Give (station, evidence) of every month with a report, as recorded by `known_at`."""
    asks = [_reports(which, known_at)] if known_at is None else [_reports(which, known_at), _older(which, known_at)]
    for ask in asks:
        for row in session.execute(_within(ask, stretch)):
            station_id, number, period, state, is_nil, is_active, source, received_at = row
            first, ended = _ends(period)
            # What came while the month still ran does not say when in the month the station was active.
            yield station_id, Evidence(
                f"report:{number}", _KINDS[source], received_at if received_at >= ended else None,
                None, None, first, SOMETHING if is_active else None, is_nil, _STATES[state],
            )  # fmt: skip


def excuses_said(
    session: Session, which: Which, known_at: dt.datetime | None, said: Mapping[int, Iterable[Evidence]]
) -> Iterator[Said]:
    """Give (station, evidence) of every excuse that stood; `said` are the reports already known, by station.

    Where a feed has reported, its report speaks, and not the excuse that only says why nobody filled in the form.
    """
    for station_id, number, period, reason in session.execute(_excuses(which, known_at)):
        month = first_day(period)
        if reason == ExcuseReason.FEED and any(
            one.period == month and one.kind is EvidenceKind.AUTO_FEED for one in said.get(station_id, ())
        ):
            continue
        yield station_id, Evidence(f"excuse:{number}", EvidenceKind.OWNER_REPORT, None, None, None, month,
                                   state=ReportState.EXCUSED)  # fmt: skip


def owed(session: Session, which: Which, known_at: dt.datetime | None) -> dict[int, list[Obligation]]:
    """Give from when to when each station owes reports; a month begun late is not owed, as its rate does not count it.

    So says the rule of the months: opened after the 20th, and nothing owed earlier in that month (F4).
    """
    o, found = ReportingObligation, defaultdict[int, list[Obligation]](list)
    rows = select(o.station_id, o.starts_on, o.ends_on).where(among(o.station_id, which), standing(known_at))
    for station_id, start, end in session.execute(rows):
        found[station_id].append(Obligation(start, end))
    late_from = monthly_policy(session).excused_if_opened_after_day
    return {station_id: without_late_openings(several, late_from) for station_id, several in found.items()}


def without_late_openings(obligations: Sequence[Obligation], late_from: int) -> list[Obligation]:
    """Let an obligation that begins after the day `late_from` of a month otherwise not owed begin with the next."""
    found = []
    for one in obligations:
        month = one.starts_on.replace(day=1)
        begins = one.starts_on
        earlier = any(other.starts_on < begins and (other.ends_on or begins) >= month for other in obligations)
        if begins.day > late_from and not earlier:
            begins = first_day(shifted(begins.year * 100 + begins.month, 1))
        if one.ends_on is None or begins <= one.ends_on:
            found.append(Obligation(begins, one.ends_on))
    return found


@cache
def _ends(period: int) -> tuple[dt.date, dt.datetime]:
    """Give the first day of the month and the instant at which it is over."""
    return first_day(period), ends_at(period)


def _reports(which: Which, known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    """Ask for the reports as they stand; as known at an instant, those that have not changed since."""
    r = SalesReport
    rows: Select[*tuple[Any, ...]] = select(
        r.station_id, r.id, r.period, r.state, r.is_nil, r.has_activity, r.source, r.first_received_at
    ).where(among(r.station_id, which))
    return rows if known_at is None else rows.where(r.changed_at <= known_at)


def _older(which: Which, known_at: dt.datetime) -> Select[*tuple[Any, ...]]:
    """Ask for the reports that have changed since: the newest version received by then, in the state it had then."""
    r, v, c = SalesReport, SalesReportVersion, ReportStateChange
    newest = select(func.max(v.version)).where(v.report_id == r.id, v.received_at <= known_at)
    state = select(c.to_state).where(c.report_id == r.id, c.at <= known_at).order_by(c.at.desc(), c.id.desc()).limit(1)
    is_active = or_(*(func.coalesce(getattr(v, figure), 0) > 0 for figure in _FIGURES))
    return (
        select(
            r.station_id, r.id, r.period, func.coalesce(state.scalar_subquery(), ReportState.SUBMITTED.value),
            v.is_nil, is_active, v.source, r.first_received_at,
        )
        .join(v, and_(v.report_id == r.id, v.version == newest.correlate(r).scalar_subquery()))
        .where(among(r.station_id, which), r.first_received_at <= known_at, r.changed_at > known_at)
    )  # fmt: skip


def _within(rows: Select[*tuple[Any, ...]], stretch: Stretch) -> Select[*tuple[Any, ...]]:
    r = SalesReport
    if stretch.since is not None:
        rows = rows.where(r.period >= period_of(stretch.since))
    if stretch.until is not None:
        rows = rows.where(r.period < period_of(stretch.until))
    return rows.where(r.source == ReportSource.FEED) if stretch.feeds_only else rows


def _excuses(which: Which, known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    e = PeriodExcuse
    rows: Select[*tuple[Any, ...]] = select(e.station_id, e.id, e.period, e.reason_code)
    rows = rows.where(among(e.station_id, which))
    if known_at is None:
        return rows.where(e.withdrawn_at.is_(None))
    return rows.where(e.recorded_at <= known_at, or_(e.withdrawn_at.is_(None), e.withdrawn_at > known_at))
