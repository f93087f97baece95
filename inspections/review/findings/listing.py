"""Findings as staff read them, within their scope."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from field_app_schema.refusals import Refusal
from inspections.review.tables import Finding
from inspections.visits.tables import Inspection
from stations.people.access import Caller, in_scope
from stations.people.tables import Account
from stations.records.days import start_of_day
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class FindingWish:
    """Which findings; `is_open` None: standing and withdrawn ones; `since`: found on this day or later."""

    unit: str | None = None
    kind: str | None = None
    is_open: bool | None = True
    since: dt.date | None = None
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True)
class FindingLine:
    """One finding with its station, its place, its visit and who approved it."""

    id: int
    kind: str
    rule: str | None
    details: dict[str, Any]
    station_code: str
    station_name: str
    county: str
    township: str
    inspection_id: str
    captured_at: dt.datetime
    created_at: dt.datetime
    created_by: str | None
    withdrawn_at: dt.datetime | None


def list_findings(session: Session, caller: Caller, wish: FindingWish) -> tuple[list[FindingLine], int]:
    """Give a page of the findings in scope, newest first, and how many there are; refuses with UNIT_UNKNOWN."""
    county, township = aliased(OrgUnit), aliased(OrgUnit)
    wanted = _wanted(session, caller, wish)
    f, s, v, i = Finding, Station, StationVersion, Inspection
    total = session.scalar(select(func.count(f.id)).join(s, s.id == f.station_id).where(*wanted))
    rows = session.execute(
        select(f, s.code, v.name, county.name, township.name, i.captured_at, Account.display_name)
        .join(s, s.id == f.station_id).join(i, i.id == f.inspection_id).outerjoin(v, v.id == s.version_id)
        .outerjoin(county, county.code == func.substr(s.unit_code, 1, 6))
        .outerjoin(township, township.code == func.substr(s.unit_code, 1, 9))
        .outerjoin(Account, Account.id == f.created_by)
        .where(*wanted).order_by(f.created_at.desc(), f.id.desc()).offset(wish.offset).limit(wish.limit)
    )  # fmt: skip
    return [
        FindingLine(row.id, row.kind, row.rule_code, row.details, code, name or code, in_county or "",
                    in_township or "", row.inspection_id, captured_at, row.created_at, by, row.withdrawn_at)
        for row, code, name, in_county, in_township, captured_at, by in rows
    ], total or 0  # fmt: skip


def _wanted(session: Session, caller: Caller, wish: FindingWish) -> list[ColumnElement[bool]]:
    found = [in_scope(caller, Station.unit_path, Station.id)]
    if wish.unit is not None:
        asked = session.get(OrgUnit, wish.unit)
        if asked is None:
            raise Refusal("UNIT_UNKNOWN", errors={"ou": ["没有这个行政区划 / no such unit"]}, unit=wish.unit)
        found.append(Station.unit_path.like(f"{asked.path}%"))
    if wish.kind is not None:
        found.append(Finding.kind == wish.kind)
    if wish.is_open is not None:
        found.append(Finding.withdrawn_at.is_(None) if wish.is_open else Finding.withdrawn_at.is_not(None))
    if wish.since is not None:
        found.append(Finding.created_at >= start_of_day(wish.since))
    return found
