"""Small pictures and plain pixels of a photo, upright and without anything of the original's EXIF."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from inspections.photos.pictures.library import opened

THUMBNAIL_PX = 320


def upright(body: bytes, longest_px: int | None = None) -> Image.Image:
    """Decode a photo as a person sees it: turned upright, RGB, the longest side at most `longest_px`, no metadata.

    Refuses with PHOTO_FORMAT what cannot be decoded, with PHOTO_TOO_LARGE beyond 50 megapixels.
    """
    with opened(body) as image:
        if longest_px is not None:
            # A JPEG is decoded at a fraction of its size: five times faster for a 12-megapixel photo.
            image.draft("RGB", (longest_px * 2, longest_px * 2))
        turned = ImageOps.exif_transpose(image)
        if longest_px is not None:
            turned.thumbnail((longest_px, longest_px))
        clean = turned.convert("RGB")
        clean.info.clear()
        return clean


def upright_rgb(body: bytes, longest_px: int | None = None) -> NDArray[np.uint8]:
    """Decode a photo like `upright`, as an array of height x width x 3 bytes, red first."""
    return np.asarray(upright(body, longest_px), dtype=np.uint8)


def make_small(body: bytes, longest_px: int = THUMBNAIL_PX) -> bytes:
    """Make a small WebP, turned upright, with nothing of the original's EXIF; refuses like `upright`."""
    out = io.BytesIO()
    upright(body, longest_px).save(out, "WEBP", quality=80)
    return out.getvalue()
