"""Let a county collect reports from a month on; who owes what follows, and what is known of life with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import UnitLevel
from stations.people.access import Caller, in_scope, require_inside
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.months import ReportingStart
from stations.records.obligations import begin_reporting
from stations.records.periods import last_ended, month_number, written
from stations.records.revision import next_revision
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality

# A month further away than this, back or ahead, is a slip: no programme is older, no plan longer.
MOST_MONTHS_BACK, MOST_MONTHS_AHEAD = 144, 13


@dataclass(frozen=True, slots=True)
class Start:
    """From which month a county collects reports, who decided it (None: the machine's operator) and when."""

    unit_code: str
    name: str
    first_period: str
    decided_by: str | None
    recorded_at: dt.datetime
    # Stations whose obligations this decision made or moved; None where it is only read.
    stations: int | None = None


def begin(session: Session, caller: Caller, county_code: str, first_period: int, *, now: dt.datetime) -> Start:
    """Let a county inside the caller's scope collect reports from a month on; asked again, nothing changes.

    Refuses with UNIT_UNKNOWN (no such county), OUT_OF_SCOPE, PERIOD_UNKNOWN (too far away) and REPORTING_BEGUN.
    """
    county = session.get(OrgUnit, county_code)
    if county is None or county.level != UnitLevel.COUNTY:
        raise Refusal("UNIT_UNKNOWN", errors={"unit_code": ["应为县级单位 / must be a county"]}, unit=county_code)
    require_inside(caller, county.path)
    check_reach(first_period, now=now)
    next_revision(session)
    known = session.get(ReportingStart, county.code)
    before = None if known is None else {"first_period": written(known.first_period)}
    changed = begin_reporting(session, county, first_period, by=caller.account_id, now=now)
    if before is None or changed or before["first_period"] != written(first_period):
        note_act(session, caller, "reporting.begin", "unit", county.code, now=now, before=before,
                 after={"first_period": written(first_period), "stations": len(changed)})  # fmt: skip
    session.flush()
    refresh_vitality(session, changed, now=now)
    stands = session.get_one(ReportingStart, county.code)
    name = None if stands.decided_by is None else session.get_one(Account, stands.decided_by).display_name
    return Start(county.code, county.name, written(first_period), name, stands.recorded_at, len(changed))


def check_reach(period: int, *, now: dt.datetime) -> None:
    """Refuse with PERIOD_UNKNOWN a month that nobody can mean."""
    ahead = month_number(period) - month_number(last_ended(now))
    if not -MOST_MONTHS_BACK <= ahead <= MOST_MONTHS_AHEAD:
        raise Refusal("PERIOD_UNKNOWN", period=written(period))


def list_starts(session: Session, caller: Caller) -> list[Start]:
    """Give the counties of the caller's scope that collect reports, by code."""
    row = ReportingStart
    asked = (
        select(row.county_code, OrgUnit.name, row.first_period, Account.display_name, row.recorded_at)
        .join(OrgUnit, OrgUnit.code == row.county_code)
        .outerjoin(Account, Account.id == row.decided_by)
        .where(in_scope(caller, OrgUnit.path))
        .order_by(row.county_code)
    )
    return [
        Start(code, name, written(first), by, recorded_at)
        for code, name, first, by, recorded_at in session.execute(asked)
    ]
