"""Accept many reports of a month at once: what was accepted, what stood already, what could not be and why.

However many stations there are, the statements are few; the stations stay locked until the transaction ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import REFUSALS, Refusal
from field_app_schema.vocab_months import ReportState
from stations.batches import in_batches
from stations.people.access import Caller, in_scope, require_inside
from stations.people.tables import AuditEvent
from stations.records.months import ReportStateChange, SalesReport
from stations.records.periods import written
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.sales.calendar.standing import standings
from stations.sales.review.verdicts import Reviewed, may_not_accept
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality


@dataclass(frozen=True, slots=True)
class AcceptWish:
    """Which reports of a month: those of a unit, or of the stations named by code; never both.

    `all_or_none`: one that cannot be accepted keeps all from it. `dry_run` stores nothing and answers alike.
    """

    period: int
    unit_code: str | None = None
    codes: Sequence[str] = ()
    all_or_none: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A station whose report cannot be accepted, and why."""

    station: str
    code: str
    zh: str
    en: str


@dataclass
class AcceptSummary:
    """How many reports were (or would be) accepted, how many were already, and which could not be, by station code."""

    dry_run: bool
    imported: int = 0
    ignored: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Report:
    id: int
    station_id: int
    station: str
    unit_path: str
    version: int
    state: str
    source: str
    entered_by: int | None


def accept_many(session: Session, caller: Caller, wish: AcceptWish, *, now: dt.datetime) -> AcceptSummary:
    """Accept every submitted report asked for that this caller may accept.

    Stations of a unit that have not reported are passed over, those named have a conflict. Refuses with UNIT_UNKNOWN,
    OUT_OF_SCOPE, and with REPORT_STATE where all or none was asked and one cannot be accepted; its details hold the
    summary that a trial would have given.
    """
    if not wish.dry_run:
        next_revision(session)
    stations = _stations(session, caller, wish)
    reports = _reports(session, stations, wish.period)
    summary = AcceptSummary(wish.dry_run, conflicts=_absent(wish, reports, stations))
    accepted = _sort(session, caller, reports, summary, wish.period, now=now)
    summary.conflicts.sort(key=lambda one: one.station)
    if wish.all_or_none and summary.conflicts:
        accepted = []
    summary.imported = len(accepted)
    if wish.dry_run:
        return summary
    if wish.all_or_none and summary.conflicts:
        raise Refusal("REPORT_STATE", summary=as_plain(summary))
    _write(session, caller, accepted, wish.period, now)
    return summary


def as_plain(summary: AcceptSummary) -> dict[str, Any]:
    """Give the summary as plain values."""
    told = [{"station": one.station, "code": one.code, "zh": one.zh, "en": one.en} for one in summary.conflicts]
    return {"imported": summary.imported, "ignored": summary.ignored, "conflicts": told, "dry_run": summary.dry_run}


def _stations(session: Session, caller: Caller, wish: AcceptWish) -> dict[int, tuple[str, str]]:
    """Give code and unit path by id, locked in the order of their ids unless it is only a trial."""
    asked = select(Station.id, Station.code, Station.unit_path).where(in_scope(caller, Station.unit_path, Station.id))
    if wish.unit_code is not None:
        unit = session.get(OrgUnit, wish.unit_code)
        if unit is None:
            raise Refusal("UNIT_UNKNOWN", unit=wish.unit_code)
        require_inside(caller, unit.path)
        asks = [asked.where(Station.unit_path.like(f"{unit.path}%"))]
    else:
        asks = [asked.where(Station.code.in_(some)) for some in in_batches(sorted(set(wish.codes)))]
    found: dict[int, tuple[str, str]] = {}
    for one in asks:
        ordered = one.order_by(Station.id)
        rows = session.execute(ordered if wish.dry_run else ordered.with_for_update(key_share=True))
        found |= {id_: (code, path) for id_, code, path in rows}
    return found


def _reports(session: Session, stations: dict[int, tuple[str, str]], period: int) -> list[_Report]:
    row, found = SalesReport, list[_Report]()
    columns = select(row.id, row.station_id, row.version, row.state, row.source, row.entered_by)
    for ids in in_batches(list(stations)):
        asked = columns.where(row.station_id.in_(ids), row.period == period).order_by(row.station_id)
        found += [
            _Report(id_, station_id, *stations[station_id], version, state, source, by)
            for id_, station_id, version, state, source, by in session.execute(asked)
        ]
    return found


def _absent(wish: AcceptWish, reports: Iterable[_Report], stations: dict[int, tuple[str, str]]) -> list[Conflict]:
    known, reported = {code for code, _ in stations.values()}, {one.station for one in reports}
    return [
        _conflict(code, "REPORT_UNKNOWN" if code in known else "STATION_UNKNOWN")
        for code in sorted(set(wish.codes) - reported)
    ]


def _sort(
    session: Session, caller: Caller, reports: Sequence[_Report], summary: AcceptSummary, period: int, *,
    now: dt.datetime,
) -> list[_Report]:  # fmt: skip
    """Give those to accept; count those accepted before, and name those that cannot be."""
    months = standings(session, {one.station_id: one.unit_path for one in reports}, [period], now=now)
    chosen: list[_Report] = []
    for one in reports:
        month = months[one.station_id, period]
        seen = Reviewed(one.state, one.source, one.entered_by, month.return_state, month.is_unlocked)
        why_not = may_not_accept(seen, caller.account_id)
        if why_not is not None:
            summary.conflicts.append(_conflict(one.station, why_not))
        elif one.state == ReportState.ACCEPTED:
            summary.ignored += 1
        else:
            chosen.append(one)
    return chosen


def _write(session: Session, caller: Caller, accepted: Sequence[_Report], period: int, now: dt.datetime) -> None:
    if not accepted:
        return
    to, before = ReportState.ACCEPTED.value, ReportState.SUBMITTED.value
    for some in in_batches(accepted):
        which = SalesReport.id.in_([one.id for one in some])
        session.execute(update(SalesReport).where(which).values(state=to, changed_at=now))
    session.execute(insert(ReportStateChange), [
        {"report_id": one.id, "version": one.version, "from_state": before, "to_state": to, "fields": [],
         "by": caller.account_id, "at": now}
        for one in accepted
    ])  # fmt: skip
    session.execute(insert(AuditEvent), [
        {"at": now, "actor_id": caller.account_id, "action": "report.accept", "object_kind": "sales_report",
         "object_id": f"{one.station}/{written(period)}", "before": {"state": before, "version": one.version},
         "after": {"state": to}}
        for one in accepted
    ])  # fmt: skip
    refresh_vitality(session, [one.station_id for one in accepted], now=now)


def _conflict(station: str, code: str) -> Conflict:
    return Conflict(station, code, REFUSALS[code].zh, REFUSALS[code].en)
