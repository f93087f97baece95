"""Freeze the figures of a unit for an ended quarter, once, and read them again as they were published."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import ALIKE, in_batches
from stations.people.access import Caller, in_scope, may
from stations.people.tables import Account
from stations.records.days import end_of_day
from stations.records.frames import frame_of, unit_asked
from stations.records.periods import last_day
from stations.survival.fetching import recomputed, within
from stations.survival.figures.lives import StationLife, built_by
from stations.survival.figures.report import DEFINITIONS, survival_figures
from stations.survival.tables import Snapshot, SnapshotStation
from stations.units.tables import OrgUnit
from stations.vitality.thresholds import alive_policy

_QUARTER = re.compile(r"((?:19|20|21)[0-9]{2})Q([1-4])")


def last_of_quarter(quarter: str) -> dt.date:
    """Give the last day of «2026Q3»; refuses with PERIOD_UNKNOWN."""
    found = _QUARTER.fullmatch(quarter)
    if not found:
        raise Refusal("PERIOD_UNKNOWN", period=quarter)
    return last_day(int(found[1]) * 100 + int(found[2]) * 3)


def take_snapshot(
    session: Session, caller: Caller, *, ou: str | None, quarter: str, now: dt.datetime
) -> dict[str, Any]:
    """Freeze survival of a unit on the quarter's last day by what is known now, with each station as it was counted.

    Refuses UNIT_UNKNOWN, OUT_OF_SCOPE, PERIOD_UNKNOWN, QUARTER_NOT_ENDED (until 00:00 after its last day in China) and
    SNAPSHOT_EXISTS: a published quarter never changes.
    """
    as_of = last_of_quarter(quarter)
    unit = unit_asked(session, caller, ou)
    if now < end_of_day(as_of):
        raise Refusal("QUARTER_NOT_ENDED", quarter=quarter)
    lives = recomputed(session, within(caller, unit.path), as_of, now)
    snapshot = Snapshot(
        unit_code=unit.code, unit_path=unit.path, quarter=quarter, as_of=as_of, taken_at=now,
        taken_by=caller.account_id, rule_version=alive_policy(session).rule_version,
        figures=_published(session, unit, lives, as_of, now),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(snapshot)
    except IntegrityError as taken:
        raise Refusal("SNAPSHOT_EXISTS", quarter=quarter, unit=unit.code) from taken
    for some in in_batches(built_by(lives, as_of)):
        session.execute(insert(SnapshotStation), [_row(snapshot.id, life) for life in some], execution_options=ALIKE)
    return read_snapshot(session, caller, snapshot.id)


def read_snapshot(session: Session, caller: Caller, snapshot_id: int) -> dict[str, Any]:
    """Give a quarter as it was published; refuses with SNAPSHOT_UNKNOWN also what lies outside the caller's scope."""
    row = session.execute(_told(caller).where(Snapshot.id == snapshot_id)).one_or_none()
    if row is None:
        raise Refusal("SNAPSHOT_UNKNOWN", snapshot=snapshot_id)
    return _line(row) | {"published": row.Snapshot.figures}


def list_snapshots(session: Session, caller: Caller, *, ou: str | None, below: bool = False) -> dict[str, Any]:
    """Give the quarters on file of a unit, newest first, with the headline of each; with `below` of units in it too."""
    unit = unit_asked(session, caller, ou)
    mine = Snapshot.unit_path.like(f"{unit.path}%") if below else Snapshot.unit_code == unit.code
    rows = session.execute(_told(caller).where(mine).order_by(Snapshot.quarter.desc(), Snapshot.unit_path)).all()
    lines = [_line(row) | {"headline": row.Snapshot.figures["headline"]} for row in rows]
    return {
        "unit": {"code": unit.code, "name": unit.name, "level": unit.level}, "snapshots": lines,
        "permissions": {"may_take": may(caller, "snapshot.take")},
    }  # fmt: skip


def find_snapshot(session: Session, caller: Caller, snapshot_id: int) -> Snapshot:
    """Give a snapshot in the caller's scope; refuses with SNAPSHOT_UNKNOWN."""
    seen = in_scope(caller, Snapshot.unit_path)
    found = session.scalars(select(Snapshot).where(Snapshot.id == snapshot_id, seen)).one_or_none()
    if found is None:
        raise Refusal("SNAPSHOT_UNKNOWN", snapshot=snapshot_id)
    return found


def _told(caller: Caller) -> Any:
    return (
        select(Snapshot, OrgUnit.name, OrgUnit.level, Account.display_name)
        .join(OrgUnit, OrgUnit.code == Snapshot.unit_code)
        .outerjoin(Account, Account.id == Snapshot.taken_by)
        .where(in_scope(caller, Snapshot.unit_path))
    )


def _line(row: Row[Any]) -> dict[str, Any]:
    kept: Snapshot = row.Snapshot
    return {
        "id": kept.id, "unit": {"code": kept.unit_code, "name": row.name, "level": row.level}, "quarter": kept.quarter,
        "as_of": kept.as_of, "taken_at": kept.taken_at, "taken_by": row.display_name,
        "rule_version": kept.rule_version,
    }  # fmt: skip


def _published(
    session: Session, unit: OrgUnit, lives: Sequence[StationLife], as_of: dt.date, now: dt.datetime
) -> dict[str, Any]:
    """Give the answer of `/survival` as it goes to print: dates and instants are text."""
    figures = survival_figures(lives, as_of)
    frame = frame_of(
        unit, now=now, definitions=DEFINITIONS, sources=figures.pop("sources"), as_of=as_of, known_at=now,
        unknown_share=figures["headline"]["unknown_share"], rule_version=alive_policy(session).rule_version,
    )  # fmt: skip
    printed: dict[str, Any] = json.loads(json.dumps({"frame": frame, **figures}, default=_as_text))
    return printed


def _as_text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"not to be printed: {value!r}")


def _row(snapshot_id: int, life: StationLife) -> dict[str, Any]:
    return {"snapshot_id": snapshot_id, "station_id": life.station_id, "listing_status": life.listing_status,
            "vitality": life.vitality, "confidence": life.confidence, "reason": life.reason}  # fmt: skip
