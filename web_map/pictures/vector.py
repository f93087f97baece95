"""Write a picture as SVG, and set that SVG as PDF: a symbol is written once and used at every point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import typst

from web_map.charts.drawing import Drawing
from web_map.pictures.projection import Frame
from web_map.pictures.scene import Floats, Look, Notes
from web_map.pictures.symbols import Part, parts_of

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"


class VectorPainter:
    """Writes elements; no text but through the XML library."""

    def __init__(self, width: int, height: int, notes: Notes) -> None:
        self.drawing = Drawing(
            width, height, title=notes.title, description=" ".join((notes.subtitle, *notes.lines)), lang=notes.lang
        )
        self._known: dict[tuple[Look, float], str] = {}

    def surfaces(self, many: Sequence[tuple[Sequence[Floats], str]], border: str, clip: Frame) -> None:
        """Write an area as one path, its holes left open; what leaves the frame is cut."""
        place = self.drawing.add("clipPath", id="map")
        self.drawing.add_within(place, "rect", x=clip.left, y=clip.top, width=clip.width, height=clip.height)
        group = self.drawing.add("g", clip_path="url(#map)", stroke=border, stroke_width=0.8, stroke_linejoin="round",
                                 fill_rule="evenodd")  # fmt: skip
        for rings, fill in many:
            if path := "".join(_steps(ring, closed=True) for ring in rings):
                self.drawing.add_within(group, "path", d=path, fill=fill)

    def lines(self, many: Sequence[Floats], colour: str, width: float) -> None:
        """Write all lines as one path."""
        if path := "".join(_steps(line, closed=False) for line in many):
            self.drawing.add("path", d=path, fill="none", stroke=colour, stroke_width=width)

    def rect(self, frame: Frame, fill: str | None, stroke: str | None) -> None:
        """Write a rectangle."""
        self.drawing.rect(frame.left, frame.top, frame.width, frame.height, fill=fill or "none", stroke=stroke)

    def stamp(self, look: Look, radius: float, x: Floats, y: Floats) -> None:
        """Write a symbol once, and where it is used."""
        name = "#" + self._symbol(look, radius)
        group = self.drawing.add("g")
        for left, top in zip(x.round(1).tolist(), y.round(1).tolist(), strict=True):
            ElementTree.SubElement(group, "use", {"href": name, "x": f"{left:g}", "y": f"{top:g}"})

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool, colour: str, anchor: str) -> None:
        """Write words."""
        self.drawing.text(x, y, words, size=size, fill=colour, font_weight="700" if bold else None,
                          text_anchor=None if anchor == "start" else anchor)  # fmt: skip

    def done(self) -> bytes:
        """Give the SVG."""
        return self.drawing.as_bytes()

    def _symbol(self, look: Look, radius: float) -> str:
        if (look, radius) not in self._known:
            name = f"s{len(self._known)}"
            self._known[look, radius] = name
            group = self.drawing.add_within(self.drawing.add("defs"), "g", id=name)
            for part in parts_of(look):
                self._part(group, part, radius)
        return self._known[look, radius]

    def _part(self, group: ElementTree.Element, part: Part, radius: float) -> None:
        width = f"{part.width * radius:.2f}" if part.stroke else None
        ink = {"fill": part.fill or "none", "stroke": part.stroke, "stroke_width": width, "stroke_linejoin": "round",
               "stroke_linecap": "round"}  # fmt: skip
        if part.radius:
            self.drawing.add_within(group, "circle", r=f"{part.radius * radius:.2f}", **ink)
            return
        path = _steps(np.array(part.points) * radius, closed=part.closed)
        self.drawing.add_within(group, "path", d=path, **ink)


def as_pdf(svg: bytes, title: str, *, at: dt.datetime) -> bytes:
    """Set an SVG as one page of A4 lying down, with our own fonts; `at` is written in as the instant of its making."""
    return typst.compile(
        HERE / "picture.typ", root=HERE, font_paths=[FONTS], ignore_system_fonts=True, format="pdf",
        sys_inputs={"picture": svg.decode(), "title": title}, timestamp=at.astimezone(dt.UTC).replace(microsecond=0),
    )  # fmt: skip


def _steps(points: Floats, *, closed: bool) -> str:
    """Write a line in tenths of a px; corners that fall together are written once."""
    tenths = points.round(1)
    kept = np.ones(len(tenths), dtype=bool)
    kept[1:] = (tenths[1:] != tenths[:-1]).any(axis=1)
    pairs = tenths[kept].tolist()
    if len(pairs) < 2:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in pairs) + ("Z" if closed else "")
