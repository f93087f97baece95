"""The real engine on a few drawn signs; loaded once."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from field_app_schema.refusals import Refusal
from inspections.signage.engine import ENGINE, SignReader
from inspections.signage.suggesting import suggest
from tests.inspections.signage.reading_samples import A, B

FONT = Path(__file__).parents[3] / "web_map/fonts/NotoSansSC_700Bold.ttf"


@pytest.fixture(scope="module")
def reader() -> SignReader:
    return SignReader()


def drawn(*words: tuple[str, int, int, int], size: tuple[int, int] = (1000, 500), orientation: int = 1) -> bytes:
    """A blue wall with words: text, left, top and letter size in pixels."""
    image = Image.new("RGB", size, (27, 79, 156))
    pen = ImageDraw.Draw(image)
    for text, left, top, letter in words:
        pen.text((left, top), text, font=ImageFont.truetype(FONT, letter), fill="white")
    out = io.BytesIO()
    marks = Image.Exif()
    marks[0x0112] = orientation
    (image.rotate(90, expand=True) if orientation == 6 else image).save(out, "JPEG", quality=88, exif=marks)
    return out.getvalue()


def test_a_sign_of_two_rows_with_its_channel(
    reader: SignReader, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    read = reader.read(drawn(("全国电子商务进农村", 180, 80, 70), ("综合示范项目", 290, 175, 70),
                             ("省级举报监督电话:0731-82281234", 250, 300, 32)))  # fmt: skip
    assert (read.width_px, read.height_px, read.engine) == (1000, 500, ENGINE)
    found = suggest(read)
    assert (found.sign_class, found.wording, found.is_sure) == ("national", B, True)
    assert [(one.number, one.level) for one in found.channels] == [("0731-82281234", "province")]
    assert found.box is not None
    assert np.abs(np.array(found.box) - (150, 45, 840, 365)).max() < 45
    assert all(len(line.letter_scores) == len(line.text) for line in read.lines)
    # The library would tell of itself on stderr and in its log.
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])


def test_a_photo_that_lies_on_its_side_is_read_upright(reader: SignReader) -> None:
    read = reader.read(drawn((A, 100, 200, 60), orientation=6))
    assert (read.width_px, read.height_px) == (1000, 500)
    assert suggest(read).wording == A


def test_a_painted_look_alike_is_not_read_as_the_letter(reader: SignReader) -> None:
    found = suggest(reader.read(drawn((A.replace("进", "迸"), 100, 200, 60))))
    assert (found.sign_class, found.is_sure) == ("other_wording", False)


def test_a_small_sign_in_a_large_photo_is_found_in_its_pixels(reader: SignReader) -> None:
    read = reader.read(drawn((A, 2300, 1500, 22), size=(3200, 2400)))
    assert [line.text for line in read.lines] == [A]
    (left, top), _, (right, bottom), _ = read.lines[0].quad
    assert np.abs(np.array([left, top, right, bottom]) - (2300, 1505, 2586, 1530)).max() < 14


def test_a_wall_without_words_has_no_lines(reader: SignReader) -> None:
    assert reader.read(drawn()).lines == []


def test_what_is_no_picture_is_refused(reader: SignReader) -> None:
    with pytest.raises(Refusal):
        reader.read(b"no picture")
