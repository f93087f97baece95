"""Surfaces that can be told apart without colour: each has its own stripes or dots."""

from __future__ import annotations

from xml.etree import ElementTree

from web_map.charts.drawing import PAPER, Drawing

# The map's colours (web_map/static/map/shapes.js), each with a texture of its own.
STATES = ("alive", "weak", "dormant", "presumed_dead", "dead", "unknown", "not_started")
COLOURS = {
    "alive": "#009e73", "weak": "#e69f00", "dormant": "#0072b2", "presumed_dead": "#b0307f", "dead": "#d55e00",
    "unknown": "#5b6663", "not_started": "#9aa5a1",
}  # fmt: skip
TEXTURES = {
    "alive": "solid", "weak": "stripes", "dormant": "level", "presumed_dead": "crossed", "dead": "upright",
    "unknown": "dots", "not_started": "empty",
}  # fmt: skip


def surface(drawing: Drawing, name: str, colour: str, texture: str, *, ground: str = PAPER) -> str:
    """Give what to write into `fill`; a texture is put into the drawing at its first use."""
    if texture == "solid":
        return colour
    if texture == "empty":
        return ground
    if name not in drawing.known_textures:
        drawing.known_textures.add(name)
        _define(drawing, name, colour, texture, ground)
    return f"url(#{name})"


def surface_of(drawing: Drawing, state: str) -> str:
    """Give the fill of a state of a station."""
    return surface(drawing, f"state-{state}", COLOURS[state], TEXTURES[state])


def _define(drawing: Drawing, name: str, colour: str, texture: str, ground: str) -> None:
    turned = {"stripes": "rotate(45)", "crossed": "rotate(45)"}.get(texture)
    tile: ElementTree.Element = drawing.add(
        "pattern", id=name, patternUnits="userSpaceOnUse", width=6, height=6, patternTransform=turned
    )
    drawing.add_within(tile, "rect", width=6, height=6, fill=ground)
    if texture == "dots":
        for x, y in ((1.5, 1.5), (4.5, 4.5)):
            drawing.add_within(tile, "circle", cx=x, cy=y, r=1.1, fill=colour)
        return
    if texture in ("stripes", "crossed", "upright"):
        drawing.add_within(tile, "rect", x=0, y=0, width=2.6 if texture == "stripes" else 2, height=6, fill=colour)
    if texture in ("level", "crossed"):
        drawing.add_within(tile, "rect", x=0, y=0, width=6, height=3 if texture == "level" else 2, fill=colour)
