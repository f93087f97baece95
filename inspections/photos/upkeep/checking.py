"""Every photo of the register compared with its file, byte for byte: what is missing and what was altered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from db import reading
from inspections.photos.store import PhotoStore, photo_key, screen_key, thumbnail_key
from inspections.photos.tables import Medium

_AT_ONCE = 500
MISSING, ALTERED, NOT_MADE = "missing", "altered", "derivative_missing"


@dataclass(frozen=True)
class Checked:
    """A photo that was looked at; `fault` is None, MISSING, ALTERED, or NOT_MADE (it can be made again)."""

    sha256: str
    fault: str | None


def count_media(sessions: sessionmaker[Session]) -> int:
    """Give how many photos there are to check."""
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Medium)) or 0


def check_media(sessions: sessionmaker[Session], store: PhotoStore) -> Iterator[Checked]:
    """Read every photo's file and compare size and SHA-256 with its row, in the order of the hashes."""
    last = ""
    while rows := _some_media(sessions, last):
        for sha256, size_bytes, has_small, has_screen in rows:
            yield Checked(sha256, _fault(store, sha256, size_bytes, has_small, has_screen))
        last = rows[-1][0]


def _fault(store: PhotoStore, sha256: str, size_bytes: int, has_small: bool, has_screen: bool) -> str | None:
    body = store.get(photo_key(sha256))
    if body is None:
        return MISSING
    if len(body) != size_bytes or hashlib.sha256(body).hexdigest() != sha256:
        return ALTERED
    made = [thumbnail_key(sha256)] * has_small + [screen_key(sha256)] * has_screen
    return None if all(store.size(key) for key in made) else NOT_MADE


def _some_media(sessions: sessionmaker[Session], after: str) -> list[tuple[str, int, bool, bool]]:
    asked = select(Medium.sha256, Medium.size_bytes, Medium.thumbnail_at, Medium.screen_at)
    with reading(sessions) as session:
        rows = session.execute(asked.where(Medium.sha256 > after).order_by(Medium.sha256).limit(_AT_ONCE)).all()
    return [(sha256, size, small is not None, screen is not None) for sha256, size, small, screen in rows]
