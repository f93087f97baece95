"""A piece of a picture, for whoever looks at what was read there."""

from __future__ import annotations

import io

from inspections.photos.pictures.small import upright

LONGEST_PX = 1200
# What is shown around the piece, as a share of its longer side: a sign is judged with its frame.
_AROUND = 0.04


def crop(body: bytes, box: tuple[int, int, int, int], longest_px: int = LONGEST_PX) -> bytes:
    """Give a piece of the upright picture as WebP, at most `longest_px` a side, with nothing of the original's EXIF.

    `box` is left, top, right, bottom in pixels of the upright picture; what lies outside of it is cut off, and a box
    that lies wholly outside gives the nearest edge. Refuses like `upright`.
    """
    picture = upright(body)
    around = round(_AROUND * max(box[2] - box[0], box[3] - box[1]))
    left = min(max(0, box[0] - around), picture.width - 1)
    top = min(max(0, box[1] - around), picture.height - 1)
    right = max(left + 1, min(picture.width, box[2] + around))
    bottom = max(top + 1, min(picture.height, box[3] + around))
    piece = picture.crop((left, top, right, bottom))
    piece.thumbnail((longest_px, longest_px))
    out = io.BytesIO()
    piece.save(out, "WEBP", quality=85)
    return out.getvalue()
