"""Rates over months as lines: each with its own dash and mark, broken where there is no rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from web_map.charts.drawing import PAPER, QUIET, Drawing, Point
from web_map.charts.plot import (
    PERCENTS,
    WIDE,
    LegendEntry,
    Plot,
    Words,
    begin,
    lay_ground,
    lay_legend,
    name_months,
    percent,
)

# Colour, dash and mark of the first, second … line; Okabe and Ito's colours, dark enough on white.
LOOKS = [("#0072b2", None, "circle"), ("#a3290f", "7 4", "square"), ("#55625e", "2 4", "diamond")]


@dataclass(frozen=True)
class Line:
    """One line: its name and a share (0 to 1) for each month; None where there is none."""

    name: str
    shares: Sequence[float | None]


def draw_rates(months: Sequence[int], lines: Sequence[Line], words: Words, *, width: int = WIDE) -> bytes:
    """Draw up to three lines of shares over months (yyyymm, oldest first); without months it says so."""
    height = 320 if width >= WIDE else 300
    drawing = begin(width, height, words)
    entries = [LegendEntry(line.name, _sample(drawing, index)) for index, line in enumerate(lines)]
    plot = Plot(drawing, 46, lay_legend(drawing, entries, 32) + 12, width - 40, height - 40)
    lay_ground(plot, PERCENTS)
    name_months(plot, months, words.lang)
    for index, line in enumerate(lines):
        _draw(plot, index, line)
    if all(share is None for line in lines for share in line.shares):
        middle = (plot.top + plot.bottom) / 2
        drawing.text(width / 2, middle, words.nothing, text_anchor="middle", fill=QUIET)
    return drawing.as_bytes()


def _draw(plot: Plot, index: int, line: Line) -> None:
    colour, dash, shape = LOOKS[index]
    places: list[Point | None] = [
        None if share is None else (plot.slot(n, len(line.shares)), plot.y(share))
        for n, share in enumerate(line.shares)
    ]
    for drawn, run in groupby(places, key=lambda place: place is not None):
        points = [place for place in run if place is not None]
        if drawn and len(points) > 1:
            plot.drawing.path(points, stroke=colour, stroke_width=2.5, stroke_dasharray=dash, stroke_linejoin="round")
    for place in places:
        if place is not None:
            _mark(plot.drawing, shape, place, colour)
    if index == 0:
        _say_newest(plot, line, places)


def _say_newest(plot: Plot, line: Line, places: Sequence[Point | None]) -> None:
    """Write the newest value of the first line in figures, to the right of its mark, where no line runs."""
    drawn = [(place, share) for place, share in zip(places, line.shares, strict=True) if place and share is not None]
    if drawn:
        (x, y), share = drawn[-1]
        plot.drawing.text(x + 7, y + 4, percent(share), font_weight="700")


def _sample(drawing: Drawing, index: int) -> Callable[[float, float], None]:
    colour, dash, shape = LOOKS[index]

    def draw(x: float, y: float) -> None:
        drawing.line((x, y), (x + 24, y), stroke=colour, stroke_width=2.5, stroke_dasharray=dash)
        _mark(drawing, shape, (x + 12, y), colour)

    return draw


def _mark(drawing: Drawing, shape: str, place: Point, colour: str) -> None:
    x, y = place
    if shape == "circle":
        drawing.add("circle", cx=x, cy=y, r=3.5, fill=colour, stroke=PAPER, stroke_width=1)
    elif shape == "square":
        drawing.rect(x - 3.5, y - 3.5, 7, 7, fill=PAPER, stroke=colour, stroke_width=2)
    else:
        around = [(x, y - 4.5), (x + 4.5, y), (x, y + 4.5), (x - 4.5, y)]
        drawing.path(around, closed=True, fill=colour, stroke=PAPER, stroke_width=1)
