"""What is made of a photo for looking at it and for finding it again: decoded once, upright, without its metadata."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from inspections.photos.pictures.prints import GREY_PX, fingerprint_of
from inspections.photos.pictures.small import THUMBNAIL_PX, upright

SCREEN_PX = 1600


@dataclass(frozen=True)
class Derivatives:
    """The two pictures as WebP, longest side at most 320 and 1600 px (never enlarged), and the fingerprint's bits."""

    thumbnail: bytes
    screen: bytes
    bits: bytes


def derive(body: bytes) -> Derivatives:
    """Make all derivatives of a photo; refuses like `upright` what cannot be decoded."""
    screen = upright(body, SCREEN_PX)
    grey = _within(screen, GREY_PX)
    return Derivatives(_webp(_within(screen, THUMBNAIL_PX)), _webp(screen), fingerprint_of(grey))


def _within(picture: Image.Image, longest_px: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    return copy


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80)
    return out.getvalue()
