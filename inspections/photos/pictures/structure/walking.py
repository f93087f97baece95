"""Walk a file as the kind of picture that its first bytes say it is."""

from __future__ import annotations

from inspections.photos.pictures.structure.foreign import check_whole
from inspections.photos.pictures.structure.heic import is_heic, walk_heic
from inspections.photos.pictures.structure.jpeg import walk_jpeg
from inspections.photos.pictures.structure.png import SIGNATURE, walk_png
from inspections.photos.pictures.structure.walked import Walked, not_accepted
from inspections.photos.pictures.structure.webp import bare_webp, walk_webp

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"


def kind_of(body: bytes) -> str | None:
    """Give the MIME type that the first bytes speak of, or None where it is none of the accepted kinds."""
    if body.startswith(b"\xff\xd8\xff"):
        return JPEG
    if body.startswith(SIGNATURE):
        return PNG
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return WEBP
    return HEIC if is_heic(body) else None


def walk(body: bytes) -> Walked:
    """Find that the bytes are one whole picture of sane size and nothing else; decodes nothing.

    Refuses with PHOTO_FORMAT, PHOTO_TRUNCATED, PHOTO_DAMAGED, PHOTO_ANIMATED, PHOTO_OVERLOADED, PHOTO_TOO_LARGE,
    PHOTO_TOO_SMALL, PHOTO_MORE_THAN_A_PICTURE.
    """
    walkers = {JPEG: walk_jpeg, PNG: walk_png, WEBP: walk_webp, HEIC: walk_heic}
    kind = kind_of(body)
    if kind is None:
        not_accepted("kind")
    walked = walkers[kind](body)
    check_whole(body)
    return walked


def bare(body: bytes, walked: Walked) -> bytes:
    """Give the same picture without metadata, comments and trailers: all that a decoder is ever shown of it."""
    if walked.mime == WEBP:
        return bare_webp(body, walked.keep)
    return b"".join(body[first:end] for first, end in walked.keep)
