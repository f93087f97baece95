"""Walk a JPEG from its first marker through every scan to its end (ITU-T T.81, annex B); no bit of it is decoded."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from inspections.photos.pictures.structure.foreign import check_comment
from inspections.photos.pictures.structure.trailers import check_trailer
from inspections.photos.pictures.structure.walked import (
    MAX_PIXELS,
    Walked,
    damaged,
    measured,
    not_accepted,
    overloaded,
    truncated,
)

# A colour profile may take 255 segments and a long XMP three hundred; cameras write about twenty.
_MOST_SEGMENTS = 1_000
# A progressive photo has ten to fifteen; each is a whole pass over the picture for whoever decodes it.
_MOST_SCANS = 32
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
# Baseline, extended and progressive with Huffman coding: what every viewer shows.
_SHOWN, _PROGRESSIVE = (0xC0, 0xC1, 0xC2), 0xC2
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Tables that pixels need: DHT, DAC, DQT, DNL, DRI.
_TABLES = (0xC4, 0xCC, 0xDB, 0xDC, 0xDD)
# The next real marker: not a stuffed byte, not a restart, not filling.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_NOT_FILL = re.compile(rb"[^\xff]")
_EXIF, _XMP, _IPTC = b"Exif\0\0", b"http://ns.adobe.com/x", b"Photoshop 3.0\0"
_KNOWN_MAKES = (_EXIF, _XMP, _IPTC, b"JFIF\0", b"JFXX\0", b"ICC_PROFILE\0", b"MPF\0", b"Adobe", b"urn:iso:std:iso:ts:")
# How a phone says in its XMP that a film of the moment follows the photo.
_FILM = re.compile(rb"(?:MotionPhoto|MicroVideo)\s*(?:=\s*[\"']|>)1")


@dataclass
class _Found:
    """What the walk has met so far; `size` is (0, 0) before the frame's header."""

    size: tuple[int, int] = (0, 0)
    scans: int = 0
    keep: list[tuple[int, int]] = field(default_factory=list)
    exif: bytes = b""
    has_xmp: bool = False
    has_iptc: bool = False
    film_follows: bool = False


def walk_jpeg(body: bytes) -> Walked:
    """Walk the whole file, what follows the picture included; refuses with the codes of `walked.py`."""
    found = _Found(keep=[(0, 2)])
    end = _walk(body, 0, found)
    check_trailer(body, end, film_follows=found.film_follows, skip_jpeg=skip_jpeg)
    width, height = found.size
    return Walked("image/jpeg", width, height, tuple(found.keep), found.exif, found.has_xmp, found.has_iptc)


def skip_jpeg(body: bytes, start: int) -> int:
    """Give the byte behind a further JPEG that begins at `start`; refuses like `walk_jpeg`."""
    return _walk(body, start, _Found())


def _walk(body: bytes, start: int, found: _Found) -> int:
    at, segments = start + 2, 0
    while True:
        marker, at = _next_marker(body, at)
        segments += 1
        if segments > _MOST_SEGMENTS:
            overloaded("segments")
        if marker == _EOI:
            if not found.scans:
                damaged("no_scan", at)
            found.keep.append((at - 2, at))
            return at
        end = _end_of_segment(body, marker, at)
        if marker == _SOS:
            first, end = at - 2, _end_of_scan(body, end, found)
            found.keep.append((first, end))
        else:
            _note(body, marker, at, end, found)
        at = end


def _next_marker(body: bytes, at: int) -> tuple[int, int]:
    """Give the marker that begins at `at`, filling skipped, and the byte behind it."""
    if at + 1 >= len(body):
        truncated(at)
    if body[at] != 0xFF:
        damaged("no_marker", at)
    code = _NOT_FILL.search(body, at)
    if code is None:
        truncated(at)
    marker = body[code.start()]
    if marker < 0xC0 or 0xD0 <= marker <= _SOI:
        damaged("marker", at)
    return marker, code.start() + 1


def _end_of_segment(body: bytes, marker: int, at: int) -> int:
    if at + 2 > len(body):
        truncated(at)
    length = int.from_bytes(body[at : at + 2], "big")
    if length < 2:
        damaged(f"segment_{marker:02x}", at)
    if at + length > len(body):
        truncated(at)
    return at + length


def _end_of_scan(body: bytes, at: int, found: _Found) -> int:
    if found.size == (0, 0):
        damaged("scan_before_frame", at)
    found.scans += 1
    if found.scans > _MOST_SCANS:
        overloaded("scans")
    marker = _MARKER.search(body, at)
    if marker is None:
        truncated(len(body))
    return marker.start()


def _note(body: bytes, marker: int, at: int, end: int, found: _Found) -> None:
    """Take from a segment what is asked of it."""
    if marker in _FRAMES:
        if found.size != (0, 0):
            damaged("second_frame", at)
        found.size = _frame(marker, body[at + 2 : end], at)
    if marker in _TABLES or marker in _FRAMES:
        found.keep.append((at - 2, end))
    elif marker == _COM:
        check_comment(body[at + 2 : end])
    elif 0xE0 <= marker <= 0xEF:
        _note_application(body[at + 2 : end], at, end, found)
    else:
        damaged(f"segment_{marker:02x}", at)


def _frame(marker: int, header: bytes, at: int) -> tuple[int, int]:
    """Read a frame's header: (width, height) in pixels."""
    if len(header) < 6 or len(header) != 6 + 3 * header[5]:
        damaged("frame", at)
    precision, height, width, components = struct.unpack_from(">BHHB", header)
    # All of a progressive picture is held at once, two bytes a sample, before the first pixel is there.
    size = measured(width, height, most=MAX_PIXELS // 2 if marker == _PROGRESSIVE else MAX_PIXELS)
    if marker not in _SHOWN or precision != 8 or components not in (1, 3, 4):
        not_accepted("jpeg_coding")
    if any(not 1 <= factor <= 4 for byte in header[7::3] for factor in (byte >> 4, byte & 15)):
        damaged("sampling", at)
    return size


def _note_application(payload: bytes, at: int, end: int, found: _Found) -> None:
    if payload.startswith((b"JFIF\0", b"Adobe")):
        # How its colours are meant; the rest is not needed for its pixels.
        found.keep.append((at - 2, end))
    elif payload.startswith(_EXIF):
        found.exif = found.exif or payload[len(_EXIF) :]
    elif payload.startswith(_XMP):
        found.has_xmp = True
        found.film_follows |= _FILM.search(payload) is not None
    elif payload.startswith(_IPTC):
        found.has_iptc = True
    elif not payload.startswith(_KNOWN_MAKES):
        check_comment(payload)
