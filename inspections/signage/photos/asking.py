"""Who is to be read (again), and who hears of what was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

import jobs
from field_app_schema.vocab import PhotoPurpose
from inspections.photos.tables import Medium
from inspections.signage.engine import ENGINE
from inspections.signage.readings import JOB
from inspections.signage.tables import SignReading
from inspections.visits.tables import Inspection, Photo
from stations.records.tables import Station

# What the visit's judgement is called among the jobs.
JUDGEMENT = "visit_judgement"
# So many are asked for in one go: at half a second each some fourteen hours of one worker.
MOST_AT_ONCE = 100_000


def ask_to_read_again(session: Session, *, now: dt.datetime, engine: str = ENGINE, most: int = MOST_AT_ONCE) -> int:
    """Ask that every photo of a sign without a reading by this engine be read, the newest first; say of how many.

    They wait behind the day's own photos. Asked twice it is asked once.
    """
    read = exists().where(SignReading.sha256 == Photo.sha256, SignReading.engine == engine)
    rows = session.execute(
        select(Photo.sha256, Station.unit_path)
        .join(Inspection, Inspection.id == Photo.inspection_id)
        .join(Station, Station.id == Inspection.station_id)
        .join(Medium, Medium.sha256 == Photo.sha256)
        .where(Photo.purpose == PhotoPurpose.SIGN, Medium.refused_code.is_(None), ~read)
        .order_by(Medium.stored_at.desc(), Photo.sha256)
        .limit(most)
    ).all()
    asked = dict(reversed([(sha256, path) for sha256, path in rows]))
    for sha256, unit_path in asked.items():
        jobs.ask(session, JOB, {"sha256": sha256}, now=now, unique_key=f"{JOB}:{sha256}", unit_path=unit_path,
                 priority=-1)  # fmt: skip
    return len(asked)


def tell_of_reading(session: Session, read: SignReading, *, now: dt.datetime) -> None:
    """Ask that visits be judged again where the machine was ever sure of another sign than the inspector wrote down.

    Not only of this one's reading: another photo, or another engine, may bear the inspector out whom one spoke against.
    """
    rows = session.execute(
        select(Inspection, Station.unit_path)
        .join(Station, Station.id == Inspection.station_id)
        .where(
            Inspection.completed_at.is_not(None),
            exists().where(Photo.inspection_id == Inspection.id, Photo.sha256 == read.sha256,
                           Photo.purpose == PhotoPurpose.SIGN),
        )
        .order_by(Inspection.received_at, Inspection.id)
    )  # fmt: skip
    for visit, unit_path in rows:
        said = visit.answers.get("sign_wording")
        if any(sign_class != said for sign_class in _surely_read(session, visit.id)):
            _ask_for_judgement(session, visit, unit_path, read, now)


def _surely_read(session: Session, visit_id: str) -> Sequence[str | None]:
    """Give the classes any engine was sure of on the visit's photos of the sign."""
    return session.scalars(
        select(SignReading.sign_class).distinct()
        .join(Photo, Photo.sha256 == SignReading.sha256)
        .where(Photo.inspection_id == visit_id, Photo.purpose == PhotoPurpose.SIGN, SignReading.is_sure)
    ).all()  # fmt: skip


def _ask_for_judgement(
    session: Session, visit: Inspection, unit_path: str, read: SignReading, now: dt.datetime
) -> None:
    def ask(key: str) -> jobs.Job:
        return jobs.ask(session, JUDGEMENT, {"inspection_id": visit.id}, now=now, unique_key=key, unit_path=unit_path,
                        asked_by=visit.account_id)  # fmt: skip

    if ask(f"{JUDGEMENT}:{visit.id}").state == jobs.RUNNING:
        # It may have looked before this reading was there.
        ask(f"{JUDGEMENT}:{visit.id}:sign-{read.id}")
