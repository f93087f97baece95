"""Closer looks: mark a figure or a contradiction with a reason, and settle it with a word. It changes no figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import in_batches
from stations.people.access import Caller, in_scope, may
from stations.people.audit import note_act
from stations.records.frames import unit_asked
from stations.records.periods import parse_period, written
from stations.records.tables import Station
from stations.sales.doubts.tables import FollowUp


@dataclass(frozen=True)
class Mark:
    """What is marked: a station, its month or None, a field of the form or the code of a contradiction, and why."""

    station: str
    subject: str
    reason_code: str
    period: str | None = None
    note: str | None = None


def mark(session: Session, caller: Caller, asked: Mark, *, now: dt.datetime) -> dict[str, Any]:
    """Mark it; what is marked already gets the new reason and note. Refuses with STATION_UNKNOWN, PERIOD_UNKNOWN."""
    period = None if asked.period is None else parse_period(asked.period)
    mine = select(Station).where(Station.code == asked.station, in_scope(caller, Station.unit_path, Station.id))
    # The station is held, so that two who mark at once do not make two rows.
    station = session.scalars(mine.with_for_update(key_share=True)).one_or_none()
    if station is None:
        raise Refusal("STATION_UNKNOWN", station=asked.station)
    same_month = FollowUp.period.is_(None) if period is None else FollowUp.period == period
    row = session.scalars(select(FollowUp).where(
        FollowUp.station_id == station.id, same_month, FollowUp.subject == asked.subject, FollowUp.cleared_at.is_(None)
    )).first()  # fmt: skip
    before = None if row is None else _kept(row)
    if row is None:
        row = FollowUp(station_id=station.id, period=period, subject=asked.subject)
        session.add(row)
    row.reason_code, row.note = asked.reason_code, asked.note
    row.set_by, row.set_at = caller.account_id, now
    session.flush()
    if before != _kept(row):
        note_act(session, caller, "follow_up.mark", "follow_up", str(row.id), now=now, before=before, after=_kept(row))
    return _told(row, station.code, caller)


def clear(session: Session, caller: Caller, follow_up_id: int, note: str, *, now: dt.datetime) -> dict[str, Any]:
    """Settle it with a word on what was found; settled already, it stays as it was.

    Refuses with FOLLOW_UP_UNKNOWN.
    """
    asked = (
        select(FollowUp, Station.code).join(Station, Station.id == FollowUp.station_id)
        .where(FollowUp.id == follow_up_id, in_scope(caller, Station.unit_path, Station.id))
        .with_for_update(of=FollowUp)
    )  # fmt: skip
    found = session.execute(asked).one_or_none()
    if found is None:
        raise Refusal("FOLLOW_UP_UNKNOWN")
    row, code = found
    if row.cleared_at is None:
        row.cleared_at, row.cleared_by, row.cleared_note = now, caller.account_id, note
        note_act(session, caller, "follow_up.clear", "follow_up", str(row.id), now=now, before=_kept(row),
                 after={"cleared": True}, reason=note)  # fmt: skip
    return _told(row, code, caller)


def follow_ups(
    session: Session, caller: Caller, *, ou: str | None, is_open: bool, offset: int, limit: int
) -> tuple[list[dict[str, Any]], int]:
    """Give one page of a unit's marks, open or settled ones, by station code and month, and how many there are.

    Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, ou)
    conditions = (
        in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%"),
        FollowUp.cleared_at.is_(None) if is_open else FollowUp.cleared_at.is_not(None),
    )  # fmt: skip
    asked = select(FollowUp, Station.code).join(Station, Station.id == FollowUp.station_id).where(*conditions)
    counted = select(func.count(FollowUp.id)).join(Station, Station.id == FollowUp.station_id).where(*conditions)
    page = asked.order_by(Station.code, func.coalesce(FollowUp.period, 0), FollowUp.id).offset(offset).limit(limit)
    return [_told(row, code, caller) for row, code in session.execute(page)], session.scalar(counted) or 0


def open_follow_ups(
    session: Session, station_ids: Sequence[int]
) -> dict[tuple[int, int | None, str], dict[str, Any]]:
    """Give the open marks of the stations by (station, month or None, subject)."""
    found: dict[tuple[int, int | None, str], dict[str, Any]] = {}
    for ids in in_batches(station_ids):
        rows = session.scalars(select(FollowUp).where(FollowUp.station_id.in_(ids), FollowUp.cleared_at.is_(None)))
        for row in rows:
            said = {"id": row.id, "reason_code": row.reason_code, "note": row.note, "set_at": row.set_at}
            found[row.station_id, row.period, row.subject] = said
    return found


def _kept(row: FollowUp) -> dict[str, Any]:
    return {"period": row.period, "subject": row.subject, "reason_code": row.reason_code, "note": row.note}


def _told(row: FollowUp, station: str, caller: Caller) -> dict[str, Any]:
    names = ("id", "subject", "reason_code", "note", "set_at", "cleared_at", "cleared_note")
    return {name: getattr(row, name) for name in names} | {
        "station": station, "period": None if row.period is None else written(row.period),
        "permissions": {"may_mark": may(caller, "follow_up.mark") and row.cleared_at is None},
    }  # fmt: skip
