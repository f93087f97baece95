"""Shares as lying bars, one row each: a name, a bar, its figures; where told, a thin bar below, bounds and marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from web_map.charts.drawing import LINE, PAPER, QUIET, Drawing, width_of
from web_map.charts.plot import PERCENTS, WIDE, LegendEntry, Words, begin, lay_legend
from web_map.charts.texture import surface

# A second bar is told from the first by place, size and dots, not by colour alone.
SECOND, BOUNDS = "#5b6663", "#5b6663"
_HIGH, _THIN, _APART = 20, 9, 14
_MARK, _MARK_LINE = "#a3290f", 17
# Words to be written at (x, y) in a size.
_Figures = tuple[float, float, str, float]


@dataclass(frozen=True)
class Surface:
    """What a bar is filled with: a colour, and a texture that can be told without it (`texture.surface`)."""

    name: str
    colour: str
    texture: str = "solid"


@dataclass(frozen=True)
class Row:
    """One bar: its name, its share (0 to 1; None: nothing is drawn), the figures written beside it.

    `upto` draws the bar on, empty and dashed, to a higher bound; `second` is the share of a thin bar below,
    `second_said` its figures.
    """

    name: str
    share: float | None
    said: str
    surface: Surface
    upto: float | None = None
    second: float | None = None
    second_said: str = ""


@dataclass(frozen=True)
class Mark:
    """A line down the whole chart at a share, with its words on top."""

    share: float
    said: str


@dataclass(frozen=True)
class Ground:
    """Whether a scale of percents is written, the marks, and the words of the legend: bar, thin bar, bounds."""

    has_scale: bool = True
    marks: Sequence[Mark] = ()
    legend: Sequence[str] = ()


@dataclass(frozen=True)
class _Frame:
    drawing: Drawing
    left: float
    right: float
    name_above: bool

    def x(self, share: float) -> float:
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def draw_rows(rows: Sequence[Row], words: Words, ground: Ground, *, width: int = WIDE) -> bytes:
    """Draw the rows from top to bottom in their order; the scale runs from 0 to 1. Without rows it says so."""
    above = width < WIDE
    beside = max((width_of(one.said, 12) for one in rows), default=0.0)
    names = 0.0 if above else max((width_of(one.name, 13) for one in rows), default=0.0)
    left, right = 14.0 if above else 22 + min(names, 220.0), max(width - 20 - beside, width * 0.45)
    highs = [_height(one, above) for one in rows]
    head = 34 + 22 * (2 if above else 1) * bool(ground.legend) + _MARK_LINE * len(ground.marks)
    drawing = begin(width, int(head + sum(highs) + (40 if ground.has_scale else 20) + (60 if not rows else 0)), words)
    frame = _Frame(drawing, left, right, above)
    top = 34.0
    if ground.legend:
        top = lay_legend(drawing, _legend(drawing, ground.legend, rows), top)
    top += _MARK_LINE * len(ground.marks) + 6
    if not rows:
        drawing.text(width / 2, top + 30, words.nothing, text_anchor="middle", fill=QUIET)
        return drawing.as_bytes()
    bottom = top + sum(highs)
    if ground.has_scale:
        _scale(frame, top, bottom)
    figures = _bars(frame, rows, highs, top)
    _marks(frame, ground.marks, top, bottom)
    # Last of all, on a ground of paper: no line may run through a figure.
    for x, y, said, size in figures:
        drawing.text(x, y, said, size=size, stroke=PAPER, stroke_width=4, paint_order="stroke")
    return drawing.as_bytes()


def _height(row: Row, above: bool) -> float:
    return _HIGH + (_THIN + 3 if row.second is not None else 0) + (18 if above else 0) + _APART


def _bars(frame: _Frame, rows: Sequence[Row], highs: Sequence[float], top: float) -> list[_Figures]:
    figures, y = list[_Figures](), top
    for row, high in zip(rows, highs, strict=True):
        figures += _bar(frame, row, y)
        y += high
    return figures


def _bar(frame: _Frame, row: Row, y: float) -> list[_Figures]:
    drawing, figures = frame.drawing, list[_Figures]()
    if frame.name_above:
        figures.append((frame.left, y + 13, _shortened(row.name, drawing.width - 2 * frame.left), 13))
        y += 18
    else:
        drawing.text(frame.left - 8, y + 15, _shortened(row.name, frame.left - 20), size=13, text_anchor="end")
    end = frame.left
    if row.share is not None:
        end = frame.x(row.share)
        if row.upto is not None and row.upto > row.share:
            over = frame.x(row.upto)
            drawing.rect(end, y, over - end, _HIGH, fill=PAPER, stroke=BOUNDS, stroke_width=1.5, stroke_dasharray="4 3")
            figures.append((over + 8, y + 15, row.said, 12))
        else:
            figures.append((end + 8, y + 15, row.said, 12))
        fill = surface(drawing, row.surface.name, row.surface.colour, row.surface.texture)
        drawing.rect(frame.left, y, max(end - frame.left, 1), _HIGH, fill=fill, stroke=row.surface.colour,
                     stroke_width=1)  # fmt: skip
    else:
        figures.append((end + 8, y + 15, row.said, 12))
    if row.second is not None:
        below, dots = y + _HIGH + 2, surface(drawing, "rows-second", SECOND, "dots")
        over = frame.x(row.second)
        drawing.rect(frame.left, below, max(over - frame.left, 1), _THIN, fill=dots, stroke=SECOND, stroke_width=1)
        figures.append((over + 8, below + 9, row.second_said, 11))
    return figures


def _marks(frame: _Frame, marks: Sequence[Mark], top: float, bottom: float) -> None:
    """Draw each mark's line, its words in a line of their own above, so that near marks do not cover each other."""
    for index, mark in enumerate(marks):
        y = top - 8 - _MARK_LINE * (len(marks) - 1 - index)
        half = width_of(mark.said, 12) / 2
        x = min(max(frame.x(mark.share), half + 4), frame.drawing.width - half - 4)
        frame.drawing.line((frame.x(mark.share), y + 4), (frame.x(mark.share), bottom), stroke=_MARK, stroke_width=1.5,
                           stroke_dasharray="5 4")  # fmt: skip
        frame.drawing.text(x, y, mark.said, size=12, text_anchor="middle", fill=_MARK, stroke=PAPER, stroke_width=4,
                           paint_order="stroke")  # fmt: skip


def _scale(frame: _Frame, top: float, bottom: float) -> None:
    for share, said in PERCENTS:
        x = frame.x(share)
        frame.drawing.line((x, top - 2), (x, bottom), stroke=QUIET if share == 0 else LINE, stroke_width=1)
        frame.drawing.text(x, bottom + 16, said, size=11, text_anchor="middle", fill=QUIET)


def _legend(drawing: Drawing, words: Sequence[str], rows: Sequence[Row]) -> list[LegendEntry]:
    colour = rows[-1].surface.colour if rows else SECOND
    looks = ((colour, "solid", 14), (SECOND, "dots", 8), (BOUNDS, "empty", 14))
    names = ("rows-first", "rows-second", "rows-bounds")
    return [
        LegendEntry(said, _swatch(drawing, Surface(name, colour, texture), high))
        for said, name, (colour, texture, high) in zip(words, names, looks, strict=False) if said
    ]  # fmt: skip


def _swatch(drawing: Drawing, look: Surface, high: int) -> Callable[[float, float], None]:
    def draw(x: float, y: float) -> None:
        fill = surface(drawing, look.name, look.colour, look.texture)
        dashed = "4 3" if look.texture == "empty" else None
        drawing.rect(x, y - high / 2, 22, high, fill=fill, stroke=look.colour, stroke_width=1, stroke_dasharray=dashed)

    return draw


def _shortened(name: str, available: float) -> str:
    while width_of(name, 13) > available and len(name) > 2:
        name = name[:-2] + "…"
    return name
