"""A small writer of SVG: elements with attributes, text escaped by the XML library, coordinates to a tenth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
INK, QUIET, LINE, PAPER = "#1d2724", "#55625e", "#d5dedb", "#ffffff"
# XML 1.0 has no way to write these, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Point = tuple[float, float]
Attribute = str | float | None


class Drawing:
    """One picture: its title and description come first, for who cannot see it, then what was drawn, in order."""

    def __init__(self, width: int, height: int, *, title: str, description: str, lang: str) -> None:
        self.width, self.height = width, height
        self.known_textures: set[str] = set()
        self._root = ElementTree.Element("svg", {
            "xmlns": SVG, "viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height),
            "role": "img", "aria-labelledby": "title description", "xml:lang": lang, "font-family": FONT,
        })  # fmt: skip
        for name, words in (("title", title), ("desc", description)):
            said = ElementTree.SubElement(self._root, name, {"id": "description" if name == "desc" else name})
            said.text = clean(words)
        self.rect(0, 0, width, height, fill=PAPER)

    def add(self, name: str, **attributes: Attribute) -> ElementTree.Element:
        """Put one element in; underscores in names become hyphens, None leaves one out."""
        return self.add_within(self._root, name, **attributes)

    def add_within(self, parent: ElementTree.Element, name: str, **attributes: Attribute) -> ElementTree.Element:
        """Put one element into another."""
        given = {
            key.strip("_").replace("_", "-"): _written(value) for key, value in attributes.items() if value is not None
        }
        return ElementTree.SubElement(parent, name, given)

    def rect(self, x: float, y: float, width: float, height: float, **more: Attribute) -> ElementTree.Element:
        """Draw a rectangle."""
        return self.add("rect", x=x, y=y, width=width, height=height, **more)

    def line(self, start: Point, end: Point, **more: Attribute) -> ElementTree.Element:
        """Draw a straight line."""
        return self.add("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **more)

    def path(self, points: Sequence[Point], *, closed: bool = False, **more: Attribute) -> ElementTree.Element:
        """Draw a line through the points, or a surface within them."""
        steps = " ".join(f"{'L' if i else 'M'}{_written(x)} {_written(y)}" for i, (x, y) in enumerate(points))
        more.setdefault("fill", "none")
        return self.add("path", d=steps + (" Z" if closed else ""), **more)

    def text(self, x: float, y: float, words: str, *, size: float = 12, **more: Attribute) -> ElementTree.Element:
        """Write words; `y` is their base line."""
        more.setdefault("fill", INK)
        written = self.add("text", x=x, y=y, font_size=size, **more)
        written.text = clean(words)
        return written

    def as_bytes(self) -> bytes:
        """Give the file, in UTF-8."""
        written: bytes = ElementTree.tostring(self._root, encoding="utf-8", xml_declaration=True)
        return written


def clean(words: str) -> str:
    """Take out what XML cannot hold."""
    return _UNWRITABLE.sub("", words)


def width_of(words: str, size: float) -> float:
    """Say about how wide words are: a Chinese sign is as wide as it is high, a letter somewhat over half."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else size * 0.56 for sign in words)


def rows_of(widths: Iterable[float], available: float) -> list[int]:
    """Give for each piece the row it stands in when rows are filled from the left."""
    rows, row, used = [], 0, 0.0
    for width in widths:
        if used and used + width > available:
            row, used = row + 1, 0.0
        rows.append(row)
        used += width
    return rows


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return clean(value)
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
