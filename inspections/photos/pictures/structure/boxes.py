"""Walk the boxes of an ISO base media file (ISO/IEC 14496-12): HEIC is made of them, and a phone's film."""

from __future__ import annotations

from collections.abc import Iterator

_MOST_BOXES = 4_096


def boxes(body: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give (type, first byte of the content, end) of each box; ends early, without a word, where one is broken."""
    at = start
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, kind, first = int.from_bytes(body[at : at + 4], "big"), body[at + 4 : at + 8], at + 8
        if size == 1:
            size, first = int.from_bytes(body[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < first - at or at + size > end:
            return
        yield kind, first, at + size
        at += size


def end_of_boxes(body: bytes, start: int) -> int:
    """Give the byte where the chain of boxes from `start` ends: the file's end when it is whole and alone."""
    at = start
    for _kind, _first, end in boxes(body, start, len(body)):
        at = end
    return at
