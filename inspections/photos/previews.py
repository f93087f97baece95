"""The small pictures that come before the photos: each kept as its sender's own, and gone once the photo is there.

A preview is never evidence: its bytes cannot be checked against the photo's SHA-256, so it is shown as a preview, only
with a visit of the account that sent it, and only until the photo itself is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import look_at_preview
from inspections.photos.receiving import media_present
from inspections.photos.store import PhotoStore, preview_key
from inspections.photos.tables import Medium, PhotoPreview
from inspections.quarantine.keeping import media_aside
from stations.people.access import Caller

MOST_BYTES = 30_000
# Few enough that a sweep never holds other writers for long.
_AT_ONCE = 500


@dataclass(frozen=True)
class PreviewStatus:
    """Whether this sender's preview of a photo, or the photo itself, is here for good."""

    sha256: str
    held: bool


def preview_statuses(session: Session, caller: Caller, hashes: Sequence[str]) -> list[PreviewStatus]:
    """Say of each photo, in the order given, whether its preview need not be sent (again) by this caller."""
    if not hashes:
        return []
    mine = select(PhotoPreview.sha256).where(PhotoPreview.sha256.in_(hashes), PhotoPreview.sent_by == caller.account_id)
    held = media_present(session, hashes).keys() | media_aside(session, hashes).keys() | set(session.scalars(mine))
    return [PreviewStatus(sha256, sha256 in held) for sha256 in hashes]


def check_preview(body: bytes) -> None:
    """Refuse with PREVIEW_TOO_LARGE beyond 30 000 bytes, with PHOTO_FORMAT what is no small JPEG or WebP picture."""
    if len(body) > MOST_BYTES:
        raise Refusal("PREVIEW_TOO_LARGE", limit_bytes=MOST_BYTES)
    look_at_preview(body)


def store_preview(store: PhotoStore, caller: Caller, sha256: str, body: bytes) -> None:
    """Put a checked preview into the store; refuses with STORAGE_FULL. Returns when it would survive a power cut."""
    store.put_new(preview_key(sha256, caller.account_id or 0), body)


def note_preview(session: Session, caller: Caller, sha256: str, size_bytes: int, *, now: dt.datetime) -> bool:
    """Write the row of a preview whose file is durable; False where the same phone's other request was quicker."""
    row = PhotoPreview(sha256=sha256, sent_by=caller.account_id or 0, size_bytes=size_bytes, stored_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def find_preview(session: Session, store: PhotoStore, sha256: str, sent_by: int) -> bytes | None:
    """Give the preview that this account sent of a photo, or None."""
    if session.get(PhotoPreview, (sha256, sent_by)) is None:
        return None
    return store.get(preview_key(sha256, sent_by))


def previews_of(session: Session, hashes: Collection[str]) -> set[tuple[str, int]]:
    """Give (SHA-256 of the photo, sender's account) of the previews that are here of these photos."""
    if not hashes:
        return set()
    rows = session.execute(select(PhotoPreview.sha256, PhotoPreview.sent_by).where(PhotoPreview.sha256.in_(hashes)))
    return {(sha256, sent_by) for sha256, sent_by in rows}


def sweep_previews(sessions: sessionmaker[Session], store: PhotoStore) -> int:
    """Remove the previews whose photo has come and can be shown small, and say how many.

    The file goes first: a sweep that dies in between finds the row again tomorrow.
    """
    removed = 0
    while done := _some_outlived(sessions):
        for sha256, sent_by in done:
            store.remove(preview_key(sha256, sent_by))
        with writing(sessions) as session:
            named = tuple_(PhotoPreview.sha256, PhotoPreview.sent_by)
            session.execute(delete(PhotoPreview).where(named.in_(done)))
        removed += len(done)
    return removed


def _some_outlived(sessions: sessionmaker[Session]) -> list[tuple[str, int]]:
    shown = exists().where(Medium.sha256 == PhotoPreview.sha256, Medium.thumbnail_at.is_not(None))
    asked = select(PhotoPreview.sha256, PhotoPreview.sent_by).where(shown).limit(_AT_ONCE)
    with reading(sessions) as session:
        return [(sha256, sent_by) for sha256, sent_by in session.execute(asked)]
