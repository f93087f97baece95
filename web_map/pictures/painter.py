"""What a layout needs of a painter; one paints dots of colour (PNG), one writes elements (SVG)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from web_map.pictures.projection import Frame
from web_map.pictures.scene import Floats, Look


class Painter(Protocol):
    """Draws in px from the upper left corner, each thing over what is there."""

    def surfaces(self, many: Sequence[tuple[Sequence[Floats], str]], border: str, clip: Frame) -> None:
        """Fill rings (each (n, 2) px) with their colours, then draw all borders."""

    def lines(self, many: Sequence[Floats], colour: str, width: float) -> None:
        """Draw lines, each (n, 2) px."""

    def rect(self, frame: Frame, fill: str | None, stroke: str | None) -> None:
        """Draw a rectangle."""

    def stamp(self, look: Look, radius: float, x: Floats, y: Floats) -> None:
        """Draw a symbol at every point."""

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool, colour: str, anchor: str) -> None:
        """Write words on the base line `y`; anchor is start, middle or end."""

    def done(self) -> bytes:
        """Give the file."""
