"""Take a month's report in from its owner or from the county in the owner's place; a repeat gets the first answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from field_app_schema.vocab_months import ExcuseReason, ReportSource, ReportState, ReturnState
from stations.people.access import Caller, require_inside
from stations.people.audit import note_act
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.records.periods import written
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.sales.calendar.deadlines import opens_at
from stations.sales.calendar.standing import Standing, standing_of
from stations.sales.filing.figures import Figures, Filed, check_filed, content_sha256
from stations.sales.filing.writing import held_report, write_version
from stations.vitality.refreshing import refresh_vitality


@dataclass(frozen=True, slots=True)
class Taken:
    """The version that a filing made, or had made the first time it was sent, and the report as it stands now."""

    station: Station
    period: int
    version: SalesReportVersion
    is_new: bool
    report: SalesReport
    standing: Standing


def take_in(session: Session, caller: Caller, station: Station, period: int, told: Filed, *, now: dt.datetime) -> Taken:
    """File, or correct, a station's month; the same key with the same content gives the first answer again.

    An owner files for the own station, a county in its place (`proxy`). A month that is not owed may be filed too.
    Refuses with what `check_filed` and `check_month` name, with REPORT_CONFLICT (the key has another content),
    CONFLICT_VERSION (both versions in its details), REPORT_ACCEPTED, REPORT_BY_FEED and REPORT_REASON_REQUIRED.
    """
    require_inside(caller, station.unit_path)
    if caller.role is Role.OWNER and caller.station_id != station.id:
        raise Refusal("STATION_UNKNOWN", station=station.code)
    check_filed(told)
    # A repeat waits for nobody; what is new asks again once it holds the station, for its twin may have come first.
    repeated = first_answer(session, station.id, period, told)
    if repeated is None:
        lock_station(session, station.id)
        repeated = first_answer(session, station.id, period, told)
    policy = monthly_policy(session)
    standing = standing_of(session, station.id, station.unit_path, period, now=now)
    if repeated is not None:
        held = session.get_one(SalesReport, repeated.report_id)
        return Taken(station, period, repeated, is_new=False, report=held, standing=standing)
    check_month(standing, now=now, policy=policy)
    report = held_report(session, station.id, period)
    reason = check_correction(session, caller, report, standing, told)
    source = ReportSource.OWNER if caller.role is Role.OWNER else ReportSource.PROXY
    made = write_version(
        session, report, station.id, period, told, source=source, reason=reason, entered_by=caller.account_id,
        is_expected=standing.expectation.is_expected, policy=policy, now=now,
    )  # fmt: skip
    note_act(
        session, caller, "report.file", "sales_report", f"{station.code}/{written(period)}", now=now, reason=reason,
        after={"version": made.version, "source": source.value, "is_nil": told.is_nil},
    )  # fmt: skip
    refresh_vitality(session, [station.id], now=now)
    held = session.get_one(SalesReport, made.report_id)
    return Taken(station, period, made, is_new=True, report=held, standing=standing)


def lock_station(session: Session, station_id: int) -> None:
    """Hold the register's revision and then the station's row, so that its month is written by one at a time."""
    next_revision(session)
    session.execute(select(Station.id).where(Station.id == station_id).with_for_update(key_share=True))


def first_answer(session: Session, station_id: int, period: int, told: Filed) -> SalesReportVersion | None:
    """Give the version that the same key made before, None if there is none; other content is REPORT_CONFLICT."""
    asked = select(SalesReportVersion).where(SalesReportVersion.client_uuid == told.client_uuid)
    found = session.scalars(asked).one_or_none()
    if found is not None and found.content_sha256 != content_sha256(station_id, period, told):
        raise Refusal("REPORT_CONFLICT")
    return found


def check_month(standing: Standing, *, now: dt.datetime, policy: MonthlyPolicy) -> None:
    """Refuse a month that cannot be filed now: PERIOD_NOT_ENDED, REPORTING_NOT_BEGUN or PERIOD_LOCKED."""
    period = written(standing.period)
    if now < (opens := opens_at(standing.period, policy)):
        raise Refusal("PERIOD_NOT_ENDED", period=period, opens_at=opens.isoformat())
    if not standing.has_begun:
        raise Refusal("REPORTING_NOT_BEGUN", period=period)
    if not standing.is_open(now=now, policy=policy):
        raise Refusal("PERIOD_LOCKED", period=period)


def check_correction(
    session: Session, caller: Caller, report: SalesReport | None, standing: Standing, told: Filed
) -> str | None:
    """Refuse what may not replace the report that stands; give the reason to keep with it, None for a first filing.

    A report that the county returned says by itself why it is filed again; nobody types it a second time.
    """
    if caller.role is Role.OWNER and _is_by_feed(report, standing):
        raise Refusal("REPORT_BY_FEED")
    if report is None:
        if told.seen_version is not None:
            raise Refusal("CONFLICT_VERSION", seen=told.seen_version, current=None, sent=_told(told))
        return None
    is_sent = standing.return_state in (ReturnState.SENT, ReturnState.ACCEPTED) and not standing.is_unlocked
    if report.source == ReportSource.FEED and report.state == ReportState.SUBMITTED and is_sent:
        # A feed's figures stand in the sums that were sent; the form's stand there only once accepted.
        raise Refusal("REPORT_RETURN_SENT", period=written(standing.period))
    if report.state == ReportState.ACCEPTED:
        raise Refusal("REPORT_ACCEPTED", version=report.version)
    if not told.replaces_any and told.seen_version != report.version:
        shown = {"version": report.version, "state": report.state, "is_nil": report.is_nil, "source": report.source}
        current = shown | {"values": Figures.of(report).on_the_wire(), "changed_at": report.changed_at.isoformat()}
        raise Refusal("CONFLICT_VERSION", seen=told.seen_version, current=current, sent=_told(told))
    if told.reason:
        return told.reason
    if report.state == ReportState.RETURNED:
        return _why_returned(session, report.id)
    raise Refusal("REPORT_REASON_REQUIRED", errors={"reason": ["必填 / required"]})


def _is_by_feed(report: SalesReport | None, standing: Standing) -> bool:
    if report is not None:
        return report.source == ReportSource.FEED
    return standing.expectation.excuse == ExcuseReason.FEED


def _why_returned(session: Session, report_id: int) -> str:
    row = ReportStateChange
    asked = select(row.reason_code, row.note).where(row.report_id == report_id, row.to_state == ReportState.RETURNED)
    found = session.execute(asked.order_by(row.id.desc()).limit(1)).first()
    words = () if found is None else tuple(part for part in found if part)
    return ": ".join(("returned", *words))


def _told(told: Filed) -> dict[str, object]:
    return {"values": told.figures.on_the_wire(), "is_nil": told.is_nil, "note": told.note}
