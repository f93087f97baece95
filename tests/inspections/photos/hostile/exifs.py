"""Honest pictures with hostile EXIF: all are accepted, and what can be read is read."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.inspections.photos.hostile.pieces import after_start, exif_jpeg, jpeg, segment, tiff

ACCEPTED = "accepted"
ORIENTATION, MAKE, DESCRIPTION, EXIF_IFD, GPS_IFD = 0x0112, 0x010F, 0x010E, 0x8769, 0x8825
SHORT, ASCII, LONG, RATIONAL, FLOAT = 3, 2, 4, 5, 11


def number(value: int) -> bytes:
    return struct.pack("<I", value)


def gps(lat: tuple[int, ...], lon: tuple[int, ...]) -> bytes:
    """Give an EXIF block with a fix: three rationals each, as (over, under, …)."""
    # One pointer (26 bytes), then the directory of four tags (54 bytes) at 26, its numbers at 80 and 104.
    place = struct.pack("<H", 4)
    for tag, kind, many, value in ((1, ASCII, 2, b"N\0\0\0"), (2, RATIONAL, 3, number(80)), (3, ASCII, 2, b"E\0\0\0"),
                                   (4, RATIONAL, 3, number(104))):  # fmt: skip
        place += struct.pack("<HHI", tag, kind, many) + value
    numbers = struct.pack("<6I", *lat) + struct.pack("<6I", *lon)
    return tiff((GPS_IFD, LONG, 1, number(26)), more=place + b"\0\0\0\0" + numbers)


EXIFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "exif that points to itself": (
        lambda: exif_jpeg(tiff((EXIF_IFD, LONG, 1, number(8)), after=8)), ACCEPTED),
    "exif of 65535 tags": (lambda: exif_jpeg(tiff((ORIENTATION, SHORT, 1, number(1)), count=65_535)), ACCEPTED),
    "exif turned nine times": (lambda: exif_jpeg(tiff((ORIENTATION, SHORT, 1, number(9)))), ACCEPTED),
    "exif pointing beyond its end": (lambda: exif_jpeg(tiff((MAKE, ASCII, 4_000_000_000, number(26)))), ACCEPTED),
    "exif of an unknown type": (lambda: exif_jpeg(tiff((MAKE, 99, 1, number(1)))), ACCEPTED),
    "exif that is no tiff": (lambda: exif_jpeg(b"hello"), ACCEPTED),
    "exif of nothing": (lambda: exif_jpeg(b""), ACCEPTED),
    "exif with a fix over nought": (lambda: exif_jpeg(gps((25, 0, 1, 0, 1, 0), (111, 0, 1, 0, 1, 0))), ACCEPTED),
    "exif with a fix beyond the earth": (lambda: exif_jpeg(gps((900, 1, 0, 1, 0, 1), (999, 1, 0, 1, 0, 1))), ACCEPTED),
    "exif with not a number": (
        lambda: exif_jpeg(tiff((0x9999, FLOAT, 1, struct.pack("<f", float("nan"))))), ACCEPTED),
    "exif with a script as description": (
        lambda: exif_jpeg(tiff((DESCRIPTION, ASCII, 26, number(26)), more=b"<script>alert(1)</script>\0")), ACCEPTED),
    "exif of broken letters and noughts": (
        lambda: exif_jpeg(tiff((MAKE, ASCII, 8, number(26)), more=b"\xff\xfe\0A\0\x80\xed\xa0")), ACCEPTED),
    "exif twice": (
        lambda: after_start(jpeg(), segment(0xE1, b"Exif\0\0" + tiff((ORIENTATION, SHORT, 1, number(6)))) * 2),
        ACCEPTED),
}  # fmt: skip
