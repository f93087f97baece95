"""Walk the boxes of a HEIC photo (ISO/IEC 23008-12): one picture, whole, of sane size; its pixels are not touched."""

from __future__ import annotations

from inspections.photos.pictures.structure.boxes import boxes, end_of_boxes
from inspections.photos.pictures.structure.walked import (
    Walked,
    animated,
    damaged,
    measured,
    more_than_a_picture,
    not_accepted,
    truncated,
)

# HEVC-coded stills; «mif1» may hold any coding, so it must name one of the others too.
_STILL = (b"heic", b"heix", b"heim", b"heis")
_MOVING = (b"hevc", b"hevx", b"hevm", b"hevs")
_MOST_BRANDS = 32
# The last two are a phone's: the film of the moment, and Samsung's notes.
_TOP = (b"ftyp", b"meta", b"mdat", b"free", b"skip", b"uuid", b"mpvd", b"sefd")


def is_heic(body: bytes) -> bool:
    """Does it call itself HEIC, still or moving?"""
    return body[4:8] == b"ftyp" and not set(_brands(body)).isdisjoint((*_STILL, *_MOVING))


def walk_heic(body: bytes) -> Walked:
    """Walk the file's boxes; refuses with the codes of `walked.py`."""
    if _brands(body)[0] in _MOVING:
        animated()
    end, media = end_of_boxes(body, 0), {}
    for kind, first, last in boxes(body, 0, len(body)):
        if kind == b"moov":
            animated()
        if kind not in _TOP:
            more_than_a_picture("box_behind")
        media[kind] = (first, last)
    if end < len(body):
        _say_what_is_broken(body, end)
    if b"meta" not in media or b"mdat" not in media:
        damaged("no_pixels")
    # The whole picture is the largest extent that is told; tiles and thumbnails are smaller.
    sizes = _extents(body, media[b"meta"][0] + 4, media[b"meta"][1])
    width, height = measured(*max(sizes, key=lambda size: size[0] * size[1], default=(0, 0)))
    return Walked("image/heic", width, height, ((0, len(body)),))


def _brands(body: bytes) -> list[bytes]:
    """Give the brand and what else the file says it may be read as."""
    end = min(int.from_bytes(body[:4], "big"), len(body), 16 + 4 * _MOST_BRANDS)
    return [body[8:12], *(body[at : at + 4] for at in range(16, end - 3, 4))]


def _say_what_is_broken(body: bytes, at: int) -> None:
    kind = body[at + 4 : at + 8]
    if kind in _TOP:
        size = int.from_bytes(body[at : at + 4], "big")
        truncated(at) if size > len(body) - at else damaged("box", at)
    if len(body) - at < 8:
        truncated(at)
    more_than_a_picture("bytes_behind")


def _extents(body: bytes, first: int, end: int) -> list[tuple[int, int]]:
    """Give the sides in pixels of everything in the file that has some."""
    found = []
    for properties, inside, last in boxes(body, first, end):
        if properties != b"iprp":
            continue
        for container, deeper, until in boxes(body, inside, last):
            if container != b"ipco":
                continue
            for kind, at, stop in boxes(body, deeper, until):
                if kind == b"ispe" and stop - at >= 12:
                    width, height = body[at + 4 : at + 8], body[at + 8 : at + 12]
                    found.append((int.from_bytes(width, "big"), int.from_bytes(height, "big")))
                if kind == b"av1C":
                    not_accepted("avif")
    return found
