"""The symbols of the map's legend as strokes and surfaces around (0, 0), for a radius of 1; the page draws the same."""

from __future__ import annotations

from dataclasses import dataclass

from web_map.charts.texture import COLOURS
from web_map.pictures.scene import Look

WHITE, DELISTED = "#ffffff", "#6f7775"
_SHAPES = {
    "alive": "circle", "weak": "triangle", "dormant": "square", "presumed_dead": "diamond", "dead": "cross",
    "unknown": "circle", "not_started": "dot",
}  # fmt: skip
_HOLLOW = ("unknown", "presumed_dead")

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Part:
    """A circle of `radius`, else a line through `points` (closed when filled or said so); widths are in radii."""

    points: Points = ()
    radius: float = 0.0
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    closed: bool = False


def look_of(state: str, *, delisted: bool = False) -> Look:
    """Give how the stations of a state look; delisted ones keep their shape, in grey."""
    return Look(_SHAPES[state], DELISTED if delisted else COLOURS[state], state in _HOLLOW)


def parts_of(look: Look) -> list[Part]:
    """Give the strokes of a symbol in their order, a white rim first, so that it stands out on any ground."""
    if look.shape in ("cross", "plus"):
        arm = 0.72 if look.shape == "cross" else 0.95
        ends: tuple[Points, ...] = (((-arm, -arm), (arm, arm)), ((arm, -arm), (-arm, arm)))
        if look.shape == "plus":
            ends = (((-arm, 0), (arm, 0)), ((0, -arm), (0, arm)))
        return [Part(line, stroke=ink, width=width) for width, ink in ((0.95, WHITE), (0.5, look.colour))
                for line in ends]  # fmt: skip
    rim = _outline(look.shape, 1.0, stroke=WHITE, width=0.75 if look.hollow else 0.55)
    body = _outline(look.shape, 1.0, fill=WHITE if look.hollow else look.colour)
    line = [_outline(look.shape, 0.82, stroke=look.colour, width=0.36)] if look.hollow else []
    return [rim, body, *line]


def _outline(shape: str, r: float, *, fill: str | None = None, stroke: str | None = None, width: float = 0.0) -> Part:
    corners: dict[str, Points] = {
        "triangle": ((0, -r * 1.1), (r * 1.05, r * 0.8), (-r * 1.05, r * 0.8)),
        "square": ((-r * 0.85, -r * 0.85), (r * 0.85, -r * 0.85), (r * 0.85, r * 0.85), (-r * 0.85, r * 0.85)),
        "diamond": ((0, -r * 1.1), (r * 1.1, 0), (0, r * 1.1), (-r * 1.1, 0)),
    }
    if shape in corners:
        return Part(corners[shape], fill=fill, stroke=stroke, width=width, closed=True)
    return Part(radius=r * 0.55 if shape == "dot" else r, fill=fill, stroke=stroke, width=width)
