"""Accept a report, or return it to its owner with the reason and the fields to look at: one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportField, ReportState, ReturnReason
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.months import ReportStateChange, SalesReport
from stations.records.periods import written
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.register.lookup.reading import find_station
from stations.sales.calendar.standing import Standing, standing_of
from stations.sales.filing.writing import held_report
from stations.sales.review.verdicts import Reviewed, may_not_accept, may_not_return
from stations.vitality.refreshing import refresh_vitality


@dataclass(frozen=True, slots=True)
class Returning:
    """Why a report goes back: the reason, a sentence, and the figures to look at."""

    reason_code: ReturnReason
    note: str | None = None
    fields: Sequence[ReportField] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A report after the county's decision, and whether the decision changed it."""

    station: Station
    report: SalesReport
    standing: Standing
    is_new: bool


def accept_report(
    session: Session, caller: Caller, code: str, period: int, seen_version: int | None, *, now: dt.datetime
) -> Decided:
    """Accept a station's submitted month; one accepted already is given as it stands.

    `seen_version` None: whichever version stands. Refuses with STATION_UNKNOWN, REPORT_UNKNOWN, CONFLICT_VERSION,
    REPORT_STATE, REPORT_OWN_PROXY and PERIOD_LOCKED (see `verdicts`).
    """
    station, report, standing = _to_decide(session, caller, code, period, seen_version, now=now)
    refuse(may_not_accept(reviewed(report, standing), caller.account_id), report)
    if report.state == ReportState.ACCEPTED:
        return Decided(station, report, standing, is_new=False)
    _change(session, caller, station, report, ReportState.ACCEPTED, None, now=now)
    return Decided(station, report, standing, is_new=True)


def return_report(
    session: Session, caller: Caller, code: str, period: int, seen_version: int | None, why: Returning, *,
    now: dt.datetime,
) -> Decided:  # fmt: skip
    """Send a station's submitted or accepted month back to its owner, who sees the reason and the fields marked.

    Refuses as `accept_report` does, and with REPORT_RETURN_SENT where the county has sent its sum upwards.
    """
    station, report, standing = _to_decide(session, caller, code, period, seen_version, now=now)
    refuse(may_not_return(reviewed(report, standing)), report)
    _change(session, caller, station, report, ReportState.RETURNED, why, now=now)
    return Decided(station, report, standing, is_new=True)


def reviewed(report: SalesReport, standing: Standing) -> Reviewed:
    """Give what the verdicts ask of a report and its month."""
    return Reviewed(report.state, report.source, report.entered_by, standing.return_state, standing.is_unlocked)


def permissions(caller: Caller, report: SalesReport, standing: Standing) -> dict[str, bool]:
    """Say what a reviewer may do next with a report."""
    seen = reviewed(report, standing)
    acceptable = report.state == ReportState.SUBMITTED and may_not_accept(seen, caller.account_id) is None
    return {"may_accept": acceptable, "may_return": may_not_return(seen) is None}


def refuse(code: str | None, report: SalesReport) -> None:
    """Raise the refusal of that code, if there is one, with what stands now."""
    if code is not None:
        raise Refusal(code, state=report.state, version=report.version, period=written(report.period))


def _to_decide(
    session: Session, caller: Caller, code: str, period: int, seen_version: int | None, *, now: dt.datetime
) -> tuple[Station, SalesReport, Standing]:
    next_revision(session)
    station = find_station(session, caller, code, for_change=True)
    report = held_report(session, station.id, period)
    if report is None:
        raise Refusal("REPORT_UNKNOWN", station=code, period=written(period))
    if seen_version is not None and seen_version != report.version:
        raise Refusal("CONFLICT_VERSION", seen=seen_version, current=report.version)
    return station, report, standing_of(session, station.id, station.unit_path, period, now=now)


def _change(
    session: Session, caller: Caller, station: Station, report: SalesReport, to: ReportState, why: Returning | None, *,
    now: dt.datetime,
) -> None:  # fmt: skip
    before = report.state
    report.state, report.changed_at = to.value, now
    reason, note = (None, None) if why is None else (why.reason_code.value, why.note)
    marked = [] if why is None else [field.value for field in why.fields]
    session.add(
        ReportStateChange(
            report_id=report.id, version=report.version, from_state=before, to_state=to.value, reason_code=reason,
            note=note, fields=marked, by=caller.account_id, at=now,
        )
    )  # fmt: skip
    note_act(
        session, caller, "report.accept" if why is None else "report.return", "sales_report",
        f"{station.code}/{written(report.period)}", now=now, before={"state": before, "version": report.version},
        after={"state": to.value}, reason=reason,
    )  # fmt: skip
    session.flush()
    refresh_vitality(session, [station.id], now=now)
