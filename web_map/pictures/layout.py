"""Where everything of a picture stands: title, map, legend, scale, notes; the same for every painter."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from web_map.charts.drawing import INK, LINE, PAPER, QUIET, width_of
from web_map.pictures.painter import Painter
from web_map.pictures.projection import Frame, Projection, fitted, round_length
from web_map.pictures.scene import Entry, Floats, Layer, Scene

# A4 lying down, at about 135 dots an inch.
WIDTH, HEIGHT = 1600, 1130
EDGE, LEGEND_WIDTH = 36, 360
LEGEND_ROW, NOTE_ROW, NOTE_SIZE = 32, 22, 15
GROUND, BARE, BORDER, OVER = "#f4f7f6", "#ffffff", "#93a39e", "#4a5652"
# Up to so many points a symbol has this radius in px; more points, smaller symbols.
RADII = ((300, 8.0), (1_500, 6.5), (4_000, 5.0), (10_000, 3.6))
LEAST_RADIUS = 2.8
_PIECES = re.compile(r"[!-~]+ ?|.")


def compose(scene: Scene, painter: Painter) -> None:
    """Draw the scene."""
    notes = [line for text in scene.notes.lines for line in wrapped(text, NOTE_SIZE, WIDTH - 2 * EDGE)]
    under = HEIGHT - EDGE - NOTE_ROW * (len(notes) + 1)
    frame = Frame(EDGE, 112, WIDTH - 2 * EDGE - LEGEND_WIDTH - 20, under - 14 - 112)
    painter.rect(Frame(0, 0, WIDTH, HEIGHT), PAPER, None)
    title, below = (shortened(said, size, WIDTH - 2 * EDGE)
                    for said, size in ((scene.notes.title, 32), (scene.notes.subtitle, 18)))  # fmt: skip
    painter.text(EDGE, 66, title, 32, bold=True, colour=INK, anchor="start")
    painter.text(EDGE, 98, below, 18, bold=False, colour=QUIET, anchor="start")
    painter.rect(frame, GROUND, None)
    _map(scene, painter, frame)
    painter.rect(frame, None, LINE)
    _legend(scene.legend, painter, Frame(WIDTH - EDGE - LEGEND_WIDTH, 112, LEGEND_WIDTH, frame.height))
    for row, line in enumerate(notes):
        painter.text(EDGE, under + NOTE_ROW * (row + 1), line, NOTE_SIZE, bold=False, colour=QUIET, anchor="start")
    painter.text(EDGE, HEIGHT - EDGE, scene.notes.credit, NOTE_SIZE, bold=True, colour=INK, anchor="start")


def _map(scene: Scene, painter: Painter, frame: Frame) -> None:
    inner = Frame(frame.left + 24, frame.top + 24, frame.width - 48, frame.height - 48)
    corners = [(ring[:, 0], ring[:, 1]) for area in scene.areas for ring in area.rings]
    places = [(layer.lon, layer.lat) for layer in scene.layers]
    lines = [(line[:, 0], line[:, 1]) for stroke in scene.strokes for line in stroke.lines]
    drawn = any(np.isfinite(lon).any() for lon, _ in places)
    # Without areas, or close by, the points themselves say what is shown.
    projection = fitted(places if drawn and (scene.is_close or not corners) else corners or lines, inner)
    if projection is None:
        painter.text(frame.left + frame.width / 2, frame.top + frame.height / 2, scene.notes.nothing, 20, bold=False,
                     colour=QUIET, anchor="middle")  # fmt: skip
        return
    surfaces = [([_laid(ring, projection) for ring in area.rings], area.shade or BARE) for area in scene.areas]
    painter.surfaces(surfaces, BORDER, frame)
    for stroke in scene.strokes:
        painter.lines([_laid(line, projection) for line in stroke.lines], stroke.colour, stroke.width)
    radius = radius_for(sum(len(layer.lon) for layer in scene.layers))
    outside = 0
    for layer in rarest_last(scene.layers):
        x, y = projection(layer.lon, layer.lat)
        seen = np.isfinite(x) & (x > frame.left) & (x < frame.left + frame.width)
        seen &= np.isfinite(y) & (y > frame.top) & (y < frame.top + frame.height)
        outside += int(np.count_nonzero(np.isfinite(x) & ~seen))
        painter.stamp(layer.look, radius, x[seen], y[seen])
    if radius < RADII[-1][1]:
        # So many points hide the borders under them.
        painter.lines([ring for rings, _ in surfaces for ring in rings], OVER, 1)
    _scale(painter, projection, frame)
    if outside:
        # Wrong places are seldom near: the picture would shrink to a dot if it showed them.
        said = scene.notes.outside.format(n=f"{outside:,}")
        wide = width_of(said, 15) + 16
        painter.rect(Frame(frame.left + frame.width - wide - 8, frame.top + frame.height - 44, wide, 30), PAPER, None)
        painter.text(frame.left + frame.width - 16, frame.top + frame.height - 24, said, 15, bold=True, colour=INK,
                     anchor="end")  # fmt: skip


def rarest_last(layers: Sequence[Layer]) -> list[Layer]:
    """Give the layers so that the rarer lie on top: the many must not hide the few, whatever they are."""
    return sorted(layers, key=lambda layer: -len(layer.lon))


def radius_for(points: int) -> float:
    """Give the radius of a symbol in px for so many points."""
    return next((radius for most, radius in RADII if points <= most), LEAST_RADIUS)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines no wider than `width` px: after any Chinese sign, between Latin words."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and width_of(line + piece, size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def shortened(text: str, size: float, width: float) -> str:
    """Give a text cut with «…» where it would be too wide."""
    shown = text
    while width_of(shown, size) > width and len(shown) > 2:
        shown = shown[:-2] + "…"
    return shown


def _laid(ring: Floats, projection: Projection) -> Floats:
    return np.column_stack(projection(ring[:, 0], ring[:, 1]))


def _legend(entries: Sequence[Entry], painter: Painter, frame: Frame) -> None:
    painter.rect(frame, PAPER, LINE)
    y = frame.top + 20
    for entry in entries:
        # What does not fit is not squeezed: a legend has a dozen lines at the most.
        if y + LEGEND_ROW > frame.top + frame.height:
            return
        base, left = y + LEGEND_ROW * 0.66, frame.left + 18
        is_heading = entry.look is None and entry.shade is None
        if entry.look is not None:
            painter.stamp(entry.look, 8.0, np.array([left + 11]), np.array([base - 6]))
        elif entry.shade is not None:
            painter.rect(Frame(left, base - 15, 24, 17), entry.shade, BORDER)
        room = frame.width - 36 - (0 if is_heading else 36) - width_of(entry.number, 17) - 8
        painter.text(left + (0 if is_heading else 36), base, shortened(entry.words, 17, room), 17, bold=is_heading,
                     colour=INK, anchor="start")  # fmt: skip
        painter.text(frame.left + frame.width - 18, base, entry.number, 17, bold=is_heading, colour=INK, anchor="end")
        y += LEGEND_ROW


def _scale(painter: Painter, projection: Projection, frame: Frame) -> None:
    metres = round_length(projection.metres_per_px * frame.width / 5)
    length = metres / projection.metres_per_px
    left, base = frame.left + 20, frame.top + frame.height - 18
    said = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    painter.rect(Frame(left - 8, base - 30, max(length, width_of(said, 15)) + 16, 40), PAPER, None)
    bracket = [[left, base - 7], [left, base], [left + length, base], [left + length, base - 7]]
    painter.lines([np.array(bracket)], INK, 2)
    painter.text(left, base - 11, said, 15, bold=False, colour=INK, anchor="start")
