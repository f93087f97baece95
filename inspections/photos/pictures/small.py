"""Small pictures and plain pixels of a photo, upright and without anything of the original's EXIF."""

from __future__ import annotations

import io
import threading
from contextlib import nullcontext

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inspections.photos.pictures.exif import orientation_of
from inspections.photos.pictures.library import opened
from inspections.photos.pictures.structure.walking import HEIC, walk

THUMBNAIL_PX = 320
# How EXIF's eight orientations are turned upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
# A large picture is shrunk in bands of this many pixels, so that no second copy of all of it is ever held.
_BAND_PIXELS = 2_000_000
_WHITE = (255, 255, 255)
# A decoded picture takes up to 350 MB: of the larger ones a process holds one at a time, however many threads it has.
_LARGE_PIXELS = 13_000_000
_ONE_LARGE = threading.Lock()


def upright(body: bytes, longest_px: int | None = None) -> Image.Image:
    """Decode a photo as a person sees it: turned upright, RGB on white, no metadata, at most `longest_px` a side.

    Refuses with PHOTO_DAMAGED what cannot be decoded, and like `walk`.
    """
    walked = walk(body)
    large = walked.width_px * walked.height_px > _LARGE_PIXELS
    with _ONE_LARGE if large else nullcontext(), opened(body, walked) as image:
        if longest_px is not None:
            # A JPEG is decoded at a fraction of its size: five times faster for a 12-megapixel photo.
            image.draft("RGB", (longest_px * 2, longest_px * 2))
        clean = _plain(image) if longest_px is None else _shrunk(image, longest_px)
        # The decoder of HEIC has turned it already.
        turn = None if walked.mime == HEIC else _TURNS.get(orientation_of(walked.exif))
        clean = clean if turn is None else clean.transpose(turn)
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


def _shrunk(image: Image.Image, longest_px: int) -> Image.Image:
    """Give it as plain RGB with its longest side at most `longest_px`; a smaller one keeps its size."""
    image.load()
    factor = max(image.size) // (longest_px * 2)
    if factor >= 2:
        plain = _reduced(image, factor)
    else:
        # What is plain already is shrunk where it lies.
        plain = image if image.mode == "RGB" and "transparency" not in image.info else _plain(image)
    plain.thumbnail((longest_px, longest_px))
    return plain.copy()


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Give it as plain RGB, `factor` times smaller, band by band."""
    width, height = image.size
    rows = max(1, _BAND_PIXELS // (width * factor)) * factor
    out = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        band = image.crop((0, top, width, min(height, top + rows)))
        out.paste(_plain(band).reduce(factor), (0, top // factor))
    return out


def _plain(image: Image.Image) -> Image.Image:
    """Give it as RGB: what is transparent stands on white, sixteen bits become eight."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGB", image.size, _WHITE)
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    return image.convert("RGB")
