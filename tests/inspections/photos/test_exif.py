"""What EXIF says is read by name, whoever wrote it; what is damaged gives what could be read."""

from __future__ import annotations

import io
import struct
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from inspections.photos.pictures.exif import orientation_of, read_exif
from inspections.photos.pictures.small import upright, upright_rgb
from tests.inspections.photos.hostile.exifs import (
    ASCII,
    DESCRIPTION,
    EXIF_IFD,
    LONG,
    MAKE,
    ORIENTATION,
    SHORT,
    gps,
    number,
)
from tests.inspections.photos.hostile.pieces import after_start, exif_jpeg, jpeg, segment, tiff

FLOAT, UNDEFINED, BYTE = 11, 7, 1


def marks() -> Image.Exif:
    """Give the tags of an honest phone."""
    given = Image.Exif()
    given[0x010F], given[0x0110], given[0x0112], given[0x0132] = "HUAWEI", "HONOR X50", 6, "2026:11:20 11:25:03"
    inner = given.get_ifd(0x8769)
    inner[0x9003], inner[0x9011], inner[0x9000], inner[0x829A] = "2026:11:20 11:25:03", "+08:00", b"0230", 0.02
    inner[0x927C] = bytes(range(200, 250))
    place = given.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (25.0, 16.0, 15.96), "E", (111.0, 20.0, 31.2)
    place[7], place[29] = (3.0, 25.0, 1.0), "2026:11:20"
    return given


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_phones_tags_are_read_by_name(kind: str) -> None:
    out = io.BytesIO()
    image = Image.new("RGB", (96, 64))
    if kind == "HEIF":
        written = pillow_heif.from_pillow(image)
        written.save(out, exif=marks().tobytes())
    else:
        image.save(out, kind, exif=marks())
    told = read_exif(out.getvalue())
    assert told["Make"] == "HUAWEI"
    assert told["Model"] == "HONOR X50"
    assert (told["DateTimeOriginal"], told["OffsetTimeOriginal"]) == ("2026:11:20 11:25:03", "+08:00")
    assert (told["ExifVersion"], told["ExposureTime"]) == ("0230", 0.02)
    assert told["MakerNote"] == bytes(range(200, 232)).hex() + "…"
    assert told["gps"] == {"lon": 111.342, "lat": 25.2711, "at": "2026-11-20T03:25:01Z"}
    assert "damaged" not in told


def written(*tags: tuple[int, int, int, bytes], more: bytes = b"", **how: Any) -> dict[str, Any]:
    return read_exif(exif_jpeg(tiff(*tags, more=more, **how)))


def test_what_is_damaged_gives_what_could_be_read() -> None:
    make = (MAKE, ASCII, 4, b"ABC\0")
    assert written(make, (EXIF_IFD, LONG, 1, number(8))) == {"Make": "ABC", "damaged": True}
    assert written(make, (EXIF_IFD, LONG, 1, number(70_000))) == {"Make": "ABC", "damaged": True}
    assert written(make, (DESCRIPTION, ASCII, 4_000_000_000, number(26))) == {"Make": "ABC", "damaged": True}
    assert written(make, (DESCRIPTION, 99, 1, number(0))) == {"Make": "ABC", "damaged": True}
    assert written(make, after=8) == {"Make": "ABC", "damaged": True}
    many = written(make, count=65_535)
    assert (many["Make"], many["damaged"]) == ("ABC", True)
    assert read_exif(exif_jpeg(b"hello")) == {"damaged": True}
    assert read_exif(jpeg()) == {}
    assert read_exif(b"not a picture") == {"damaged": True}


def test_values_are_what_any_table_can_hold() -> None:
    nan = (0x9999, FLOAT, 1, struct.pack("<f", float("nan")))
    assert written(nan) == {"tag_9999": None}
    long = b"x" * 1_000
    assert written((DESCRIPTION, ASCII, 1_000, number(26)), more=long) == {"ImageDescription": "x" * 256 + "…"}
    assert written((DESCRIPTION, ASCII, 6, number(26)), more=b"A\0B\xff\xfe\0") == {"ImageDescription": "410042fffe00"}
    assert written((DESCRIPTION, ASCII, 6, number(26)), more=b"A\0BC\0\0") == {"ImageDescription": "ABC"}
    assert written((DESCRIPTION, ASCII, 9, number(26)), more="江永县".encode("gbk") + b"\0\0\0") == {
        "ImageDescription": "江永县"}  # fmt: skip
    assert written((0x9C9B, BYTE, 8, number(26)), more="江永\0\0".encode("utf-16-le")) == {"XPTitle": "江永"}
    assert written((0x9286, UNDEFINED, 14, number(26)), more=b"ASCII\0\0\0hello\0") == {"UserComment": "hello"}
    hundred = struct.pack("<100H", *range(100))
    assert written((0x0102, SHORT, 100, number(26)), more=hundred) == {"BitsPerSample": list(range(32))}
    # A letter cut in two where the text is cut: what went before is told.
    assert written((DESCRIPTION, ASCII, 3_001, number(26)), more=b"x" + "站".encode() * 1_000) == {
        "ImageDescription": "x" + "站" * 255 + "…"}  # fmt: skip


@pytest.mark.parametrize(
    ("lat", "lon", "told"),
    [
        ((25, 1, 16, 1, 1596, 100), (111, 1, 20, 1, 312, 10), {"lat": 25.2711, "lon": 111.342}),
        ((25, 0, 16, 1, 0, 1), (111, 1, 20, 1, 0, 1), None),
        ((91, 1, 0, 1, 0, 1), (111, 1, 0, 1, 0, 1), None),
        # A phone without a fix.
        ((0, 1, 0, 1, 0, 1), (0, 1, 0, 1, 0, 1), None),
    ],
)
def test_a_fix_is_told_only_where_it_is_one(
    lat: tuple[int, ...], lon: tuple[int, ...], told: dict[str, float] | None
) -> None:
    assert read_exif(exif_jpeg(gps(lat, lon))).get("gps") == told


def test_other_makes_are_noted() -> None:
    body = after_start(jpeg(), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>") + segment(0xED, b"Photoshop 3.0\0"))
    assert read_exif(body) == {"xmp": True, "iptc": True}


# A red corner, as it is seen upright: left above.
STORED_CORNER = {1: "lt", 2: "rt", 3: "rb", 4: "lb", 5: "lt", 6: "lb", 7: "rb", 8: "rt"}


@pytest.mark.parametrize("told", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_of_the_eight_orientations_is_honoured(kind: str, told: int) -> None:
    turned = told >= 5
    image = Image.new("RGB", (200, 120) if turned else (120, 200), (0, 0, 255))
    corner = STORED_CORNER[told]
    left, top = (0 if corner[0] == "l" else image.width - 40), (0 if corner[1] == "t" else image.height - 40)
    image.paste((255, 0, 0), (left, top, left + 40, top + 40))
    given = Image.Exif()
    given[ORIENTATION] = told
    out = io.BytesIO()
    image.save(out, kind, exif=given)
    for longest in (None, 100):
        pixels = upright_rgb(out.getvalue(), longest)
        assert pixels.shape == ((200, 120, 3) if longest is None else (100, 60, 3))
        reds = [tuple(bool(pixels[y, x][0] > 200) for x in (5, -6)) for y in (5, -6)]
        assert reds == [(True, False), (False, False)]


def test_nonsense_orientations_turn_nothing() -> None:
    for told in (0, 9, 65_535):
        assert orientation_of(tiff((ORIENTATION, SHORT, 1, number(told)))) == 1
    assert orientation_of(tiff((ORIENTATION, ASCII, 2, b"6\0\0\0"))) == 1
    assert orientation_of(b"") == 1


def test_what_is_see_through_stands_on_white_and_nothing_is_lost_in_bands() -> None:
    image = Image.new("RGBA", (3_000, 2_000), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (1_500, 1_000, 3_000, 2_000))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    small = upright(out.getvalue(), 300)
    assert small.size == (300, 200)
    assert [small.getpixel(at) for at in ((5, 5), (294, 194), (140, 194))] == [
        (255, 255, 255), (0, 0, 255), (255, 255, 255)]  # fmt: skip
