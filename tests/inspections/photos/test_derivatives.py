"""What is made of a photo: upright, small, never enlarged, and nothing of what the original said of itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont, ImageOps

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.derivatives import derive
from inspections.photos.pictures.exif import read_exif
from inspections.photos.pictures.prints import BYTES, fingerprint
from inspections.photos.pictures.watermark import Mark, mark_photo, wrap
from tests.visit_making import jpeg

FONT = Path(__file__).parents[3] / "web_map/fonts/NotoSansSC_400Regular.ttf"
ADDRESS = "https://cunzhan.example/verify/7PH4RNGZ2K"
LINES = ("2026-11-20 11:25 拍摄", "江永县 㙍㵲陁村 · 建新村站 JY001", "检查人 陈喆玥")


def photo(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    """Give a photo whose upper left quarter is white, stored lying on its side, full of words about itself."""
    image = Image.new("RGB", size, (30, 60, 90))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="white")
    said = Image.Exif()
    said[0x010F], said[0x0112] = "SecretMaker", 6
    said.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    turned = image.rotate(90, expand=True)
    turned.save(out, kind, exif=said, **({"comment": b"SecretComment"} if kind == "JPEG" else {}))
    return out.getvalue()


def marked(body: bytes) -> bytes:
    return mark_photo(body, Mark(LINES, ADDRESS), FONT)


MAKERS: dict[str, Callable[[bytes], bytes]] = {
    "thumbnail": lambda body: derive(body).thumbnail, "screen": lambda body: derive(body).screen, "marked": marked,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("maker", MAKERS)
def test_nothing_of_the_originals_words_is_left(maker: str, kind: str) -> None:
    body = photo((400, 300), kind)
    assert read_exif(body)["Make"] == "SecretMaker"
    made = MAKERS[maker](body)
    assert read_exif(made) == {}
    assert b"Secret" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert dict(image.getexif()) == {}
        assert image.info.keys() & {"exif", "xmp", "icc_profile", "comment", "photoshop"} == set()


@pytest.mark.parametrize(
    ("size", "thumbnail", "screen"),
    [((2400, 1800), (320, 240), (1600, 1200)), ((900, 1600), (180, 320), (900, 1600)), ((64, 48), (64, 48), (64, 48))],
    ids=["large", "tall", "tiny"],
)
def test_two_sizes_upright_and_never_enlarged(
    size: tuple[int, int], thumbnail: tuple[int, int], screen: tuple[int, int]
) -> None:
    made = derive(photo(size))
    for body, wanted in ((made.thumbnail, thumbnail), (made.screen, screen)):
        with Image.open(io.BytesIO(body)) as image:
            assert (image.format, image.size) == ("WEBP", wanted)
            assert min(image.getpixel((wanted[0] // 4, wanted[1] // 4))) > 240
            assert max(image.getpixel((wanted[0] * 3 // 4, wanted[1] * 3 // 4))) < 110


def test_the_fingerprint_is_the_photos_own() -> None:
    body = photo((900, 700))
    bits = derive(body).bits
    assert len(bits) == BYTES
    apart = sum((one ^ other).bit_count() for one, other in zip(bits, fingerprint(body), strict=True))
    assert apart < 20


def test_what_cannot_be_decoded_is_refused() -> None:
    body = jpeg(4, (640, 480))
    for make in MAKERS.values():
        with pytest.raises(Refusal):
            make(body[:700])


def test_the_upper_four_fifths_of_a_marked_photo_are_as_they_were() -> None:
    body = photo((1600, 1200))
    with Image.open(io.BytesIO(marked(body))) as image, Image.open(io.BytesIO(derive(body).screen)) as screen:
        assert image.size == (1600, 1200)
        upper = (0, 0, 1600, 950)
        now = ImageOps.grayscale(image.crop(upper)).resize((64, 38))
        as_it_was = ImageOps.grayscale(screen.crop(upper)).resize((64, 38))
        assert max(abs(one - other) for one, other in zip(now.tobytes(), as_it_was.tobytes(), strict=True)) < 8
        assert max(image.getpixel((1590, 1195))) < 60


def test_a_small_photo_grows_a_foot_and_loses_nothing() -> None:
    with Image.open(io.BytesIO(marked(jpeg(1)))) as image:
        assert image.size[0] == 480
        assert image.size[1] > 100


def test_the_code_is_read_by_any_phone_also_after_recompression() -> None:
    for size in ((2400, 1800), (1200, 1600), (64, 48)):
        with Image.open(io.BytesIO(marked(photo(size)))) as image:
            assert [found.text for found in zxingcpp.read_barcodes(image)] == [ADDRESS]
            out = io.BytesIO()
            image.save(out, "JPEG", quality=45)
        with Image.open(out) as worse:
            assert [found.text for found in zxingcpp.read_barcodes(worse)] == [ADDRESS]


def test_without_an_address_there_is_no_code() -> None:
    with Image.open(io.BytesIO(mark_photo(photo((800, 600)), Mark(LINES), FONT))) as image:
        assert zxingcpp.read_barcodes(image) == []


def test_rare_signs_of_village_names_are_drawn() -> None:
    letters = ImageFont.truetype(FONT, 30, layout_engine=ImageFont.Layout.BASIC)
    nothing = bytes(letters.getmask("\U0010fffd"))
    rare = "㙍㵲陁喆玥漷栟㧐堼垟"
    assert [sign for sign in rare if bytes(letters.getmask(sign)) == nothing] == []
    assert list(wrap(rare, letters, 1000)) == [rare]


def test_a_sign_that_no_font_here_has_stands_as_its_number() -> None:
    letters = ImageFont.truetype(FONT, 30, layout_engine=ImageFont.Layout.BASIC)
    assert list(wrap("𠮷村", letters, 1000)) == ["[U+20BB7]村"]


def test_long_names_wrap_words_stay_whole_and_no_row_begins_with_a_comma() -> None:
    letters = ImageFont.truetype(FONT, 30, layout_engine=ImageFont.Layout.BASIC)
    rows = list(wrap("松柏瑶族乡建新村农村电子商务服务站,检查 example.org/v/7PH4R-NGZ2K", letters, 440))
    assert rows == ["松柏瑶族乡建新村农村电子商务", "服务站,检查", "example.org/v/7PH4R-NGZ2K"]
    assert all(letters.getlength(row) <= 480 for row in rows)
    assert list(wrap("一二三四五,六", letters, 150)) == ["一二三四五,", "六"]
