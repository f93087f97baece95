"""Look at a picture's bytes and say what it is, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.library import opened, reads_heic
from inspections.photos.pictures.structure.walking import HEIC, JPEG, WEBP, walk
from inspections.photos.pictures.structure.walking import kind_of as _kind_of

MAX_BYTES = 20_000_000
_PREVIEW_MIMES = (JPEG, WEBP)
_PREVIEW_MOST_PX = 1_024


@dataclass(frozen=True)
class Picture:
    """What the bytes themselves say: type, width and height in pixels as stored."""

    mime: str
    width_px: int
    height_px: int


def look_at(body: bytes) -> Picture:
    """Check by structure that this is one whole JPEG, PNG, WebP or HEIC and nothing besides; no pixel is decoded.

    Refuses with the codes of `walk`, PHOTO_TOO_LARGE also beyond 20 MB, and PHOTO_HEIC_UNREADABLE.
    """
    if len(body) > MAX_BYTES:
        raise Refusal("PHOTO_TOO_LARGE", limit_bytes=MAX_BYTES)
    walked = walk(body)
    if walked.mime == HEIC and not reads_heic():
        raise Refusal("PHOTO_HEIC_UNREADABLE")
    return Picture(walked.mime, walked.width_px, walked.height_px)


def look_at_preview(body: bytes) -> None:
    """Decode a preview to its last pixel; refuses with PHOTO_FORMAT what is no JPEG or WebP of 16 to 1024 px a side."""
    try:
        walked = walk(body)
        if walked.mime not in _PREVIEW_MIMES or max(walked.width_px, walked.height_px) > _PREVIEW_MOST_PX:
            raise Refusal("PHOTO_FORMAT", width_px=walked.width_px, height_px=walked.height_px)
        with opened(body, walked) as image:
            image.load()
    except Refusal as refusal:
        raise Refusal("PHOTO_FORMAT", **refusal.details) from refusal


def kind_of(body: bytes) -> str:
    """Give the MIME type of a picture that was looked at before, by its first bytes."""
    return _kind_of(body) or JPEG
