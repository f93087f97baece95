"""A photo as somebody may look at it: the original, the small one, or the preview while the photo is not there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import kind_of
from inspections.photos.previews import find_preview
from inspections.photos.store import PhotoStore, photo_key, thumbnail_key
from inspections.photos.tables import Medium


@dataclass(frozen=True)
class ShownPhoto:
    """Bytes to show, their type, and a tag that never changes for them; `is_preview`: it stands in for the photo."""

    body: bytes
    mime: str
    tag: str
    is_preview: bool = False


def show_medium(session: Session, store: PhotoStore, sha256: str, *, small: bool, sent_by: int) -> ShownPhoto:
    """Give the original, or the small one without EXIF; whether it may be seen is asked before.

    While there is no small one yet, the preview of the account whose record names the photo stands in for it. Refuses
    with PHOTO_UNKNOWN where nothing is there (yet).
    """
    medium = session.get(Medium, sha256)
    if small and (medium is None or medium.thumbnail_at is None):
        preview = find_preview(session, store, sha256, sent_by)
        if preview is not None:
            return ShownPhoto(preview, kind_of(preview), f"{sha256}-preview", is_preview=True)
    if medium is None:
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")
    if small and medium.thumbnail_at is None:
        raise Refusal("PHOTO_UNKNOWN", reason=medium.refused_code or "thumbnail_pending")
    body = store.get(thumbnail_key(sha256) if small else photo_key(sha256))
    if body is None:
        raise Refusal("PHOTO_UNKNOWN", reason="file_missing")
    return ShownPhoto(body, "image/webp" if small else medium.mime, f"{sha256}-{'thumb' if small else 'full'}")
