"""Hostile and odd PNGs: what is made, and what is said of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from PIL import Image

from tests.inspections.photos.hostile.pieces import (
    archive,
    black_png,
    chunk,
    drawn,
    header,
    packed_zeros,
    png_of,
    png_with,
)

ACCEPTED = "accepted"
BOMB = packed_zeros(60_000_000)
PIXELS = chunk(b"IDAT", zlib.compress(b"\0"))


def wrong_checksum() -> bytes:
    """Give a PNG one bit of whose pixels was flipped."""
    body = bytearray(drawn("PNG"))
    body[60] ^= 1
    return bytes(body)


PNGS: dict[str, tuple[Callable[[], bytes], str]] = {
    "png, only its mark": (lambda: drawn("PNG")[:8], "PHOTO_TRUNCATED"),
    "png cut in its pixels": (lambda: drawn("PNG")[:200], "PHOTO_TRUNCATED"),
    "png without its end": (lambda: drawn("PNG")[:-12], "PHOTO_TRUNCATED"),
    "png and a script": (lambda: drawn("PNG") + b"<script>alert(1)</script>", "PHOTO_MORE_THAN_A_PICTURE"),
    "png and a zip": (lambda: drawn("PNG") + archive(), "PHOTO_MORE_THAN_A_PICTURE"),
    "png with a zip inside": (lambda: png_with(chunk(b"zzZz", archive())), "PHOTO_MORE_THAN_A_PICTURE"),
    "png with a script in its text": (
        lambda: png_with(chunk(b"tEXt", b"Comment\0<script src=//x></script>")), "PHOTO_MORE_THAN_A_PICTURE"),
    "png and one byte": (lambda: drawn("PNG") + b"\0", "PHOTO_MORE_THAN_A_PICTURE"),
    "png that is a pdf": (lambda: png_with(chunk(b"tEXt", b"a\0%PDF-1.7\n")), "PHOTO_MORE_THAN_A_PICTURE"),
    "png, animated": (
        lambda: drawn("PNG", save_all=True, append_images=(Image.new("RGB", (96, 64)),)), "PHOTO_ANIMATED"),
    "png bomb of 65535 x 65535": (lambda: png_of(header(65_535, 65_535), PIXELS), "PHOTO_TOO_LARGE"),
    "png of four thousand million a side": (lambda: png_of(header(0x7FFFFFFF, 0x7FFFFFFF), PIXELS), "PHOTO_TOO_LARGE"),
    "png of real 9000 x 9000 in 236 kB": (lambda: black_png(9_000), "PHOTO_TOO_LARGE"),
    "png that says it moves": (lambda: png_with(chunk(b"acTL", b"\0\0\0\2\0\0\0\0")), "PHOTO_ANIMATED"),
    "png of real 13000 x 13000": (lambda: black_png(13_000), "PHOTO_TOO_LARGE"),
    "png, interlaced bomb": (lambda: png_of(header(20_000, 20_000, interlaced=1), PIXELS), "PHOTO_TOO_LARGE"),
    "png, a line of 25 megapixels": (lambda: png_of(header(1_000_000, 25), PIXELS), "PHOTO_TOO_LARGE"),
    "png with a text bomb": (lambda: png_with(chunk(b"zTXt", b"a\0\0" + BOMB)), "PHOTO_OVERLOADED"),
    "png with a bomb as international text": (
        lambda: png_with(chunk(b"iTXt", b"a\0\1\0\0\0" + BOMB)), "PHOTO_OVERLOADED"),
    "png with a bomb as colour profile": (
        lambda: png_with(chunk(b"iCCP", b"a\0\0" + BOMB)), "PHOTO_OVERLOADED"),
    "png with forty small bombs": (
        lambda: png_with(*[chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 300_000, 9))] * 40), "PHOTO_OVERLOADED"),
    "png with five megabytes of text": (
        lambda: png_with(chunk(b"tEXt", b"a\0" + b"x" * 5_000_000)), "PHOTO_OVERLOADED"),
    "png of twenty thousand pieces": (
        lambda: png_of(header(96, 64), *[chunk(b"IDAT", b"")] * 20_000), "PHOTO_OVERLOADED"),
    "png with a wrong checksum": (wrong_checksum, "PHOTO_DAMAGED"),
    "png of no width": (lambda: png_of(header(0, 64), PIXELS), "PHOTO_DAMAGED"),
    "png with a chunk of four gigabytes": (
        lambda: drawn("PNG")[:33] + b"\xff\xff\xff\xf0tEXt" + drawn("PNG")[33:], "PHOTO_DAMAGED"),
    "png with a chunk beyond its end": (
        lambda: drawn("PNG")[:33] + b"\x7f\xff\xff\xf0tEXt" + drawn("PNG")[33:], "PHOTO_TRUNCATED"),
    "png of impossible depth": (lambda: png_of(header(96, 64, depth=3), PIXELS), "PHOTO_DAMAGED"),
    "png with two headers": (lambda: png_with(header(96, 64)), "PHOTO_DAMAGED"),
    "png without pixels": (lambda: png_of(header(96, 64)), "PHOTO_DAMAGED"),
    "png of colours without palette": (lambda: png_of(header(96, 64, colour=3), PIXELS), "PHOTO_DAMAGED"),
    "png with text between its pixels": (
        lambda: png_of(header(96, 64), PIXELS, chunk(b"tEXt", b"a\0b"), PIXELS), "PHOTO_DAMAGED"),
    "png with an unknown part it needs": (lambda: png_with(chunk(b"EVIL", b"x")), "PHOTO_DAMAGED"),
    "png with a text that cannot be inflated": (lambda: png_with(chunk(b"zTXt", b"a\0\0junk")), "PHOTO_DAMAGED"),
    "png, plain": (lambda: drawn("PNG"), ACCEPTED),
    "png, see-through": (lambda: drawn("PNG", mode="RGBA"), ACCEPTED),
    "png, sixteen bits of grey": (lambda: drawn("PNG", mode="I;16"), ACCEPTED),
    "png, palette": (lambda: drawn("PNG", mode="P"), ACCEPTED),
    "png, black and white": (lambda: drawn("PNG", mode="1"), ACCEPTED),
    "png with honest texts": (
        lambda: png_with(chunk(b"zTXt", b"Author\0\0" + zlib.compress("陈".encode())),
                         chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>")), ACCEPTED),
}  # fmt: skip
