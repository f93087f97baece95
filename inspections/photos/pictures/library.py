"""The door to the imaging library: what it is shown, its guards, and what it raises as a refusal."""

from __future__ import annotations

import functools
import importlib.util
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from PIL import Image

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.structure.walked import MAX_PIXELS, Walked
from inspections.photos.pictures.structure.walking import HEIC, JPEG, PNG, WEBP, bare, walk

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
# Also the library's own guard; it only warns, so the walk has refused before.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# What damaged files make the decoders raise; SyntaxError is the library's word for a broken PNG.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, RuntimeError,
            struct.error, zlib.error)  # fmt: skip


def reads_heic() -> bool:
    """Is the optional decoder of HEIC installed (`requirements-heic.txt`)?"""
    return importlib.util.find_spec("pillow_heif") is not None


@contextmanager
def opened(body: bytes, walked: Walked | None = None) -> Iterator[Image.Image]:
    """Walk a picture (unless it was) and open it, decoding nothing yet; damage that shows inside becomes a refusal.

    The library is shown the bare picture: no EXIF, no profiles, no texts, nothing behind the end, and so none of its
    readers of those ever runs. Refuses like `walk`, with PHOTO_DAMAGED, and with PHOTO_HEIC_UNREADABLE.
    """
    walked = walked or walk(body)
    if walked.mime == HEIC:
        _learn_heic()
    try:
        with Image.open(io.BytesIO(bare(body, walked)), formats=[_FORMATS[walked.mime]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Refusal("PHOTO_TOO_LARGE", width_px=image.width, height_px=image.height)
            yield image
    except _DAMAGED as error:
        raise Refusal("PHOTO_DAMAGED", reason="undecodable") from error


@functools.cache
def _learn_heic() -> None:
    """Teach the library HEIC, or refuse with PHOTO_HEIC_UNREADABLE where the decoder is not installed."""
    if not reads_heic():
        raise Refusal("PHOTO_HEIC_UNREADABLE")
    pillow_heif = import_module("pillow_heif")
    # One thread: the worker has its own.
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.register_heif_opener()


def heic_exif(body: bytes) -> bytes:
    """Give the EXIF block of a HEIC as a TIFF file; empty where there is none or no decoder."""
    if not reads_heic():
        return b""
    try:
        told = import_module("pillow_heif").open_heif(body, convert_hdr_to_8bit=False).info.get("exif")
    except _DAMAGED:
        return b""
    return bytes(told or b"").removeprefix(b"Exif\0\0")
