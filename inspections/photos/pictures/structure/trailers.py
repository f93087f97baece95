"""What may stand behind a JPEG's end: only what cameras really put there, each by its own structure.

An unknown rest is refused: nobody's camera writes a ZIP, a page or a script behind a photo.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.structure.boxes import end_of_boxes
from inspections.photos.pictures.structure.foreign import check_behind
from inspections.photos.pictures.structure.walked import more_than_a_picture

# Some cameras fill up to a block or a page of their memory.
_NOT_FILLING = re.compile(rb"[^\x00\xff]|\xff\xd8\xff")
_MOST_PICTURES = 16
_SAMSUNG_END, _SAMSUNG_MOST = b"SEFT", 128
_VIVO_STARTS = (b"vivo", b"streamdata")
_VIVO_END = bytes.fromhex("ffffffff1b2a39485766758493a2b1")
_OPPO_END, _OPPO_MOST_BYTES = b"jxrs", 8_192


def check_trailer(body: bytes, at: int, *, film_follows: bool, skip_jpeg: Callable[[bytes, int], int]) -> None:
    """Refuse with PHOTO_MORE_THAN_A_PICTURE what no camera puts behind its picture, which ends at byte `at`.

    Allowed: filling; further whole JPEGs (the smaller or the brighter copy of CIPA's multi-picture format); the film
    of a moving photo where the XMP announces it; the makers' notes of Samsung, vivo and OPPO.
    """
    for _ in range(_MOST_PICTURES):
        at = _behind_filling(body, at)
        if at == len(body):
            return
        if not body.startswith(b"\xff\xd8\xff", at):
            break
        try:
            at = skip_jpeg(body, at)
        except Refusal:
            more_than_a_picture("broken_second_picture")
    check_behind(body, at)
    if film_follows and _is_film(body, at):
        return
    if not (_is_samsung(body, at) or _is_vivo(body, at) or _is_oppo(body, at)):
        more_than_a_picture("bytes_behind")


def _behind_filling(body: bytes, at: int) -> int:
    found = _NOT_FILLING.search(body, at)
    return len(body) if found is None else found.start()


def _is_film(body: bytes, at: int) -> bool:
    """Do whole boxes reach to the end? The three noughts that begin the first one were taken for filling."""
    return body.startswith(b"ftyp", at + 1) and end_of_boxes(body, at - 3) == len(body)


def _is_samsung(body: bytes, at: int) -> bool:
    """Does a directory at the end name blocks that lie between `at` and itself, each marked with its own type?"""
    if not body.endswith(_SAMSUNG_END) or len(body) - at < 32:
        return False
    head = len(body) - 8 - int.from_bytes(body[-8:-4], "little")
    if head < at or body[head : head + 4] != b"SEFH":
        return False
    count = int.from_bytes(body[head + 8 : head + 12], "little")
    if not 1 <= count <= _SAMSUNG_MOST or head + 12 + 12 * count > len(body) - 8:
        return False
    return all(_is_samsung_block(body, at, head, head + 12 + 12 * number) for number in range(count))


def _is_samsung_block(body: bytes, at: int, head: int, entry: int) -> bool:
    back = int.from_bytes(body[entry + 4 : entry + 8], "little")
    size = int.from_bytes(body[entry + 8 : entry + 12], "little")
    # The two noughts before a block's type may have been taken for filling.
    return at - 3 <= head - back and size <= back and body[head - back : head - back + 4] == body[entry : entry + 4]


def _is_vivo(body: bytes, at: int) -> bool:
    return body.startswith(_VIVO_STARTS, at) and body.endswith(_VIVO_END)


def _is_oppo(body: bytes, at: int) -> bool:
    """Does a list in JSON at the end name the blocks before it?"""
    if body[-8:-4] != _OPPO_END or len(body) - at < 16:
        return False
    length = int.from_bytes(body[-4:], "little")
    if not 2 <= length <= min(_OPPO_MOST_BYTES, len(body) - at):
        return False
    try:
        listed = json.loads(body[len(body) - length : -8])
    except (ValueError, RecursionError):
        return False
    return isinstance(listed, list) and all(isinstance(one, dict) and "name" in one for one in listed)
