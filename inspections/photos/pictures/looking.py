"""Look at a picture's bytes and say what it is, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.library import FORMATS, MAX_PIXELS, opened

MAX_BYTES = 20_000_000
_PREVIEW_FORMATS = ["JPEG", "WEBP"]
_PREVIEW_PX = (16, 1024)


@dataclass(frozen=True)
class Picture:
    """What the bytes themselves say: type, width and height in pixels as stored."""

    mime: str
    width_px: int
    height_px: int


def look_at(body: bytes) -> Picture:
    """Check by content that this is a JPEG, PNG or WebP of sane size, without decoding it.

    Refuses with PHOTO_FORMAT, or PHOTO_TOO_LARGE beyond 50 megapixels.
    """
    if not _begins_right(body):
        raise Refusal("PHOTO_FORMAT")
    with opened(body) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise Refusal("PHOTO_TOO_LARGE", width_px=width, height_px=height)
        image.verify()
        return Picture(FORMATS[image.format or ""], width, height)


def look_at_preview(body: bytes) -> None:
    """Decode a preview to its last pixel; refuses with PHOTO_FORMAT what is no JPEG or WebP of 16 to 1024 px a side."""
    try:
        with opened(body, _PREVIEW_FORMATS) as image:
            if not all(_PREVIEW_PX[0] <= side <= _PREVIEW_PX[1] for side in image.size):
                raise Refusal("PHOTO_FORMAT", width_px=image.width, height_px=image.height)
            image.load()
    except Refusal as refusal:
        raise Refusal("PHOTO_FORMAT", **refusal.details) from refusal


def kind_of(body: bytes) -> str:
    """Give the MIME type of a picture that was looked at before, by its first bytes."""
    return "image/webp" if body.startswith(b"RIFF") else "image/png" if body.startswith(b"\x89PNG") else "image/jpeg"


def _begins_right(body: bytes) -> bool:
    return body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP")
