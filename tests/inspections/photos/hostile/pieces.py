"""What hostile files are made of: honest pictures, and the parts of their formats."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

SIZE = (96, 64)
PNG_MARK = b"\x89PNG\r\n\x1a\n"


def drawn(kind: str, size: tuple[int, int] = SIZE, mode: str = "RGB", **how: Any) -> bytes:
    """Give an honest picture with something on it."""
    flat = Image.radial_gradient("L").resize(size)
    image = flat.convert("P") if mode == "P" else flat.convert("I;16") if mode == "I;16" else flat.convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def jpeg(**how: Any) -> bytes:
    """Give a plain JPEG."""
    return drawn("JPEG", **how)


def segment(marker: int, content: bytes) -> bytes:
    """Give a JPEG segment with its length."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def after_start(body: bytes, more: bytes) -> bytes:
    """Put segments behind a JPEG's first marker."""
    return body[:2] + more + body[2:]


def find_segment(body: bytes, marker: int) -> tuple[int, int]:
    """Give (first, end) of a JPEG's first segment of this marker before its first scan."""
    at = 2
    while body[at + 1] != marker:
        at += 2 + int.from_bytes(body[at + 2 : at + 4], "big")
    return at, at + 2 + int.from_bytes(body[at + 2 : at + 4], "big")


def cut_out(body: bytes, marker: int) -> bytes:
    """Take every segment of this marker out of a JPEG that has it before its first scan."""
    while True:
        first, end = find_segment(body, marker)
        body = body[:first] + body[end:]
        if bytes([0xFF, marker]) not in body[: find_segment(body, 0xDA)[0]]:
            return body


def frame_of(width: int, height: int, marker: int = 0xC0, precision: int = 8) -> bytes:
    """Give a JPEG frame's header that says these sides."""
    return segment(marker, struct.pack(">BHHB", precision, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01")


def with_frame(frame: bytes) -> bytes:
    """Give a JPEG with another frame's header than its own."""
    body = jpeg()
    first, end = find_segment(body, 0xC0)
    return body[:first] + frame + body[end:]


def chunk(kind: bytes, content: bytes) -> bytes:
    """Give a PNG chunk with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def header(width: int, height: int, depth: int = 8, colour: int = 2, interlaced: int = 0) -> bytes:
    """Give a PNG's first chunk."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def png_of(*chunks: bytes) -> bytes:
    """Give a PNG of these chunks, its end added."""
    return PNG_MARK + b"".join(chunks) + chunk(b"IEND", b"")


def png_with(*chunks: bytes) -> bytes:
    """Give an honest PNG with more chunks behind its header."""
    body = drawn("PNG")
    return body[:33] + b"".join(chunks) + body[33:]


def packed_zeros(count: int) -> bytes:
    """Give what inflates to so many noughts; one million of them are packed once and repeated."""
    piece = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = piece.compress(bytes(1_000_000)) + piece.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, zlib.DEFLATED, -15)
    rest = last.compress(bytes(count % 1_000_000)) + last.flush()
    return b"\x78\xda" + million * (count // 1_000_000) + rest + struct.pack(">HH", count % 65_521, 1)


def black_png(side: int) -> bytes:
    """Give a real PNG of one colour, side x side, which inflates a thousandfold."""
    return png_of(header(side, side), chunk(b"IDAT", packed_zeros(side * (1 + 3 * side))))


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """Give a WebP of these chunks."""
    parts = b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def extended(flags: int, width: int, height: int) -> tuple[bytes, bytes]:
    """Give WebP's chunk of an extended file."""
    return b"VP8X", bytes([flags, 0, 0, 0]) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]


def lossless(width: int, height: int) -> tuple[bytes, bytes]:
    """Give WebP's lossless pixels that say these sides, and nothing more."""
    return b"VP8L", b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\0" * 20


def box(kind: bytes, content: bytes) -> bytes:
    """Give a box of an ISO media file."""
    return struct.pack(">I", len(content) + 8) + kind + content


def heic_like(brand: bytes = b"heic", width: int = 96, height: int = 64, *more: bytes) -> bytes:
    """Give the boxes of a HEIC with sides and no decodable pixel."""
    sides = box(b"ispe", struct.pack(">III", 0, width, height))
    meta = box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", sides)))
    start = box(b"ftyp", brand + b"\0\0\0\0mif1" + brand)
    return start + meta + box(b"mdat", b"\x00" * 64) + b"".join(more)


def film() -> bytes:
    """Give the boxes of a small film."""
    return box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", b"\x11" * 200) + box(b"moov", b"\0" * 40)


def archive() -> bytes:
    """Give a ZIP with a script in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("x.sh", (2026, 11, 20, 0, 0, 0)), "rm -rf /")
    return out.getvalue()


def tiff(*tags: tuple[int, int, int, bytes], more: bytes = b"", after: int = 0, count: int | None = None) -> bytes:
    """Give an EXIF block, little-endian: tags (number, type, count, four bytes or an offset), and bytes behind them.

    `more` begins at byte 14 + 12 x the number of tags.
    """
    fields = b"".join(struct.pack("<HHI", number, kind, many) + value for number, kind, many, value in tags)
    told = len(tags) if count is None else count
    return b"II*\0" + struct.pack("<IH", 8, told) + fields + struct.pack("<I", after) + more


def exif_jpeg(block: bytes) -> bytes:
    """Give a JPEG with this EXIF block."""
    return after_start(jpeg(), segment(0xE1, b"Exif\0\0" + block))
