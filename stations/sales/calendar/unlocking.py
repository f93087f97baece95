"""Leave to file or correct a locked month: given from above the county, for a reason and a time, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller, in_scope, require_inside
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.months import LockException
from stations.records.periods import ends_at, written
from stations.records.tables import Station
from stations.sales.calendar.standing import ancestors
from stations.units.tables import OrgUnit

MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Leave:
    """A lock exception as it is shown: for a unit, or for one station (then `unit_code` is that of its village)."""

    id: int
    unit_code: str
    unit_name: str
    station: str | None
    period: str
    reason: str
    granted_by: str | None
    granted_at: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    # Neither expired nor revoked at the asked instant.
    stands: bool


def grant(
    session: Session, caller: Caller, unit: OrgUnit | None, station: Station | None, period: int, *, reason: str,
    expires_at: dt.datetime, now: dt.datetime,
) -> Leave:  # fmt: skip
    """Give leave for a month of a unit, or of one station, inside the caller's scope; exactly one of the two is given.

    Refuses with OUT_OF_SCOPE, PERIOD_NOT_ENDED and EXCEPTION_EXPIRY (at once or later than 90 days from now).
    """
    code, path = _place(unit, station)
    require_inside(caller, path)
    if now < ends_at(period):
        raise Refusal("PERIOD_NOT_ENDED", period=written(period))
    if not now < expires_at <= now + dt.timedelta(days=MOST_DAYS):
        raise Refusal("EXCEPTION_EXPIRY", most_days=MOST_DAYS)
    given = LockException(
        unit_code=code, unit_path=path, station_id=None if station is None else station.id, period=period,
        reason=reason, granted_by=caller.account_id, granted_at=now, expires_at=expires_at,
    )  # fmt: skip
    session.add(given)
    session.flush()
    after = {"unit": code, "station": None if station is None else station.code, "period": written(period)}
    note_act(session, caller, "report.unlock", "lock_exception", str(given.id), now=now, reason=reason,
             after=after | {"expires_at": expires_at.isoformat()})  # fmt: skip
    return _told(session, [LockException.id == given.id], now=now)[0]


def revoke(session: Session, caller: Caller, exception_id: int, *, now: dt.datetime) -> None:
    """Take leave back from now on; what was filed under it stands. Refuses with EXCEPTION_UNKNOWN."""
    row = LockException
    asked = select(row).where(row.id == exception_id, row.revoked_at.is_(None), in_scope(caller, row.unit_path))
    found = session.scalars(asked.with_for_update()).one_or_none()
    if found is None:
        raise Refusal("EXCEPTION_UNKNOWN")
    found.revoked_at = now
    note_act(session, caller, "report.unlock", "lock_exception", str(found.id), now=now,
             before={"unit": found.unit_code, "period": written(found.period)}, after={"revoked": True})  # fmt: skip


def list_leaves(
    session: Session, caller: Caller, *, periods: Collection[int] | None, now: dt.datetime, offset: int, limit: int
) -> tuple[list[Leave], int]:
    """Give a page of the leave that concerns the caller's scope, also given to a unit above it, newest first."""
    conditions = [_concerns(caller)]
    if periods is not None:
        conditions.append(LockException.period.in_(periods))
    total = session.scalar(select(func.count(LockException.id)).where(*conditions)) or 0
    return _told(session, conditions, now=now, offset=offset, limit=limit), total


def _place(unit: OrgUnit | None, station: Station | None) -> tuple[str, str]:
    if station is not None:
        return station.unit_code, station.unit_path
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit_code": ["单位或站点 / a unit or a station"]})
    return unit.code, unit.path


def _concerns(caller: Caller) -> ColumnElement[bool]:
    row = LockException
    above = and_(row.station_id.is_(None), row.unit_path.in_(ancestors(caller.unit_path)))
    if caller.role is Role.OWNER:
        return or_(above, row.station_id == caller.station_id)
    return or_(above, in_scope(caller, row.unit_path))


def _told(
    session: Session, conditions: Collection[ColumnElement[bool]], *, now: dt.datetime, offset: int = 0, limit: int = 1
) -> list[Leave]:
    row = LockException
    asked = (
        select(row, OrgUnit.name, Station.code, Account.display_name)
        .join(OrgUnit, OrgUnit.code == row.unit_code)
        .outerjoin(Station, Station.id == row.station_id)
        .outerjoin(Account, Account.id == row.granted_by)
        .where(*conditions).order_by(row.id.desc()).offset(offset).limit(limit)
    )  # fmt: skip
    return [
        Leave(one.id, one.unit_code, unit, station, written(one.period), one.reason, by, one.granted_at,
              one.expires_at, one.revoked_at, one.revoked_at is None and one.expires_at > now)
        for one, unit, station, by in session.execute(asked)
    ]  # fmt: skip
