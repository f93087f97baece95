"""The months of an owner's own station, whole, for the phone that keeps them; and the tag that tells whether to ask."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from field_app_schema.vocab_months import ReportState
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.records.periods import written
from stations.records.tables import Station, StationVersion
from stations.sales.calendar.standing import first_period
from stations.sales.review.showing import show_months


def my_months(session: Session, caller: Caller, *, now: dt.datetime) -> dict[str, Any]:
    """Give an owner's months as `show_months` does, newest first, each with its note and, while it waits, its return.

    `tag` changes exactly when anything of it does, also when only the clock moved a month on; the day it was asked
    (`as_of`) is no part of it. Refuses with NOT_ALLOWED who is no owner, STATION_UNKNOWN an owner without a station.
    """
    if caller.role is not Role.OWNER:
        raise Refusal("NOT_ALLOWED")
    station, name = _own_station(session, caller)
    months = show_months(session, caller, station, now=now)
    filed = [int(month["period"]) for month in months if month["version"] is not None]
    notes, returned = _notes(session, station.id, filed), _returns(session, station.id, filed)
    for month in months:
        month["note"] = notes.get(month["period"])
        month["returned"] = returned.get(month["period"])
    begun = first_period(session, station.unit_path)
    told = {
        "station": {"code": station.code, "name": name or station.code},
        "first_period": None if begun is None else written(begun), "months": months,
    }  # fmt: skip
    seen = json.dumps(told, default=str, ensure_ascii=False, sort_keys=True)
    return told | {"tag": hashlib.sha256(seen.encode()).hexdigest()[:32], "as_of": day_in_china(now)}


def months_tag(session: Session, caller: Caller, *, now: dt.datetime) -> str | None:
    """Give the tag of the caller's months as they stand now; None for who has no station of the own."""
    if caller.role is not Role.OWNER or caller.station_id is None:
        return None
    tag: str = my_months(session, caller, now=now)["tag"]
    return tag


def _own_station(session: Session, caller: Caller) -> tuple[Station, str | None]:
    asked = (
        select(Station, StationVersion.name).outerjoin(StationVersion, StationVersion.id == Station.version_id)
        .where(Station.id == caller.station_id, in_scope(caller, Station.unit_path, Station.id))
    )  # fmt: skip
    found = session.execute(asked).one_or_none()
    if found is None:
        raise Refusal("STATION_UNKNOWN")
    return found[0], found[1]


def _notes(session: Session, station_id: int, periods: Collection[int]) -> dict[str, str | None]:
    """Give the note of the newest version of each month."""
    report, version = SalesReport, SalesReportVersion
    asked = (
        select(report.period, version.note)
        .join(version, (version.report_id == report.id) & (version.version == report.version))
        .where(report.station_id == station_id, report.period.in_(periods))
    )
    return {written(period): note for period, note in session.execute(asked)}


def _returns(session: Session, station_id: int, periods: Collection[int]) -> dict[str, dict[str, Any]]:
    """Give why the county sent a month back, for the months that wait to be mended."""
    report, change = SalesReport, ReportStateChange
    asked = (
        select(report.period, change).join(change, change.report_id == report.id)
        .where(report.station_id == station_id, report.period.in_(periods), report.state == ReportState.RETURNED,
               change.to_state == ReportState.RETURNED)
        .order_by(change.id)
    )  # fmt: skip
    # The newest stands last and is kept.
    return {
        written(period): {"at": one.at, "reason_code": one.reason_code, "note": one.note, "marked": list(one.fields)}
        for period, one in session.execute(asked)
    }
