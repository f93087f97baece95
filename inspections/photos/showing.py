"""A photo as somebody may look at it: the original, what was made of it, or the preview while it is not there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import kind_of
from inspections.photos.previews import find_preview
from inspections.photos.receiving import SHA256
from inspections.photos.store import PhotoStore, photo_key, screen_key, thumbnail_key
from inspections.photos.tables import Medium

THUMB, SCREEN, FULL, MARKED = "thumb", "screen", "full", "marked"


@dataclass(frozen=True)
class ShownPhoto:
    """Bytes to show, their type, and a tag that never changes for them.

    `is_preview`: it stands in for the photo; `name`: what a file of it is called, for one that is meant to be kept;
    `may_change`: other bytes may come under the same address.
    """

    body: bytes
    mime: str
    tag: str
    is_preview: bool = False
    name: str | None = None
    may_change: bool = False


def show_medium(session: Session, store: PhotoStore, sha256: str, size: str, *, sent_by: int) -> ShownPhoto:
    """Give the original (FULL), or the THUMB or SCREEN made of it; whether it may be seen is asked before.

    While there is no small one yet, the preview of the account whose record names the photo stands in for it, and where
    an older version made no SCREEN, the THUMB. Refuses with PHOTO_UNKNOWN where nothing is there (yet).
    """
    if size not in (THUMB, SCREEN, FULL):
        raise Refusal("PHOTO_UNKNOWN", reason="not_made")
    medium = session.get(Medium, sha256)
    if size != FULL and (medium is None or medium.thumbnail_at is None):
        preview = find_preview(session, store, sha256, sent_by)
        if preview is not None:
            return ShownPhoto(preview, kind_of(preview), f"{sha256}-preview", is_preview=True)
    if medium is None:
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")
    if size != FULL and medium.thumbnail_at is None:
        raise Refusal("PHOTO_UNKNOWN", reason=medium.refused_code or "thumbnail_pending")
    if size == FULL:
        return ShownPhoto(stored(store, photo_key(sha256)), medium.mime, f"{sha256}-full")
    if size == SCREEN and medium.screen_at is not None:
        return ShownPhoto(stored(store, screen_key(sha256)), "image/webp", f"{sha256}-screen")
    small = stored(store, thumbnail_key(sha256))
    return ShownPhoto(small, "image/webp", f"{sha256}-thumb", is_preview=size == SCREEN)


def check_photo_name(sha256: str) -> None:
    """Refuse with PHOTO_UNKNOWN what is no SHA-256 in lower-case hex: no database is asked for it."""
    if not SHA256.fullmatch(sha256):
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")


def stored(store: PhotoStore, key: str) -> bytes:
    """Give the bytes of a file that a row names; refuses with PHOTO_UNKNOWN where it is missing all the same."""
    body = store.get(key)
    if body is None:
        raise Refusal("PHOTO_UNKNOWN", reason="file_missing")
    return body
