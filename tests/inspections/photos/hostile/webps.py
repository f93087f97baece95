"""Hostile and odd WebPs and HEICs: what is made, and what is said of it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pillow_heif
from PIL import Image

from tests.inspections.photos.hostile.pieces import archive, box, drawn, extended, heic_like, lossless, riff

ACCEPTED = "accepted"


def moving_webp() -> bytes:
    """Give a real WebP of two frames."""
    out = io.BytesIO()
    first, second = (Image.new("RGB", (96, 64), colour) for colour in ("red", "blue"))
    first.save(out, "WEBP", save_all=True, append_images=[second], duration=100)
    return out.getvalue()


def pixels_of(body: bytes) -> tuple[bytes, bytes]:
    """Give the pixels' chunk of a plain WebP."""
    return body[12:16], body[20 : 20 + int.from_bytes(body[16:20], "little")]


def flagged() -> bytes:
    """Give a still WebP that says it moves."""
    return riff(extended(0x02, 96, 64), pixels_of(drawn("WEBP")))


def wrong_size(by: int) -> bytes:
    """Give a WebP that says another size of itself."""
    body = drawn("WEBP")
    return body[:4] + (len(body) - 8 + by).to_bytes(4, "little") + body[8:]


def real_heic() -> bytes:
    """Give a real HEIC, written by the optional decoder's own encoder."""
    out = io.BytesIO()
    flat = Image.radial_gradient("L").resize((96, 64)).convert("RGB")
    pillow_heif.from_pillow(flat).save(out, quality=60)
    return out.getvalue()


WEBPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "webp, only its mark": (lambda: drawn("WEBP")[:12], "PHOTO_TRUNCATED"),
    "webp cut in its pixels": (lambda: drawn("WEBP")[:-30], "PHOTO_TRUNCATED"),
    "webp, animated": (moving_webp, "PHOTO_ANIMATED"),
    "webp that says it moves": (flagged, "PHOTO_ANIMATED"),
    "webp and a zip": (lambda: drawn("WEBP") + archive(), "PHOTO_MORE_THAN_A_PICTURE"),
    "webp and a script": (lambda: drawn("WEBP") + b"<script>1</script>", "PHOTO_MORE_THAN_A_PICTURE"),
    "webp with a page inside": (
        lambda: riff(pixels_of(drawn("WEBP")), (b"HTML", b"<html><body>")), "PHOTO_MORE_THAN_A_PICTURE"),
    "webp with a zip inside": (
        lambda: riff(pixels_of(drawn("WEBP")), (b"JUNK", archive())), "PHOTO_MORE_THAN_A_PICTURE"),
    "webp larger than it is": (lambda: wrong_size(1_000), "PHOTO_TRUNCATED"),
    "webp smaller than it is": (lambda: wrong_size(-4), "PHOTO_MORE_THAN_A_PICTURE"),
    "webp of 16383 x 16383": (lambda: riff(lossless(16_383, 16_383)), "PHOTO_TOO_LARGE"),
    "webp with a canvas of 16 million a side": (
        lambda: riff(extended(0, 1 << 24, 1 << 24), pixels_of(drawn("WEBP"))), "PHOTO_DAMAGED"),
    "webp without pixels": (lambda: riff(extended(0, 96, 64)), "PHOTO_DAMAGED"),
    "webp with two pictures": (
        lambda: riff(pixels_of(drawn("WEBP")), pixels_of(drawn("WEBP"))), "PHOTO_DAMAGED"),
    "webp with a chunk beyond its end": (
        lambda: b"RIFF\x1c\0\0\0WEBPVP8 \xff\xff\xff\x7f" + b"\0" * 16, "PHOTO_DAMAGED"),
    "webp of a thousand chunks": (
        lambda: riff(pixels_of(drawn("WEBP")), *[(f"x{one:03d}".encode(), b"") for one in range(1_000)]),
        "PHOTO_OVERLOADED"),
    "webp, plain": (lambda: drawn("WEBP"), ACCEPTED),
    "webp, lossless": (lambda: drawn("WEBP", lossless=True), ACCEPTED),
    "webp, see-through": (lambda: drawn("WEBP", mode="RGBA"), ACCEPTED),
    "webp with exif": (lambda: drawn("WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"), ACCEPTED),
}  # fmt: skip

HEICS: dict[str, tuple[Callable[[], bytes], str]] = {
    "heic, a sequence": (lambda: heic_like(b"hevs"), "PHOTO_ANIMATED"),
    "heic with a film in it": (lambda: heic_like(b"heic", 96, 64, box(b"moov", b"\0" * 16)), "PHOTO_ANIMATED"),
    "heic bomb": (lambda: heic_like(b"heic", 60_000, 60_000), "PHOTO_TOO_LARGE"),
    "heic cut": (lambda: heic_like()[:-20], "PHOTO_TRUNCATED"),
    "heic with a broken box": (lambda: heic_like() + b"\0\0\0\3free", "PHOTO_DAMAGED"),
    "heic without pixels": (lambda: box(b"ftyp", b"heic\0\0\0\0mif1heic"), "PHOTO_DAMAGED"),
    "heic and a zip": (lambda: heic_like() + archive(), "PHOTO_MORE_THAN_A_PICTURE"),
    "heic with a zip in a free box": (
        lambda: heic_like(b"heic", 96, 64, box(b"free", archive())), "PHOTO_MORE_THAN_A_PICTURE"),
    "heic with a box nobody knows": (
        lambda: heic_like(b"heic", 96, 64, box(b"evil", b"x")), "PHOTO_MORE_THAN_A_PICTURE"),
    "heic of avif's coding": (
        lambda: box(b"ftyp", b"heic\0\0\0\0mif1heic")
        + box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", box(b"av1C", b"\0" * 4)))) + box(b"mdat", b"\0"),
        "PHOTO_FORMAT"),
    "heic, real": (real_heic, ACCEPTED),
}  # fmt: skip
