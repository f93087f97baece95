"""The ground of a chart: where values stand, the lines to read them by, the names of months, and a legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from web_map.charts.drawing import LINE, QUIET, Drawing, rows_of, width_of

WIDE, NARROW = 720, 360
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEGEND_ROW = 22
_SWATCH = 34


@dataclass(frozen=True)
class Words:
    """What a chart says of itself, in the reader's language `lang` (zh or en)."""

    title: str
    description: str
    lang: str
    nothing: str


@dataclass(frozen=True)
class Plot:
    """The rectangle in which values are drawn; x runs from 0 to 1 by place, y from 0 to `top_value`."""

    drawing: Drawing
    left: float
    top: float
    right: float
    bottom: float
    top_value: float = 1.0

    def x(self, share: float) -> float:
        """Give the place of a share of the width."""
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Give the height of a value."""
        return self.bottom - value / self.top_value * (self.bottom - self.top)

    def slot(self, index: int, count: int) -> float:
        """Give the middle of the slot of one of `count` months."""
        return self.x((index + 0.5) / count)


@dataclass(frozen=True)
class LegendEntry:
    """One entry: its words and what draws its sample into a box whose left middle is (x, y)."""

    words: str
    draw: Callable[[float, float], None]


def begin(width: int, height: int, words: Words) -> Drawing:
    """Begin a picture with its title written at the top, shortened where it would not fit."""
    drawing = Drawing(width, height, title=words.title, description=words.description, lang=words.lang)
    size = 15 if width >= WIDE else 13
    shown = words.title
    while width_of(shown, size) > width - 24 and len(shown) > 2:
        shown = shown[:-2] + "…"
    drawing.text(12, 22, shown, size=size, font_weight="700")
    return drawing


def lay_legend(drawing: Drawing, entries: Sequence[LegendEntry], top: float) -> float:
    """Write the legend from `top` down, in as many rows as it needs; gives where it ends."""
    widths = [_SWATCH + width_of(entry.words, 12) + 16 for entry in entries]
    rows = rows_of(widths, drawing.width - 20)
    used: dict[int, float] = {}
    for entry, width, row in zip(entries, widths, rows, strict=True):
        x, y = 12 + used.get(row, 0.0), top + row * _LEGEND_ROW + _LEGEND_ROW / 2
        entry.draw(x, y)
        drawing.text(x + _SWATCH - 6, y + 4, entry.words)
        used[row] = used.get(row, 0.0) + width
    return top + (rows[-1] + 1 if rows else 0) * _LEGEND_ROW


def lay_ground(plot: Plot, ticks: Sequence[tuple[float, str]]) -> None:
    """Draw the level lines with their values at the left."""
    for value, said in ticks:
        y = plot.y(value)
        plot.drawing.line((plot.left, y), (plot.right, y), stroke=QUIET if value == 0 else LINE, stroke_width=1)
        plot.drawing.text(plot.left - 6, y + 4, said, size=11, text_anchor="end", fill=QUIET)


def name_months(plot: Plot, months: Sequence[int], lang: str) -> None:
    """Write the months below, as many as fit, with the year below the first and each January shown."""
    slot = (plot.right - plot.left) / max(len(months), 1)
    every = next(n for n in (1, 2, 3, 4, 6, 12, 24, 60, 120) if slot * n >= 30)
    said_year = 0
    for index, month in enumerate(months):
        if index % every:
            continue
        x, (year, number) = plot.slot(index, len(months)), divmod(month, 100)
        name = f"{number}月" if lang == "zh" else _ENGLISH[number - 1]
        plot.drawing.text(x, plot.bottom + 17, name, size=11, text_anchor="middle", fill=QUIET)
        if year != said_year:
            plot.drawing.text(x, plot.bottom + 31, str(year), size=11, text_anchor="middle", fill=QUIET)
            said_year = year


def month_name(month: int, lang: str) -> str:
    """Write a month in words: «2026年6月», «Jun 2026»."""
    year, number = divmod(month, 100)
    return f"{year}年{number}月" if lang == "zh" else f"{_ENGLISH[number - 1]} {year}"


PERCENTS = [(0.0, "0%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (1.0, "100%")]


def percent(share: float) -> str:
    """Write a share with one digit, half up as browsers do: «62.5%»."""
    return f"{(Decimal(share) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}".removesuffix(".0") + "%"
