"""Which parts of a picture are looked at for text, and which of two findings of one line is kept. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# One look costs 0.3 s and 170 MB, in proportion to its pixels; text of about 8 px is still found in it.
LOOK_PIXELS = 1_250_000
LOOK_PX = 1600
# Reduced further than this, a whole look would lose letters of 12 px, the smallest that can be read.
WHOLE_IS_ENOUGH = 0.66
CLOSE_PIXELS = 4_000_000
_TILE_PX = 1300
# A line of fifteen letters that the whole look misses fits into the part that two tiles share.
SHARED_PX = 240
_EDGE_PX = 6
Boxes = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """A part of the picture, in its pixels, and how much it is reduced before the detector sees it (at most 1)."""

    left: int
    top: int
    right: int
    bottom: int
    factor: float


def whole_look(width_px: int, height_px: int) -> Look:
    """Give the look at the whole picture."""
    factor = min(1.0, math.sqrt(LOOK_PIXELS / (width_px * height_px)), LOOK_PX / max(width_px, height_px))
    return Look(0, 0, width_px, height_px, factor)


def close_looks(width_px: int, height_px: int) -> list[Look]:
    """Give the overlapping parts in which small letters are searched; none where the whole look suffices."""
    if whole_look(width_px, height_px).factor >= WHOLE_IS_ENOUGH:
        return []
    factor = min(1.0, math.sqrt(CLOSE_PIXELS / (width_px * height_px)))
    return [
        Look(left, top, right, bottom, factor)
        for top, bottom in _spans(height_px, factor)
        for left, right in _spans(width_px, factor)
    ]


def _spans(length_px: int, factor: float) -> list[tuple[int, int]]:
    """Cut a side into equal spans of at most `_TILE_PX` seen pixels that share `SHARED_PX` with the next one."""
    seen = length_px * factor
    count = 1
    while (seen + (count - 1) * SHARED_PX) / count > _TILE_PX:
        count += 1
    span = (seen + (count - 1) * SHARED_PX) / count
    starts = [number * (span - SHARED_PX) / factor for number in range(count)]
    return [(round(start), min(length_px, round(start + span / factor))) for start in starts]


def is_cut(box: Boxes, look: Look, width_px: int, height_px: int) -> bool:
    """Tell whether a box touches a side of its look that is not a side of the picture."""
    edge = _EDGE_PX / look.factor
    (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
    return bool(
        (look.left > 0 and left < look.left + edge)
        or (look.top > 0 and top < look.top + edge)
        or (look.right < width_px and right > look.right - edge)
        or (look.bottom < height_px and bottom > look.bottom - edge)
    )


def kept_boxes(whole: list[Boxes], close: list[Boxes]) -> list[Boxes]:
    """Give each line once: what covers more of it is kept, largest first; a large frame hides no letters in it."""
    kept: list[Boxes] = []
    for box in sorted([*whole, *close], key=_area, reverse=True):
        if not any(_is_same(box, other) for other in kept):
            kept.append(box)
    return kept


def _is_same(box: Boxes, larger: Boxes) -> bool:
    return _thickness(larger) < 2.5 * _thickness(box) and _share_of_smaller(box, larger) >= 0.5


def _thickness(box: Boxes) -> float:
    return float(min(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[0] - box[3])))


def _area(box: Boxes) -> float:
    return float(np.linalg.norm(box[0] - box[1]) * np.linalg.norm(box[0] - box[3]))


def _share_of_smaller(one: Boxes, other: Boxes) -> float:
    """Give the share of the smaller box that lies in the other; exact for convex corners in one turning direction."""
    smaller = min(_shoelace(one), _shoelace(other))
    return _shoelace(_clipped(one, other)) / smaller if smaller > 0 else 1.0


def _shoelace(corners: Boxes) -> float:
    if len(corners) < 3:
        return 0.0
    following = np.roll(corners, -1, axis=0)
    return abs(float((corners[:, 0] * following[:, 1] - following[:, 0] * corners[:, 1]).sum())) / 2


def _clipped(subject: Boxes, window: Boxes) -> Boxes:
    """Clip one convex polygon by another (Sutherland and Hodgman 1974)."""
    points = [tuple(map(float, point)) for point in subject]
    corners = [tuple(map(float, point)) for point in window]
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        given, points = points, []
        for (px, py), (qx, qy) in zip(given, given[1:] + given[:1], strict=True):
            p = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
            q = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
            if p >= 0:
                points.append((px, py))
            if (p >= 0) != (q >= 0):
                share = p / (p - q)
                points.append((px + share * (qx - px), py + share * (qy - py)))
    return np.array(points, dtype=np.float32).reshape(-1, 2)
