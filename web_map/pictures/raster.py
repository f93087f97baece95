"""Paint a picture as PNG with Pillow, smooth edges by drawing large and taking the mean; letters from our own fonts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from web_map.pictures.projection import Frame
from web_map.pictures.scene import Floats, Look
from web_map.pictures.symbols import Part, parts_of

FONTS = Path(__file__).parent.parent / "fonts"
_FINE, _FINER = 2, 8
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


class RasterPainter:
    """Paints on white."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width, height), "#ffffff")
        self.pen = ImageDraw.Draw(self.image)

    def surfaces(self, many: Sequence[tuple[Sequence[Floats], str]], border: str, clip: Frame) -> None:
        """Fill rings and draw their borders at twice the size, within the frame."""
        left, top, width, height = (round(value) for value in (clip.left, clip.top, clip.width, clip.height))
        fine = self.image.crop((left, top, left + width, top + height)).resize((width * _FINE, height * _FINE))
        pen, shift = ImageDraw.Draw(fine), np.array([left, top])
        drawn = [([_flat((ring - shift) * _FINE) for ring in rings], fill) for rings, fill in many]
        for rings, fill in drawn:
            for ring in rings:
                if len(ring) >= 6:
                    pen.polygon(ring, fill=fill)
        for rings, _ in drawn:
            for ring in rings:
                pen.line(ring, fill=border, width=_FINE)
        self.image.paste(fine.reduce(_FINE), (left, top))

    def lines(self, many: Sequence[Floats], colour: str, width: float) -> None:
        """Draw lines."""
        for line in many:
            self.pen.line(_flat(line), fill=colour, width=max(1, round(width)))

    def rect(self, frame: Frame, fill: str | None, stroke: str | None) -> None:
        """Draw a rectangle."""
        box = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
        self.pen.rectangle(box, fill=fill, outline=stroke)

    def stamp(self, look: Look, radius: float, x: Floats, y: Floats) -> None:
        """Draw a symbol at every point, to the nearest px."""
        stamp = _stamp(look, radius)
        half, paste = stamp.width / 2, self.image.paste
        mask = stamp.getchannel("A")
        corners = np.rint(np.column_stack((x, y)) - half).astype(int).tolist()
        for left, top in corners:
            paste(stamp, (left, top), mask)

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool, colour: str, anchor: str) -> None:
        """Write words."""
        self.pen.text((x, y), words, font=_font(bold, size), fill=colour, anchor=_ANCHORS[anchor])

    def done(self) -> bytes:
        """Give the PNG; the fastest filter that still packs flat colours well."""
        content = BytesIO()
        self.image.save(content, "PNG", compress_level=4, dpi=(137, 137))
        return content.getvalue()


@lru_cache(maxsize=32)
def _font(bold: bool, size: float) -> ImageFont.FreeTypeFont:
    name = "NotoSansSC_700Bold.ttf" if bold else "NotoSansSC_400Regular.ttf"
    return ImageFont.truetype(FONTS / name, size)


@lru_cache(maxsize=64)
def _stamp(look: Look, radius: float) -> Image.Image:
    """Give a symbol with its transparent ground, drawn large and made small."""
    side = int(np.ceil(radius * 3.2))
    scale = radius * _FINER
    large = Image.new("RGBA", (side * _FINER, side * _FINER), "#ffffff00")
    pen, middle = ImageDraw.Draw(large), side * _FINER / 2
    for part in parts_of(look):
        _draw(pen, part, middle, scale)
    return large.reduce(_FINER)


def _draw(pen: ImageDraw.ImageDraw, part: Part, middle: float, scale: float) -> None:
    width = part.width * scale
    if part.radius:
        reach = part.radius * scale
        if part.stroke is not None:
            _circle(pen, middle, middle, reach + width / 2, part.stroke)
            # A ring's inside is what its own body, drawn next or before, has there.
            if part.fill is None and reach > width / 2:
                _circle(pen, middle, middle, reach - width / 2, "#ffffff")
        if part.fill is not None:
            _circle(pen, middle, middle, reach, part.fill)
        return
    corners = [(middle + x * scale, middle + y * scale) for x, y in part.points]
    if part.fill is not None:
        pen.polygon(corners, fill=part.fill)
    if part.stroke is not None:
        pen.line([*corners, corners[0]] if part.closed else corners, fill=part.stroke, width=round(width))
        for x, y in corners:
            _circle(pen, x, y, width / 2, part.stroke)


def _circle(pen: ImageDraw.ImageDraw, x: float, y: float, reach: float, colour: str) -> None:
    pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)


def _flat(points: Floats) -> list[float]:
    flat: list[float] = points.ravel().tolist()
    return flat
