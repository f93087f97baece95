"""Fingerprints of a picture, by which it is found again when it was recompressed, shrunk, cropped or marked.

A perceptual hash (imagehash's pHash: the signs of the low frequencies of a small grey picture) of the whole picture and
of four parts of it. A copy that lost a border looks, as a whole, like the inner part of the original; a copy with words
at its foot looks like the original in its upper part. Measured in benchmarks/photo_hash.py.
"""

from __future__ import annotations

from typing import Final

import imagehash
import numpy as np
from PIL import Image

from inspections.photos.pictures.small import upright

# What the bits of `fingerprint` are; a better kind gets a new number and stands beside.
KIND: Final = 1
# Left, top, right, bottom as shares of the upright picture; the order is that of the bits.
PARTS: Final[dict[str, tuple[float, float, float, float]]] = {
    "whole": (0.0, 0.0, 1.0, 1.0),
    "upper_80": (0.0, 0.0, 1.0, 0.80),
    "upper_88": (0.0, 0.0, 1.0, 0.88),
    "inner_90": (0.05, 0.05, 0.95, 0.95),
    "inner_80": (0.10, 0.10, 0.90, 0.90),
}
# Hash of a part: 16 x 16 frequencies, the lowest 8 x 8 of them first.
SIDE: Final = 16
COARSE_SIDE: Final = 8
BYTES_PER_PART: Final = SIDE * SIDE // 8
BYTES: Final = len(PARTS) * BYTES_PER_PART
GREY_PX: Final = 512
_COARSE_FIRST: Final = np.argsort(
    [max(row, column) >= COARSE_SIDE for row in range(SIDE) for column in range(SIDE)], kind="stable"
)


def fingerprint(body: bytes) -> bytes:
    """Give the 160 bytes by which a photo is found again; refuses like `upright` what cannot be decoded."""
    return fingerprint_of(upright(body, GREY_PX))


def fingerprint_of(image: Image.Image) -> bytes:
    """Give the 160 bytes of a picture that is decoded and upright: 32 for each of PARTS."""
    grey = image.convert("L")
    return b"".join(_hash(grey, part) for part in PARTS.values())


def _hash(grey: Image.Image, part: tuple[float, float, float, float]) -> bytes:
    left, top, right, bottom = part
    box = (grey.width * left, grey.height * top, grey.width * right, grey.height * bottom)
    # The size at which pHash itself looks; made here because only `resize` can take a part without copying it.
    seen = grey.resize((SIDE * 4, SIDE * 4), Image.Resampling.LANCZOS, box=box)
    bits = imagehash.phash(seen, hash_size=SIDE).hash.reshape(-1)
    return np.packbits(bits[_COARSE_FIRST]).tobytes()
