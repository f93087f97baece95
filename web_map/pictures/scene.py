"""What a picture of a map shows, as plain values; nothing of how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Look:
    """How a class of points looks: colour AND shape, as on the page (web_map/static/map/shapes.js).

    Shapes: circle, triangle, square, diamond, cross, plus, dot. Colours are written «#rrggbb».
    """

    shape: str
    colour: str
    hollow: bool = False


@dataclass(frozen=True)
class Area:
    """A surface with its borders: rings of corners, CGCS2000 degrees, shape (n, 2); `shade` fills it."""

    code: str
    rings: Sequence[Floats]
    shade: str | None = None


@dataclass(frozen=True)
class Layer:
    """Points of one look, CGCS2000 degrees; nan where nobody knows the place: such a point is not drawn."""

    look: Look
    lon: Floats
    lat: Floats


@dataclass(frozen=True)
class Strokes:
    """Straight lines of one colour: pairs that belong together, borders that belong to no area; each (n, 2) degrees."""

    colour: str
    lines: Sequence[Floats]
    width: float = 1.2


@dataclass(frozen=True)
class Entry:
    """One line of the legend: words, the number as it is printed, and look or shade (neither: a heading)."""

    words: str
    number: str = ""
    look: Look | None = None
    shade: str | None = None


@dataclass(frozen=True)
class Notes:
    """What is written around the map: title, a line below it, lines under the map; `credit` is the 审图号 line.

    `nothing` stands in an empty map, `outside` (with {n}) says how many points lie beyond what is shown.
    """

    title: str
    subtitle: str
    lines: Sequence[str]
    credit: str
    nothing: str
    outside: str = "{n}"
    lang: str = "zh"


@dataclass(frozen=True)
class Scene:
    """One picture: areas below, strokes on them, points on top, the legend beside and the notes around.

    It shows all areas; when it `is_close`, or there are none, all points.
    """

    areas: Sequence[Area]
    layers: Sequence[Layer]
    legend: Sequence[Entry]
    notes: Notes
    strokes: Sequence[Strokes] = field(default_factory=tuple)
    is_close: bool = False
