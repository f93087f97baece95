"""What a walk through a picture's file finds, and the limits that hold for every kind of picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

from field_app_schema.refusals import Refusal

MAX_PIXELS = 50_000_000
# A phone's panorama is at most 16 384 pixels long.
MAX_SIDE_PX = 20_000
# Smaller is no photo of anything; the preview of a photo has the same bound.
MIN_SIDE_PX = 16


@dataclass(frozen=True)
class Walked:
    """A picture that its structure says is one whole picture and nothing else.

    `width_px`, `height_px` as stored; `keep`: the (first, end) bytes that its pixels need, without any metadata;
    `exif`: the EXIF block as a TIFF file, empty where there is none; `has_xmp`, `has_iptc`: those are there.
    """

    mime: str
    width_px: int
    height_px: int
    keep: tuple[tuple[int, int], ...]
    exif: bytes = b""
    has_xmp: bool = False
    has_iptc: bool = False


def measured(width: int, height: int, *, most: int = MAX_PIXELS) -> tuple[int, int]:
    """Give back the sides in pixels; refuses with PHOTO_TOO_LARGE, PHOTO_TOO_SMALL, PHOTO_DAMAGED (nought)."""
    if width == 0 or height == 0:
        damaged("no_pixels")
    if width * height > most or max(width, height) > MAX_SIDE_PX:
        raise Refusal("PHOTO_TOO_LARGE", width_px=width, height_px=height, limit_px=most)
    if min(width, height) < MIN_SIDE_PX:
        raise Refusal("PHOTO_TOO_SMALL", width_px=width, height_px=height)
    return width, height


def not_accepted(reason: str) -> NoReturn:
    """Refuse a file that is no picture of an accepted kind."""
    raise Refusal("PHOTO_FORMAT", reason=reason)


def truncated(at: int) -> NoReturn:
    """Refuse a picture that ends before it is whole; `at`: the byte from which something is missing."""
    raise Refusal("PHOTO_TRUNCATED", at=at)


def damaged(reason: str, at: int | None = None) -> NoReturn:
    """Refuse a picture whose structure contradicts itself."""
    details: dict[str, Any] = {"reason": reason} if at is None else {"reason": reason, "at": at}
    raise Refusal("PHOTO_DAMAGED", **details)


def animated() -> NoReturn:
    """Refuse a moving picture."""
    raise Refusal("PHOTO_ANIMATED")


def overloaded(reason: str) -> NoReturn:
    """Refuse a picture made to cost its reader more than a photo may."""
    raise Refusal("PHOTO_OVERLOADED", reason=reason)


def more_than_a_picture(reason: str) -> NoReturn:
    """Refuse a file that is a picture and something else besides."""
    raise Refusal("PHOTO_MORE_THAN_A_PICTURE", reason=reason)
