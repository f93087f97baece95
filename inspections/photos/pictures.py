"""Look at a picture's bytes and make small ones; the only file that knows the imaging library."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from field_app_schema.refusals import Refusal

MAX_PIXELS = 50_000_000
MAX_BYTES = 20_000_000
THUMBNAIL_PX = 320
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_PREVIEW_FORMATS = ["JPEG", "WEBP"]
_PREVIEW_PX = (16, 1024)
# Also the library's own guard, for every path on which it opens a file.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What damaged files make the library raise; SyntaxError is its word for a broken PNG.
_DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


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
    try:
        with Image.open(io.BytesIO(body), formats=list(_FORMATS)) as image:
            width, height = image.size
            kind = image.format or ""
            if width * height > MAX_PIXELS:
                raise Refusal("PHOTO_TOO_LARGE", width_px=width, height_px=height)
            image.verify()
    except _BOMB as error:
        raise Refusal("PHOTO_TOO_LARGE") from error
    except _DAMAGED as error:
        raise Refusal("PHOTO_FORMAT") from error
    return Picture(_FORMATS[kind], width, height)


def look_at_preview(body: bytes) -> None:
    """Decode a preview to its last pixel; refuses with PHOTO_FORMAT what is no JPEG or WebP of 16 to 1024 px a side."""
    try:
        with Image.open(io.BytesIO(body), formats=_PREVIEW_FORMATS) as image:
            if not all(_PREVIEW_PX[0] <= side <= _PREVIEW_PX[1] for side in image.size):
                raise Refusal("PHOTO_FORMAT", width_px=image.width, height_px=image.height)
            image.load()
    except (*_BOMB, *_DAMAGED) as error:
        raise Refusal("PHOTO_FORMAT") from error


def kind_of(body: bytes) -> str:
    """Give the MIME type of a picture that was looked at before, by its first bytes."""
    return "image/webp" if body.startswith(b"RIFF") else "image/png" if body.startswith(b"\x89PNG") else "image/jpeg"


def make_small(body: bytes, longest_px: int = THUMBNAIL_PX) -> bytes:
    """Make a small WebP, turned upright, with nothing of the original's EXIF; refuses with PHOTO_FORMAT."""
    try:
        with Image.open(io.BytesIO(body), formats=list(_FORMATS)) as image:
            # A JPEG is decoded at a fraction of its size: five times faster for a 12-megapixel photo.
            image.draft("RGB", (longest_px * 2, longest_px * 2))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((longest_px, longest_px))
            clean = upright.convert("RGB")
            clean.info.clear()
            out = io.BytesIO()
            clean.save(out, "WEBP", quality=80)
    except (*_BOMB, *_DAMAGED) as error:
        raise Refusal("PHOTO_FORMAT") from error
    return out.getvalue()


def _begins_right(body: bytes) -> bool:
    return body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP")
