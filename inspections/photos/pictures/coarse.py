"""What anybody may see of a photo: a picture too coarse to know a person by, and 64 bits by which a copy is known."""

from __future__ import annotations

import io

import numpy as np

from inspections.photos.pictures.small import upright, upright_rgb

# The sign's shape and the street can be told, a face is two or three dots.
COARSE_PX = 96
_COLUMNS, _ROWS = 9, 8
# Of 255: a sky or a wall is even, and the noise of recompression no difference.
_PLAINLY = 2
_GREY = np.array([0.299, 0.587, 0.114])


def make_coarse(body: bytes) -> bytes:
    """Make a JPEG of at most 96 px a side out of a thumbnail; nothing but the picture stands in it."""
    out = io.BytesIO()
    upright(body, COARSE_PX).save(out, "JPEG", quality=70)
    return out.getvalue()


def difference_hash(body: bytes) -> str:
    """Give 64 bits in 16 hexadecimal digits: is each of 9 by 8 fields, row by row, plainly darker than the next?

    A field's grey (ITU-R BT.601) is the mean of its pixels; pixel x of w belongs to column floor(9x / w). The page's
    twin is web_map/static/pages/same_picture.js; both are held to one example.
    """
    pixels = upright_rgb(body) @ _GREY
    height, width = pixels.shape
    rows, columns = np.arange(height) * _ROWS // height, np.arange(width) * _COLUMNS // width
    field = (rows[:, None] * _COLUMNS + columns[None, :]).ravel()
    sums = np.bincount(field, weights=pixels.ravel(), minlength=_ROWS * _COLUMNS)
    counts = np.bincount(field, minlength=_ROWS * _COLUMNS)
    # A picture of fewer pixels than fields leaves some empty.
    fields = (sums / np.maximum(counts, 1)).reshape(_ROWS, _COLUMNS)
    bits = (fields[:, :-1] + _PLAINLY < fields[:, 1:]).ravel()
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
