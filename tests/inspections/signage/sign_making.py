"""Signs as pictures, and a reader that says what it is told, where not the reading but what becomes of it is tested."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from inspections.signage.engine import ENGINE
from inspections.signage.found import Line, ReadPicture

A, B = "电子商务进农村综合示范项目", "全国电子商务进农村综合示范项目"
HOTLINE = "湖南省商务厅举报电话:0731-82281234"
_FONT = Path(__file__).parents[3] / "web_map/fonts/NotoSansSC_700Bold.ttf"
SIZE = (1000, 400)


def sign_photo(*rows: str, orientation: int = 1) -> bytes:
    """Give a photo of a blue board with these rows, full of words about itself."""
    image = Image.new("RGB", SIZE, (120, 125, 118))
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 100, 960, 300), fill=(27, 79, 156))
    for number, row in enumerate(rows):
        draw.text((500, 155 + 80 * number), row, font=ImageFont.truetype(_FONT, 54 - 20 * number), anchor="mm")
    marks = Image.Exif()
    marks[0x010F], marks[0x0112] = "SecretMaker", orientation
    out = io.BytesIO()
    # Lying on its side, as a phone stores it, where the orientation says so.
    (image.rotate(90, expand=True) if orientation == 6 else image).save(out, "JPEG", quality=90, exif=marks)
    return out.getvalue()


class Told:
    """A reader that reads the same lines on every picture, each letter surely, and counts how often it was asked."""

    def __init__(self, texts: Sequence[str] = (B, HOTLINE)) -> None:
        self.texts = texts
        self.reads = 0

    def read(self, body: bytes) -> ReadPicture:
        self.reads += 1
        lines = [
            Line(text, 0.99, ((150, top), (850, top), (850, top + 50), (150, top + 50)), (0.99,) * len(text))
            for top, text in ((130 + 80 * number, text) for number, text in enumerate(self.texts))
        ]
        return ReadPicture(lines, *SIZE, ENGINE, 7)
