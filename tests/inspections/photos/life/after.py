"""What there must be after every death: each row once, every byte, every derivative, nothing that is nobody's."""

from __future__ import annotations

import datetime as dt
import hashlib
import io

from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.photo_room import NAMERS
from inspections.photos.store import PhotoStore, marked_key, photo_key, screen_key, thumbnail_key
from inspections.photos.tables import Medium, PhotoFingerprint
from inspections.photos.upkeep.sweeping import sweep_orphans
from inspections.visits.tables import Inspection, Photo
from tests.visit_making import sha


def faults(
    sessions: sessionmaker[Session], store: PhotoStore, visit_id: str, photos: list[bytes], sent: bytes
) -> list[str]:
    """Give what is wrong with one visit, after its phone was told that all is held and its jobs were done."""
    found: list[str] = []
    with sessions() as session:
        visit = session.get(Inspection, visit_id)
        if visit is None or hashlib.sha256(visit.body).digest() != hashlib.sha256(sent).digest():
            return [f"the record of {visit_id} is missing or altered"]
        if visit.state != "complete":
            found.append(f"the visit is {visit.state}")
        rows = session.scalars(select(Photo).where(Photo.inspection_id == visit_id)).all()
        if len(rows) != len(photos) or not all(row.received_at and row.marked_at for row in rows):
            found.append("a photo's row is missing, not received or not marked")
        for body in photos:
            medium = session.get(Medium, sha(body))
            if medium is None or not (medium.thumbnail_at and medium.screen_at) or medium.exif is None:
                found.append("a medium's row is missing or unfinished")
            if session.scalar(select(func.count()).where(PhotoFingerprint.sha256 == sha(body))) != 1:
                found.append("not exactly one fingerprint")
    for body in photos:
        if store.get(photo_key(sha(body))) != body:
            found.append("a photo's bytes are missing or altered")
        made = (thumbnail_key(sha(body)), screen_key(sha(body)), marked_key(visit_id, sha(body)))
        found += [f"{key} is missing or torn" for key in made if not _is_whole(store.get(key))]
    return found


def unfinished(sessions: sessionmaker[Session], kinds: list[str]) -> list[tuple[str, str]]:
    """Give the jobs of these kinds that are not done."""
    asked = select(jobs.Job.kind, jobs.Job.state).where(jobs.Job.kind.in_(kinds), jobs.Job.state != jobs.DONE)
    with sessions() as session:
        return [(kind, state) for kind, state in session.execute(asked)]


def swept_clean(sessions: sessionmaker[Session], store: PhotoStore) -> list[str]:
    """Let a hundred days of sweeps pass and give what lies there still though no row names it, or is missing since."""
    before, now = _files(store), dt.datetime.now(dt.UTC)
    for days in (50, 100):
        sweep_orphans(sessions, store, NAMERS, now=now + dt.timedelta(days=days))
    with sessions() as session:
        hashes = session.scalars(select(Medium.sha256)).all()
        named = set().union(*(namer(session, hashes) for namer in NAMERS))
    return sorted(_files(store) ^ (before & named))


def _files(store: PhotoStore) -> set[str]:
    return {file.key for portion in store.list_files() for file in portion}


def _is_whole(body: bytes | None) -> bool:
    if body is None:
        return False
    with Image.open(io.BytesIO(body)) as image:
        image.load()
        return min(image.size) > 0
