"""Walk a PNG chunk by chunk, checksums included, to its end (ISO/IEC 15948); its pixels are not inflated."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from inspections.photos.pictures.structure.foreign import check_comment
from inspections.photos.pictures.structure.walked import (
    Walked,
    animated,
    damaged,
    measured,
    more_than_a_picture,
    overloaded,
    truncated,
)

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Writers cut the pixels into pieces of 4 to 64 kB, so 20 MB have at most some five thousand.
_MOST_CHUNKS = 10_000
_MOST_BESIDE_BYTES = 4_000_000
# What the texts and the colour profile of a picture may become together when somebody inflates them.
_MOST_INFLATED = 8_000_000
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PALETTE = 3
_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
_XMP = b"XML:com.adobe.xmp\0"


@dataclass
class _Found:
    size: tuple[int, int] = (0, 0)
    needs_palette: bool = False
    has_palette: bool = False
    has_pixels: bool = False
    pixels_ended: bool = False
    beside_bytes: int = 0
    inflated: int = 0
    keep: list[tuple[int, int]] = field(default_factory=lambda: [(0, len(SIGNATURE))])
    exif: bytes = b""
    has_xmp: bool = False


def walk_png(body: bytes) -> Walked:
    """Walk the whole file; refuses with the codes of `walked.py`, also where anything follows the end."""
    found, at = _Found(), len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        kind, first, end = _chunk(body, at)
        _note(body, kind, first, end - 4, found)
        if kind in _NEEDED:
            found.keep.append((at, end))
        at = end
        if kind == b"IEND":
            break
    else:
        overloaded("chunks")
    if not found.has_pixels:
        damaged("no_pixels")
    if at != len(body):
        more_than_a_picture("bytes_behind")
    width, height = found.size
    return Walked("image/png", width, height, tuple(found.keep), found.exif, found.has_xmp)


def _chunk(body: bytes, at: int) -> tuple[bytes, int, int]:
    """Give (type, first byte of the content, byte behind the checksum) of the chunk at `at`."""
    if at + 12 > len(body):
        truncated(at)
    length, kind = int.from_bytes(body[at : at + 4], "big"), body[at + 4 : at + 8]
    if not kind.isalpha() or length > 0x7FFFFFFF:
        damaged("chunk", at)
    first = at + 8
    if first + length + 4 > len(body):
        truncated(at)
    told = int.from_bytes(body[first + length : first + length + 4], "big")
    if zlib.crc32(memoryview(body)[at + 4 : first + length]) != told:
        damaged("checksum", at)
    return kind, first, first + length + 4


def _note(body: bytes, kind: bytes, first: int, end: int, found: _Found) -> None:
    """Take from a chunk what is asked of it, in the order the standard sets."""
    if (kind == b"IHDR") != (found.size == (0, 0)):
        damaged("order", first)
    if kind == b"IHDR":
        found.size = _header(body[first:end], found)
    elif kind == b"PLTE":
        if not 3 <= end - first <= 768 or (end - first) % 3 or found.has_palette or found.has_pixels:
            damaged("palette", first)
        found.has_palette = True
    elif kind == b"IDAT":
        if found.pixels_ended or (found.needs_palette and not found.has_palette):
            damaged("order", first)
        found.has_pixels = True
    elif kind == b"IEND":
        if end != first:
            damaged("end", first)
    elif kind in _ANIMATION:
        animated()
    elif not kind[0] & 0x20:
        damaged("chunk", first)
    else:
        _note_beside(body[first:end], kind, found)
    found.pixels_ended = found.has_pixels and kind != b"IDAT"


def _header(header: bytes, found: _Found) -> tuple[int, int]:
    if len(header) != 13:
        damaged("header")
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    size = measured(width, height)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        damaged("header")
    found.needs_palette = colour == _PALETTE
    return size


def _note_beside(content: bytes, kind: bytes, found: _Found) -> None:
    """Look at a chunk that pixels do not need: how large it is, also inflated, and what it holds."""
    found.beside_bytes += len(content)
    if found.beside_bytes > _MOST_BESIDE_BYTES:
        overloaded("chunks_beside")
    if kind == b"eXIf":
        found.exif = found.exif or content
    packed = _packed(content, kind)
    if packed is not None:
        # One byte more than allowed is enough to know; a bomb is never let off.
        room = _MOST_INFLATED - found.inflated
        try:
            found.inflated += len(zlib.decompressobj().decompress(packed, room + 1))
        except zlib.error:
            damaged("packed_text")
        if found.inflated > _MOST_INFLATED:
            overloaded("inflated")
    if kind == b"iTXt" and content.startswith(_XMP):
        found.has_xmp = True
    elif kind != b"eXIf" and packed is None:
        check_comment(content)


def _packed(content: bytes, kind: bytes) -> bytes | None:
    """Give the deflated part of a chunk, which stands behind a name and a byte, in an iTXt behind two more texts."""
    if kind in (b"zTXt", b"iCCP"):
        return content.partition(b"\0")[2][1:]
    if kind == b"iTXt":
        rest = content.partition(b"\0")[2]
        if rest[:1] == b"\1":
            return rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return None
