"""How the stations stood, month by month: one stacked bar a month, every state in colour and texture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from web_map.charts.drawing import PAPER, QUIET, Drawing
from web_map.charts.plot import WIDE, LegendEntry, Plot, Words, begin, lay_ground, lay_legend, name_months
from web_map.charts.texture import COLOURS, STATES, surface_of

# Shown in the legend even where no station is so: that none is unknown is itself a figure.
ALWAYS = ("alive", "unknown")


def draw_vitality(
    months: Sequence[int],
    counts: Sequence[Mapping[str, int]],
    names: Mapping[str, str],
    words: Words,
    *,
    width: int = WIDE,
) -> bytes:
    """Draw one bar a month (yyyymm, oldest first) of how many stations stood in each state; `names` are its words.

    The legend says the newest month's counts; a state that never occurs is left out of it, unknown never.
    """
    height = 360 if width >= WIDE else 380
    drawing = begin(width, height, words)
    newest = counts[-1] if counts else {}
    shown = [state for state in STATES if state in ALWAYS or any(month.get(state, 0) for month in counts)]
    entries = [LegendEntry(f"{names[state]} {newest.get(state, 0)}", _swatch(drawing, state)) for state in shown]
    most = max((sum(month.get(state, 0) for state in STATES) for month in counts), default=0)
    step = _step(most)
    top_value = max(step, -(-most // step) * step)
    left = 20.0 + 7 * len(str(top_value))
    plot = Plot(drawing, max(left, 40), lay_legend(drawing, entries, 32) + 22, width - 12, height - 40, top_value)
    lay_ground(plot, [(value, str(value)) for value in range(0, top_value + 1, step)])
    name_months(plot, months, words.lang)
    for index, month in enumerate(counts):
        _bar(plot, index, len(counts), month)
    if not most:
        drawing.text(width / 2, (plot.top + plot.bottom) / 2, words.nothing, text_anchor="middle", fill=QUIET)
    return drawing.as_bytes()


def _bar(plot: Plot, index: int, count: int, month: Mapping[str, int]) -> None:
    slot = (plot.right - plot.left) / count
    wide = min(slot * 0.72, 56)
    x, base = plot.slot(index, count) - wide / 2, 0
    for state in STATES:
        number = month.get(state, 0)
        if not number:
            continue
        y, below = plot.y(base + number), plot.y(base)
        plot.drawing.rect(x, y, wide, below - y, fill=surface_of(plot.drawing, state), stroke=COLOURS[state],
                          stroke_width=1)  # fmt: skip
        if below - y >= 15 and wide >= 7 * len(str(number)) + 8:
            plot.drawing.text(x + wide / 2, (y + below) / 2 + 4, str(number), size=11, text_anchor="middle",
                              stroke=PAPER, stroke_width=4, paint_order="stroke", font_weight="600")  # fmt: skip
        base += number
    if base and slot >= 7 * len(str(base)):
        plot.drawing.text(x + wide / 2, plot.y(base) - 5, str(base), size=11, text_anchor="middle", fill=QUIET)


def _swatch(drawing: Drawing, state: str) -> Callable[[float, float], None]:
    def draw(x: float, y: float) -> None:
        drawing.rect(x, y - 7, 22, 14, fill=surface_of(drawing, state), stroke=COLOURS[state], stroke_width=1)

    return draw


def _step(most: int) -> int:
    """Give a round step so that some five lines reach the top."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= step * 5:
                return step
        size *= 10
