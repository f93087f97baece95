"""What arrived at the server, read past its own answers: rows of the database and bytes of the photo store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.photos.tables import Medium
from inspections.quarantine.tables import KeptAside
from inspections.visits.tables import Inspection, Photo


@dataclass
class Arrived:
    """Visit id -> SHA-256 of its body as kept; SHA-256 of every photo file; what was kept aside, with why."""

    visits: dict[str, str]
    photos: set[str]
    awaited: set[str]
    aside: list[tuple[str, str]]


def read_arrived(sessions: sessionmaker[Session], photo_folder: Path) -> Arrived:
    """Read it all; fails where a photo lies twice, or a row and its file differ."""
    with sessions() as session:
        bodies = {visit.id: hashlib.sha256(visit.body).hexdigest() for visit in session.scalars(select(Inspection))}
        awaited = set(session.scalars(select(Photo.sha256).where(Photo.received_at.is_(None))))
        media = set(session.scalars(select(Medium.sha256)))
        aside = [(kept.record_id, kept.refusal_code) for kept in session.scalars(select(KeptAside))]
    files = [path for path in photo_folder.glob("??/*") if path.is_file() and path.suffix != ".part"]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    assert [path.name for path in files] == hashes, "a photo file is not what its name says"
    assert len(set(hashes)) == len(hashes), "a photo lies twice in the store"
    assert media <= set(hashes), "a row says that a photo is there, and it is not"
    return Arrived(bodies, media, awaited, aside)
