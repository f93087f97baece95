"""What is asked for once a visit and all its photos are here; done later, by jobs that do no harm when done twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import writing
from field_app_schema.vocab import PhotoPurpose
from inspections.photos.making import ATTEMPTS
from inspections.photos.tables import Medium
from inspections.visits.last_visits import note_shown
from inspections.visits.tables import Inspection, Photo
from stations.records.tables import Station

JUDGEMENT = "visit_judgement"
MARKING = "photo_marking"
READING = "sign_reading"
# Asked for anew each day, of visits that an older version took in.
MOST_A_DAY = 5_000
# Few enough that asking never holds other writers for long.
_AT_ONCE = 200
# So long a visit's own job may still be waiting.
_LATE = dt.timedelta(hours=1)


def ask_for_evidence(session: Session, visit: Inspection, *, now: dt.datetime) -> None:
    """Ask that a complete visit be judged for its plausibility and that marked copies of its photos be made."""
    for kind in (JUDGEMENT, MARKING):
        _ask(session, visit, kind, now)


def ask_for_readings(session: Session, visit: Inspection, hashes: Collection[str], *, now: dt.datetime) -> None:
    """Ask that the signs on these photos be read, which are here already; each once while it is open."""
    unit_path = session.get_one(Station, visit.station_id).unit_path
    for sha256 in hashes:
        jobs.ask(session, READING, {"sha256": sha256}, now=now, unique_key=f"{READING}:{sha256}", unit_path=unit_path,
                 asked_by=visit.account_id)  # fmt: skip


def tell_of_derivatives(session: Session, sha256: str, *, now: dt.datetime) -> None:
    """Let it be known that a photo can be shown, and ask for what waited for it: its sign and its visits' judgement."""
    note_shown(session, sha256)
    rows = session.execute(
        select(Inspection, Photo.purpose)
        .join(Photo, Photo.inspection_id == Inspection.id)
        .where(Photo.sha256 == sha256)
        .order_by(Inspection.received_at, Inspection.id, Photo.position)
    ).all()
    for visit, purpose in rows:
        if purpose == PhotoPurpose.SIGN:
            ask_for_readings(session, visit, [sha256], now=now)
    for visit in {visit.id: visit for visit, _purpose in rows if visit.completed_at is not None}.values():
        if _ask(session, visit, JUDGEMENT, now).state == jobs.RUNNING:
            # It may have looked before this photo's fingerprint was there.
            _ask(session, visit, JUDGEMENT, now, again=f":{sha256[:16]}")


def ask_for_missing_marks(sessions: sessionmaker[Session], *, now: dt.datetime) -> int:
    """Ask for marked copies of visits that have none long after they were complete, and say of how many."""
    asked, last = 0, ""
    while asked < MOST_A_DAY and (some := _ask_for_some_marks(sessions, last, now)):
        asked, last = asked + len(some), some[-1]
    return asked


def _ask_for_some_marks(sessions: sessionmaker[Session], after: str, now: dt.datetime) -> list[str]:
    unmarked = exists().where(
        Photo.inspection_id == Inspection.id, Photo.marked_at.is_(None), Photo.received_at.is_not(None),
        Medium.sha256 == Photo.sha256, Medium.refused_code.is_(None),
    )  # fmt: skip
    late = select(Inspection).where(Inspection.id > after, Inspection.completed_at < now - _LATE, unmarked)
    with writing(sessions) as session:
        found = session.scalars(late.order_by(Inspection.id).limit(_AT_ONCE)).all()
        for visit in found:
            _ask(session, visit, MARKING, now, priority=-1)
        return [visit.id for visit in found]


def _ask(
    session: Session, visit: Inspection, kind: str, now: dt.datetime, *, again: str = "", priority: int = 0
) -> jobs.Job:
    unit_path = session.get_one(Station, visit.station_id).unit_path
    return jobs.ask(session, kind, {"inspection_id": visit.id}, now=now, unique_key=f"{kind}:{visit.id}{again}",
                    unit_path=unit_path, asked_by=visit.account_id, priority=priority,
                    max_attempts=ATTEMPTS)  # fmt: skip
