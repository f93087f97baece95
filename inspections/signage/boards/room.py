"""How far a board goes on around its words: where it ends, words may be hidden or another board begins. Arrays only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inspections.signage.boards.layout import Placed
from inspections.signage.found import Line

# Looked at so far, in letters, in so many steps a letter; rows across a letter.
_FAR = 3
_STEPS = 12
_ROWS = 24
# The board's colour at the edges of the first letters stands for the board.
_LETTERS = 4
# Two colours differ by more than this (of 255), or by more than the board differs from itself.
_SAME = 14.0
_SAME_SPREADS = 3.0


def room_beside(pixels: NDArray[np.uint8], line: Line) -> tuple[float, float, float, float]:
    """Give how far the board's own colour goes on before, after, above and below a line, in letters, at most 3.

    `pixels`: height x width x 3; the line's corners are in pixels of this array. Above and below are meant as read:
    above a column is its right side.
    """
    placed = Placed(line)
    start_top, end_top, end_bottom, start_bottom = (np.array(corner) for corner in placed.corners)
    along = (end_top + end_bottom - start_top - start_bottom) / 2
    across = (start_bottom + end_bottom - start_top - end_top) / 2
    along, across = (way / max(float(np.linalg.norm(way)), 1e-6) * placed.letter_px for way in (along, across))
    first = _edges(pixels, start_top, start_bottom, along)
    last = _edges(pixels, end_top, end_bottom, -along)
    both = np.concatenate([first, last])
    return (
        _going_on(pixels, start_top, start_bottom, -along, first),
        _going_on(pixels, end_top, end_bottom, along, last),
        _going_on(pixels, start_top, end_top, -across, both),
        _going_on(pixels, start_bottom, end_bottom, across, both),
    )


def _edges(pixels: NDArray[np.uint8], top: NDArray[np.float64], bottom: NDArray[np.float64],
           inward: NDArray[np.float64]) -> NDArray[np.float64]:  # fmt: skip
    """Give the colours of the board above and below the first letters from an end of a line."""
    within = _sampled(pixels, top, bottom, inward, np.arange(_LETTERS * _STEPS) / _STEPS)
    return np.concatenate([within[:2], within[-2:]]).reshape(-1, 3)


def _going_on(pixels: NDArray[np.uint8], one: NDArray[np.float64], other: NDArray[np.float64],
              outward: NDArray[np.float64], edges: NDArray[np.float64]) -> float:  # fmt: skip
    """Walk outwards from a side of a line until the colour is another than at its edges; in letters."""
    board = np.median(edges, axis=0)
    allowed = max(_SAME, _SAME_SPREADS * float(np.median(np.abs(edges - board).mean(axis=1))))
    outside = _sampled(pixels, one, other, outward, (np.arange(_FAR * _STEPS) + 1) / _STEPS)
    for step, colour in enumerate(np.median(outside[3:-3], axis=0)):
        if float(np.abs(colour - board).mean()) > allowed:
            return step / _STEPS
        # Light changes along a board, slowly.
        board = 0.85 * board + 0.15 * colour
    return float(_FAR)


def _sampled(pixels: NDArray[np.uint8], top: NDArray[np.float64], bottom: NDArray[np.float64],
             way: NDArray[np.float64], steps: NDArray[np.float64]) -> NDArray[np.float64]:  # fmt: skip
    """Give the colours of a strip: rows from `top` to `bottom`, columns at `steps` along `way`; edges repeat."""
    height, width = pixels.shape[:2]
    shares = (np.arange(_ROWS) + 0.5)[:, None, None] / _ROWS
    points = top + (bottom - top) * shares + way * steps[None, :, None]
    columns = np.clip(points[..., 0].astype(int), 0, width - 1)
    rows = np.clip(points[..., 1].astype(int), 0, height - 1)
    strip: NDArray[np.float64] = pixels[rows, columns].astype(np.float64)
    return strip
