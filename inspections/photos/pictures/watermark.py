"""Write lines and a code to scan into the foot of a photo's copy; the letters come from a font handed in.

At most the lowest fifth of the picture is covered: where the lines need more, the copy grows below it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from inspections.photos.pictures.small import upright

MARKED_PX = 1600
_COVERED_AT_MOST = 0.2
# Narrower ones stand on a ground of this width, or their lines would be columns.
_NARROWEST_PX = 480
_LETTER_PX = (15, 34)
_GROUND, _INK = (16, 20, 24), (255, 255, 255)
# The picture still shows through, a quarter of it.
_THROUGH = 0.25
_SHADE = round(255 * (1 - _THROUGH))
# Signs that never begin a line.
_NEVER_FIRST = "，。、；：）》」·,.;:)"


@dataclass(frozen=True)
class Mark:
    """What is written: lines from the top, and the address a phone opens from the code beside them ('' for none)."""

    lines: Sequence[str]
    address: str = ""


def mark_photo(body: bytes, mark: Mark, font: Path) -> bytes:
    """Give the marked copy of a photo as JPEG, longest side at most 1600 px and what the lines add, without metadata.

    Refuses like `upright` what cannot be decoded.
    """
    picture = upright(body, MARKED_PX)
    width = max(picture.width, _NARROWEST_PX)
    size = min(_LETTER_PX[1], max(_LETTER_PX[0], width // 45))
    letters = _letters(font, size)
    margin, step = size // 2, round(size * 1.35)
    code = _code(mark.address, 4 if width >= 1000 else 3)
    beside = 0 if code is None else code.width + margin
    rows = [row for line in mark.lines for row in wrap(line, letters, width - 2 * margin - beside)]
    foot = max(2 * margin + step * len(rows), 0 if code is None else code.height + 2 * margin)
    top = max(picture.height - foot, ceil(picture.height * (1 - _COVERED_AT_MOST)))
    copy = Image.new("RGB", (width, max(picture.height, top + foot)), _GROUND)
    copy.paste(picture, (0, 0))
    copy.paste(_GROUND, (0, top), Image.new("L", (width, copy.height - top), _SHADE))
    pen = ImageDraw.Draw(copy)
    for number, row in enumerate(rows):
        pen.text((margin, top + margin + number * step), row, font=letters, fill=_INK)
    if code is not None:
        copy.paste(code, (width - margin - code.width, copy.height - margin - code.height))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def wrap(line: str, letters: ImageFont.FreeTypeFont, width_px: float) -> Iterator[str]:
    """Give a line in rows that fit; it breaks between any two signs, but in no Latin word and before no comma.

    A sign that the font cannot draw stands as its number in Unicode, so that a person can look it up.
    """
    row = ""
    for sign in "".join(sign if _is_drawn(letters, sign) else f"[U+{ord(sign):04X}]" for sign in line):
        if row and letters.getlength(row + sign) > width_px and sign not in _NEVER_FIRST:
            head, blank, tail = row.rpartition(" ")
            if blank and tail.isascii() and head.strip():
                yield head.rstrip()
                row = tail
            else:
                yield row.rstrip()
                row = ""
        row = (row + sign).lstrip()
    if row:
        yield row


@lru_cache(maxsize=8)
def _letters(font: Path, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font, size_px, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def _is_drawn(letters: ImageFont.FreeTypeFont, sign: str) -> bool:
    """Say whether the font has this sign; what it lacks it draws like the last code point, which has none."""
    return sign.isspace() or bytes(letters.getmask(sign)) != bytes(letters.getmask("\U0010fffd"))


def _code(address: str, module_px: int) -> Image.Image | None:
    if not address:
        return None
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=module_px)
    with Image.open(out) as code:
        return code.convert("RGB")
