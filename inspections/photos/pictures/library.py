"""The door to the imaging library: its guards are set here, and what it raises becomes a refusal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from field_app_schema.refusals import Refusal

MAX_PIXELS = 50_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# Also the library's own guard, for every path on which it opens a file.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What damaged files make the library raise; SyntaxError is its word for a broken PNG.
_DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


@contextmanager
def opened(body: bytes, formats: list[str] | None = None) -> Iterator[Image.Image]:
    """Open a picture, decoding nothing yet; refuses with PHOTO_FORMAT, or PHOTO_TOO_LARGE beyond 50 megapixels."""
    try:
        with Image.open(io.BytesIO(body), formats=formats or list(FORMATS)) as image:
            yield image
    except _BOMB as error:
        raise Refusal("PHOTO_TOO_LARGE") from error
    except _DAMAGED as error:
        raise Refusal("PHOTO_FORMAT") from error
