"""Lines as an engine would give them, written down by hand."""

from __future__ import annotations

import math

from inspections.signage.found import Line, Quad, ReadPicture

A = "电子商务进农村综合示范项目"
B = "全国" + A


def row(text: str, left: float, top: float, letter: float = 60, *, score: float = 0.99, pitch: float = 1.0) -> Line:
    """A level line: each letter `letter` px high and `letter * pitch` wide."""
    right, bottom = left + letter * (1 + pitch * (len(text) - 1)), top + letter
    return Line(text, score, ((left, top), (right, top), (right, bottom), (left, bottom)))


def column(text: str, left: float, top: float, letter: float = 60) -> Line:
    right, bottom = left + letter, top + letter * len(text)
    return Line(text, 0.99, ((left, top), (right, top), (right, bottom), (left, bottom)))


def turned(line: Line, degrees: float, zoom: float = 1.0, by: tuple[float, float] = (0, 0)) -> Line:
    cos, sin = math.cos(math.radians(degrees)) * zoom, math.sin(math.radians(degrees)) * zoom
    first, second, third, fourth = ((x * cos - y * sin + by[0], x * sin + y * cos + by[1]) for x, y in line.quad)
    quad: Quad = (first, second, third, fourth)
    return Line(line.text, line.score, quad, line.letter_scores)


def picture(*lines: Line, width: int = 1600, height: int = 1200) -> ReadPicture:
    return ReadPicture(list(lines), width, height, "by hand", 0)
