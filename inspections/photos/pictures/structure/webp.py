"""Walk a WebP's chunks (RFC 9649); sizes are read from the headers of its pixels, nothing is decoded."""

from __future__ import annotations

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

_MOST_CHUNKS = 64
# Its decoder holds a picture four times over (measured: 15 bytes a pixel), and no phone writes larger ones.
_MOST_PIXELS = 20_000_000
_EXTENDED, _ALPHA, _PIXELS = b"VP8X", b"ALPH", (b"VP8 ", b"VP8L")
_KNOWN = (b"ICCP", b"EXIF", b"XMP ")
_ANIMATION_FLAG, _ALPHA_FLAG = 0x02, 0x10
_EXIF_PREFIX = b"Exif\0\0"

Chunks = dict[bytes, tuple[int, int]]


def walk_webp(body: bytes) -> Walked:
    """Walk the whole file; refuses with the codes of `walked.py`, also where anything follows the end."""
    found = _chunks(body)
    pixels = next((kind for kind in _PIXELS if kind in found), None)
    if pixels is None or all(kind in found for kind in _PIXELS):
        damaged("no_pixels")
    size = _lossy(body, *found[pixels]) if pixels == b"VP8 " else _lossless(body, *found[pixels])
    if _EXTENDED in found and _canvas(body, found[_EXTENDED][0]) != size:
        damaged("canvas")
    exif_at = found.get(b"EXIF", (0, 0))
    exif = body[exif_at[0] : exif_at[1]].removeprefix(_EXIF_PREFIX)
    keep = tuple(found[kind] for kind in (_EXTENDED, _ALPHA, pixels) if kind in found)
    return Walked("image/webp", *measured(*size, most=_MOST_PIXELS), keep, exif, b"XMP " in found)


def bare_webp(body: bytes, keep: tuple[tuple[int, int], ...]) -> bytes:
    """Put together a WebP of only the kept chunks, its flags telling of nothing else."""
    parts = []
    for first, end in keep:
        kind, content = body[first - 8 : first - 4], body[first:end]
        if kind == _EXTENDED:
            content = bytes([content[0] & _ALPHA_FLAG]) + content[1:]
        parts.append(kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2))
    joined = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(joined).to_bytes(4, "little") + joined


def _chunks(body: bytes) -> Chunks:
    """Give (first byte of the content, its end) by type, each type once."""
    if len(body) < 20:
        truncated(len(body))
    total = 8 + int.from_bytes(body[4:8], "little")
    if total > len(body):
        truncated(len(body))
    if total < len(body):
        more_than_a_picture("bytes_behind")
    found: Chunks = {}
    at = 12
    while at < total:
        kind, size = body[at : at + 4], int.from_bytes(body[at + 4 : at + 8], "little")
        first, end = at + 8, at + 8 + size
        # The last byte of an odd chunk is filling, which some writers leave out at the very end.
        if end > total or len(found) >= _MOST_CHUNKS:
            (overloaded("chunks") if end <= total else damaged("chunk", at))
        _check_chunk(body, kind, first, end, found)
        found[kind] = (first, end)
        at = end + size % 2
    return found


def _check_chunk(body: bytes, kind: bytes, first: int, end: int, found: Chunks) -> None:
    if kind in (b"ANIM", b"ANMF"):
        animated()
    if kind == _EXTENDED:
        if found or end - first != 10:
            damaged("header", first)
        if body[first] & _ANIMATION_FLAG:
            animated()
    elif kind in found:
        damaged("twice", first)
    elif kind not in (*_PIXELS, *_KNOWN, _ALPHA):
        check_comment(body[first:end])


def _canvas(body: bytes, at: int) -> tuple[int, int]:
    return 1 + int.from_bytes(body[at + 4 : at + 7], "little"), 1 + int.from_bytes(body[at + 7 : at + 10], "little")


def _lossy(body: bytes, at: int, end: int) -> tuple[int, int]:
    """Read the sides from a key frame's header (RFC 6386, 9.1)."""
    if end - at < 10 or body[at] & 1 or body[at + 3 : at + 6] != b"\x9d\x01\x2a":
        damaged("frame", at)
    # The first partition must fit into what is there.
    if int.from_bytes(body[at : at + 3], "little") >> 5 > end - at - 10:
        truncated(end)
    width, height = int.from_bytes(body[at + 6 : at + 8], "little"), int.from_bytes(body[at + 8 : at + 10], "little")
    return width & 0x3FFF, height & 0x3FFF


def _lossless(body: bytes, at: int, end: int) -> tuple[int, int]:
    if end - at < 5 or body[at] != 0x2F:
        damaged("frame", at)
    bits = int.from_bytes(body[at + 1 : at + 5], "little")
    if bits >> 29:
        damaged("frame", at)
    return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
