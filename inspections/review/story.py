"""A station's story with what became of its visits: their photos, their states, and what reviewers decided."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.review.tables import VisitDecision
from inspections.visits.tables import Inspection, Photo
from stations.people.access import STAFF, Caller
from stations.people.tables import Account
from stations.records.days import day_in_china
from stations.register.lookup.entries import Entry
from stations.register.lookup.reading import find_station
from stations.register.lookup.timeline import read_timeline


def read_story(
    session: Session, caller: Caller, code: str, *, now: dt.datetime,
    as_of: dt.date | None = None, known_at: dt.datetime | None = None,
) -> list[Entry]:  # fmt: skip
    """Give the timeline of a station, newest first; staff also see decisions on its visits, and photos to look at.

    A visit's photos and state stand as they are now. Refuses like `read_timeline`.
    """
    entries = read_timeline(session, caller, code, now=now, as_of=as_of, known_at=known_at)
    if caller.role not in STAFF:
        return entries
    today = as_of or day_in_china(now)
    decided = [
        one for one in _decisions(session, find_station(session, caller, code).id, today)
        if one.on <= today and (known_at is None or one.recorded_at <= known_at)
    ]  # fmt: skip
    looks = _looks(session, {visit for one in entries if (visit := one.details.get("inspection_id"))})
    told = [_with_look(one, looks) for one in entries]
    return sorted([*told, *decided], key=lambda one: (one.on, one.recorded_at, one.kind, one.id), reverse=True)


def _decisions(session: Session, station_id: int, today: dt.date) -> list[Entry]:
    rows = session.execute(
        select(VisitDecision, Account.display_name)
        .join(Inspection, Inspection.id == VisitDecision.inspection_id)
        .outerjoin(Account, Account.id == VisitDecision.decided_by)
        .where(Inspection.station_id == station_id)
    )
    return [_decision(row, name, today) for row, name in rows]


def _decision(row: VisitDecision, name: str | None, today: dt.date) -> Entry:
    day = day_in_china(row.decided_at)
    details = {"inspection_id": row.inspection_id, "by": name, "version": row.version}
    return Entry(f"decision:{row.id}", "decision", day, row.decided_at, row.kind, (today - day).days,
                 at=row.decided_at, note=row.why, details=details)  # fmt: skip


def _looks(session: Session, visit_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Give state and received photos by visit."""
    photos: dict[str, list[dict[str, str]]] = defaultdict(list)
    named = select(Photo).where(Photo.inspection_id.in_(visit_ids), Photo.received_at.is_not(None))
    for photo in session.scalars(named.order_by(Photo.inspection_id, Photo.position)):
        photos[photo.inspection_id].append({"sha256": photo.sha256, "purpose": photo.purpose})
    states = session.execute(select(Inspection.id, Inspection.state).where(Inspection.id.in_(visit_ids)))
    return {visit: {"visit_state": state, "photos": photos[visit]} for visit, state in states}


def _with_look(entry: Entry, looks: dict[str, dict[str, Any]]) -> Entry:
    look = looks.get(entry.details.get("inspection_id", ""))
    return entry if look is None else replace(entry, details=entry.details | look)
