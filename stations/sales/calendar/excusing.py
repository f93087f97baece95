"""Excuse months of stations, with the reason, and take it back: the month leaves the denominator and comes again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ExcuseReason, ReturnState
from stations.people.access import Caller, in_scope
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.expected import renew_expected
from stations.records.months import PeriodExcuse
from stations.records.periods import written
from stations.records.revision import next_revision
from stations.records.tables import Station, StationVersion
from stations.sales.calendar.beginning import check_reach
from stations.sales.calendar.standing import standings
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality

# What a person may decide; the other reasons the rules find by themselves.
GRANTED = (ExcuseReason.SUSPENDED, ExcuseReason.DISASTER, ExcuseReason.OTHER)


@dataclass(frozen=True, slots=True)
class Excuse:
    """An excuse with its station and who gave it (None: the rule); withdrawn ones stay."""

    id: int
    station: str
    station_name: str
    period: str
    reason_code: str
    note: str | None
    granted_by: str | None
    recorded_at: dt.datetime
    withdrawn_at: dt.datetime | None


def excuse(
    session: Session, caller: Caller, codes: Sequence[str], period: int, reason: ExcuseReason, note: str | None, *,
    now: dt.datetime,
) -> list[Excuse]:  # fmt: skip
    """Excuse one month of some stations, all or none.

    Also after the lock day, for a disaster is told late; not once the county's return has been accepted, but for a
    lock exception. Refuses with PERIOD_UNKNOWN (too far away), STATION_UNKNOWN, EXCUSE_EXISTS and PERIOD_LOCKED, the
    last three naming the stations.
    """
    check_reach(period, now=now)
    next_revision(session)
    stations = _lock(session, caller, codes)
    ids = [station.id for station in stations]
    _check_open(session, stations, period, now=now)
    standing = PeriodExcuse.withdrawn_at.is_(None)
    asked = select(PeriodExcuse.station_id).where(
        PeriodExcuse.station_id.in_(ids), PeriodExcuse.period == period, standing
    )
    if taken := set(session.scalars(asked)):
        raise Refusal("EXCUSE_EXISTS", stations=[one.code for one in stations if one.id in taken])
    made = [
        PeriodExcuse(station_id=one.id, period=period, reason_code=reason.value, note=note,
                     granted_by=caller.account_id, recorded_at=now)
        for one in stations
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    for station, row in zip(stations, made, strict=True):
        note_act(session, caller, "report.excuse", "period_excuse", str(row.id), now=now, reason=reason.value,
                 after={"station": station.code, "period": written(period)})  # fmt: skip
    _follow(session, ids, now=now)
    return _told(session, caller, [row.id for row in made])


def withdraw(session: Session, caller: Caller, excuse_id: int, *, now: dt.datetime) -> None:
    """Take an excuse back; the row stays. Refuses with EXCUSE_UNKNOWN (also one that a rule gave) and PERIOD_LOCKED."""
    next_revision(session)
    asked = (
        select(PeriodExcuse, Station).join(Station, Station.id == PeriodExcuse.station_id)
        .where(PeriodExcuse.id == excuse_id, PeriodExcuse.withdrawn_at.is_(None),
               PeriodExcuse.reason_code.in_(GRANTED), in_scope(caller, Station.unit_path, Station.id))
        .with_for_update(key_share=True, of=Station)
    )  # fmt: skip
    found = session.execute(asked).one_or_none()
    if found is None:
        raise Refusal("EXCUSE_UNKNOWN")
    row, station = found
    _check_open(session, [station], row.period, now=now)
    row.withdrawn_at = now
    note_act(session, caller, "report.excuse", "period_excuse", str(row.id), now=now,
             before={"station": station.code, "period": written(row.period), "reason_code": row.reason_code},
             after={"withdrawn": True})  # fmt: skip
    session.flush()
    _follow(session, [station.id], now=now)


def list_excuses(
    session: Session, caller: Caller, unit: OrgUnit, *, periods: Collection[int] | None, offset: int, limit: int
) -> tuple[list[Excuse], int]:
    """Give a page of the excuses of a unit, withdrawn ones too, newest first, and how many there are."""
    conditions = [Station.unit_path.like(f"{unit.path}%"), in_scope(caller, Station.unit_path, Station.id)]
    if periods is not None:
        conditions.append(PeriodExcuse.period.in_(periods))
    joined = select(PeriodExcuse.id).join(Station, Station.id == PeriodExcuse.station_id).where(*conditions)
    total = session.scalar(select(func.count()).select_from(joined.subquery())) or 0
    page = session.scalars(joined.order_by(PeriodExcuse.id.desc()).offset(offset).limit(limit)).all()
    return _told(session, caller, page)[::-1], total


def _lock(session: Session, caller: Caller, codes: Sequence[str]) -> list[Station]:
    asked = select(Station).where(Station.code.in_(codes), in_scope(caller, Station.unit_path, Station.id))
    locked = asked.order_by(Station.id).with_for_update(key_share=True)
    stations = list(session.scalars(locked))
    if missing := set(codes) - {station.code for station in stations}:
        raise Refusal("STATION_UNKNOWN", stations=sorted(missing))
    return stations


def _check_open(session: Session, stations: Sequence[Station], period: int, *, now: dt.datetime) -> None:
    found = standings(session, {one.id: one.unit_path for one in stations}, [period], now=now)
    closed = [
        one.code for one in stations
        if found[one.id, period].return_state == ReturnState.ACCEPTED and not found[one.id, period].is_unlocked
    ]  # fmt: skip
    if closed:
        raise Refusal("PERIOD_LOCKED", period=written(period), stations=closed)


def _follow(session: Session, ids: Sequence[int], *, now: dt.datetime) -> None:
    renew_expected(session, ids)
    refresh_vitality(session, ids, now=now)


def _told(session: Session, caller: Caller, ids: Sequence[int]) -> list[Excuse]:
    row = PeriodExcuse
    asked = (
        select(row.id, Station.code, StationVersion.name, row.period, row.reason_code, row.note,
               Account.display_name, row.recorded_at, row.withdrawn_at)
        .join(Station, Station.id == row.station_id)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id)
        .outerjoin(Account, Account.id == row.granted_by)
        .where(row.id.in_(ids), in_scope(caller, Station.unit_path, Station.id)).order_by(row.id)
    )  # fmt: skip
    return [
        Excuse(id_, code, name or code, written(period), reason, note, by, recorded_at, withdrawn_at)
        for id_, code, name, period, reason, note, by, recorded_at, withdrawn_at in session.execute(asked)
    ]
