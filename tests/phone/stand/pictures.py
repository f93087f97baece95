"""Photographs of a wished size: noise, so that no JPEG coder makes them small."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image


def photograph(seed: int, size: tuple[int, int] = (640, 480), quality: int = 80) -> bytes:
    """Give a JPEG full of detail; another seed, another picture. 640 x 480 is about 190 kB."""
    noise = random.Random(seed).randbytes(size[0] * size[1] * 3 // 4)
    small = Image.frombytes("RGB", (size[0] // 2, size[1] // 2), noise)
    out = io.BytesIO()
    small.resize(size, Image.Resampling.NEAREST).save(out, "JPEG", quality=quality)
    return out.getvalue()


def put_photograph(folder: Path, seed: int, size: tuple[int, int] = (640, 480)) -> Path:
    """Write a photograph into a file, as a phone's gallery would hold it."""
    path = folder / f"IMG_{seed:06d}.jpg"
    path.write_bytes(photograph(seed, size))
    return path
