"""Survival as step curves: the earliest and the latest course, and between them the band of the estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web_map.charts.drawing import QUIET, Drawing, Point
from web_map.charts.plot import PERCENTS, WIDE, LegendEntry, Plot, Words, begin, lay_ground, lay_legend
from web_map.charts.texture import surface

EARLIEST, LATEST, BAND = "#a3290f", "#0072b2", "#55625e"
_DASH = "7 4"
# Three shares of every cohort are published: at one, two and three years.
_YEARS = (12, 24, 36)


@dataclass(frozen=True)
class Curves:
    """Shares alive (0 to 1) by months since acceptance: each point holds until the next one.

    `band` has (months, low, high); any of the three may be empty.
    """

    earliest: Sequence[tuple[float, float]]
    latest: Sequence[tuple[float, float]]
    band: Sequence[tuple[float, float, float]]


@dataclass(frozen=True)
class CurveNames:
    """What the legend and the axis call things."""

    earliest: str
    latest: str
    band: str
    months: str


def draw_survival(curves: Curves, names: CurveNames, words: Words, *, width: int = WIDE) -> bytes:
    """Draw the curves from month 0 to the last month known, with a line at each of 12, 24 and 36 months."""
    height = 340 if width >= WIDE else 330
    drawing = begin(width, height, words)
    entries = [
        LegendEntry(names.latest, lambda x, y: _stroke(drawing, [(x, y), (x + 24, y)], LATEST, None)),
        LegendEntry(names.earliest, lambda x, y: _stroke(drawing, [(x, y), (x + 24, y)], EARLIEST, _DASH)),
        LegendEntry(names.band, lambda x, y: _band(drawing, _box(x, y, 24, 12))),
    ]
    plot = Plot(drawing, 46, lay_legend(drawing, entries, 32) + 12, width - 16, height - 46)
    end = max((point[0] for curve in (curves.earliest, curves.latest, curves.band) for point in curve), default=0.0)
    last = max(12.0, end)
    lay_ground(plot, PERCENTS)
    _name_axis(plot, last, names.months)
    if not (curves.earliest or curves.latest):
        drawing.text(width / 2, (plot.top + plot.bottom) / 2, words.nothing, text_anchor="middle", fill=QUIET)
        return drawing.as_bytes()
    if curves.band:
        # A drop on the last month of all has no width: it would be a lone line down the edge.
        shown = [point for point in curves.band if point[0] < end] or curves.band[:1]
        highs = stairs([(month, high) for month, _, high in shown], end)
        lows = stairs([(month, low) for month, low, _ in shown], end)
        _band(drawing, _placed(plot, [*highs, *reversed(lows)], last))
    _stroke(drawing, _placed(plot, stairs(curves.latest, end), last), LATEST, None)
    _stroke(drawing, _placed(plot, stairs(curves.earliest, end), last), EARLIEST, _DASH)
    return drawing.as_bytes()


def stairs(points: Sequence[tuple[float, float]], end: float) -> list[Point]:
    """Give the corners of a step curve: level until the next point, then straight down (or up) to it."""
    corners: list[Point] = []
    for month, share in points:
        if corners:
            corners.append((month, corners[-1][1]))
        corners.append((month, share))
    if corners and corners[-1][0] < end:
        corners.append((end, corners[-1][1]))
    return corners


def _box(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y - height / 2), (x + width, y - height / 2), (x + width, y + height / 2), (x, y + height / 2)]


def _placed(plot: Plot, points: Sequence[Point], last: float) -> list[Point]:
    return [(plot.x(month / last), plot.y(share)) for month, share in points]


def _stroke(drawing: Drawing, points: Sequence[Point], colour: str, dash: str | None) -> None:
    drawing.path(points, stroke=colour, stroke_width=2.5, stroke_dasharray=dash, stroke_linejoin="round")


def _band(drawing: Drawing, points: Sequence[Point]) -> None:
    drawing.path(points, closed=True, fill=surface(drawing, "band", BAND, "stripes", ground="#eef1f0"),
                 stroke=BAND, stroke_width=1, stroke_dasharray="2 3")  # fmt: skip


def _name_axis(plot: Plot, last: float, months: str) -> None:
    drawing = plot.drawing
    step = next(step for step in (3, 6, 12, 24, 60, 120, 600) if last / step <= (12 if drawing.width >= WIDE else 7))
    for month in range(0, int(last) + 1, step):
        x = plot.x(month / last)
        drawing.line((x, plot.bottom), (x, plot.bottom + 5), stroke=QUIET, stroke_width=1)
        drawing.text(x, plot.bottom + 18, str(month), size=11, text_anchor="middle", fill=QUIET)
    for month in _YEARS:
        if month < last:
            x = plot.x(month / last)
            drawing.line((x, plot.top), (x, plot.bottom), stroke=QUIET, stroke_width=1, stroke_dasharray="1 4")
    drawing.text((plot.left + plot.right) / 2, plot.bottom + 36, months, size=11, text_anchor="middle", fill=QUIET)
