"""Draw a map as bytes of PNG, SVG or PDF from areas, points, legend and notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from web_map.pictures.layout import HEIGHT, WIDTH, compose
from web_map.pictures.raster import RasterPainter
from web_map.pictures.scene import Area, Entry, Layer, Notes, Scene, Strokes
from web_map.pictures.vector import VectorPainter, as_pdf

KINDS = {"png": "image/png", "svg": "image/svg+xml; charset=utf-8", "pdf": "application/pdf"}


def draw_map(
    areas: Sequence[Area], layers: Sequence[Layer], legend: Sequence[Entry], notes: Notes, *, form: str,
    at: dt.datetime, strokes: Sequence[Strokes] = (), is_close: bool = False,
) -> bytes:  # fmt: skip
    """Give the file of `form` (png, svg or pdf); `at` is the aware instant written into a PDF.

    Layers are drawn so that the rarer lie on top. The map shows all areas; all points where there are no areas, or
    where it `is_close`.
    """
    scene = Scene(areas, layers, legend, notes, strokes, is_close)
    if form == "png":
        raster = RasterPainter(WIDTH, HEIGHT)
        compose(scene, raster)
        return raster.done()
    vector = VectorPainter(WIDTH, HEIGHT, notes)
    compose(scene, vector)
    svg = vector.done()
    return as_pdf(svg, notes.title, at=at) if form == "pdf" else svg
