"""Make what is derived of a photo, later and elsewhere: done twice it does no harm, and failing it blocks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import reading, writing
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.derivatives import Derivatives, derive
from inspections.photos.pictures.exif import read_exif
from inspections.photos.pictures.prints import KIND
from inspections.photos.store import PhotoStore, photo_key, screen_key, thumbnail_key
from inspections.photos.tables import Medium, PhotoFingerprint

JOB = "photo_thumbnail"
# Asked for anew each day; few enough that the day's own photos never wait long behind an older version's.
MOST_A_DAY = 20_000
# Few enough that asking never holds other writers for long.
_AT_ONCE = 200
# A store may be away for a quarter of an hour.
ATTEMPTS = 8
# So long a photo's own job may still be waiting.
_LATE = dt.timedelta(hours=1)


def ask_for_derivatives(
    session: Session, sha256: str, *, now: dt.datetime, unit_path: str = "", asked_by: int | None = None,
    priority: int = 0,
) -> None:  # fmt: skip
    """Ask, once while it is open, for everything that is made of a photo."""
    jobs.ask(session, JOB, {"sha256": sha256}, now=now, unique_key=f"thumbnail:{sha256}", unit_path=unit_path,
             asked_by=asked_by, priority=priority, max_attempts=ATTEMPTS)  # fmt: skip


def ask_for_missing(sessions: sessionmaker[Session], *, now: dt.datetime) -> int:
    """Ask for photos of which something is missing long after they came, and say of how many.

    An older version made only the thumbnail, and a job may have died of a store that was away for long.
    """
    asked, last = 0, ""
    while asked < MOST_A_DAY and (some := _some_missing(sessions, last, now)):
        with writing(sessions) as session:
            for sha256 in some:
                ask_for_derivatives(session, sha256, now=now, priority=-1)
        asked, last = asked + len(some), some[-1]
    return asked


def _some_missing(sessions: sessionmaker[Session], after: str, now: dt.datetime) -> Sequence[str]:
    missing = Medium.thumbnail_at.is_(None) | Medium.screen_at.is_(None)
    late = select(Medium.sha256).where(missing, Medium.refused_code.is_(None), Medium.stored_at < now - _LATE)
    with reading(sessions) as session:
        return session.scalars(late.where(Medium.sha256 > after).order_by(Medium.sha256).limit(_AT_ONCE)).all()


def ask_for_refused(sessions: sessionmaker[Session], *, now: dt.datetime) -> int:
    """Ask once more for every photo that could not be decoded, and say for how many: a decoder may be there now.

    What still cannot be decoded is marked again by its job.
    """
    asked, last = 0, ""
    while some := _ask_for_some_refused(sessions, last, now):
        asked, last = asked + len(some), some[-1]
    return asked


def _ask_for_some_refused(sessions: sessionmaker[Session], after: str, now: dt.datetime) -> list[str]:
    refused = select(Medium).where(Medium.refused_code.is_not(None), Medium.sha256 > after)
    with writing(sessions) as session:
        media = session.scalars(refused.order_by(Medium.sha256).limit(_AT_ONCE)).all()
        for medium in media:
            medium.refused_code = None
            ask_for_derivatives(session, medium.sha256, now=now, priority=-1)
        return [medium.sha256 for medium in media]


def make_derivatives(
    sessions: sessionmaker[Session], store: PhotoStore, payload: dict[str, Any], *, now: dt.datetime,
    tell: Callable[[Session, str], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Make thumbnail and screen size of `payload["sha256"]`, read its EXIF, take its fingerprint.

    A picture that cannot be decoded is marked with `refused_code`. `tell` hears, in the same transaction, of a photo
    that can be shown from now on. Raises FileNotFoundError when the photo is not in the store, so that the job is
    tried again.
    """
    sha256 = str(payload["sha256"])
    with reading(sessions) as session:
        medium = session.get(Medium, sha256)
        if medium is None or medium.refused_code is not None or None not in (medium.thumbnail_at, medium.screen_at):
            return {"made": False}
    body = store.get(photo_key(sha256))
    if body is None:
        raise FileNotFoundError(photo_key(sha256))
    exif = read_exif(body)
    try:
        made = derive(body)
    except Refusal as refusal:
        if refusal.kind.retry:
            raise
        with writing(sessions) as session:
            medium = session.get_one(Medium, sha256)
            medium.refused_code, medium.exif = refusal.code, exif
        return {"made": False}
    store.put_new(thumbnail_key(sha256), made.thumbnail)
    store.put_new(screen_key(sha256), made.screen)
    with writing(sessions) as session:
        # First, because it may take the register's revision, which an arriving photo takes before the photo's row.
        if tell is not None:
            tell(session, sha256)
        _note(session, sha256, made, exif, now)
    return {"made": True}


def _note(session: Session, sha256: str, made: Derivatives, exif: dict[str, Any], now: dt.datetime) -> None:
    """Write that everything is there, once: of two workers on one photo the second changes nothing."""
    medium = session.get_one(Medium, sha256)
    medium.exif = exif
    medium.thumbnail_at = medium.thumbnail_at or now
    medium.screen_at = medium.screen_at or now
    if session.scalar(select(PhotoFingerprint.id).where(PhotoFingerprint.sha256 == sha256)) is None:
        session.add(PhotoFingerprint(sha256=sha256, kind=KIND, bits=made.bits))
    session.flush()
