"""The board's colour beside the words, in letters."""

from __future__ import annotations

import numpy as np
import pytest

from inspections.signage.boards.room import room_beside
from tests.inspections.signage.reading_samples import column, row

BLUE, GREY = (20, 70, 160), (150, 145, 140)


def board(left: int, right: int) -> np.ndarray:
    """A grey wall of 300 x 900 px with a blue board between two columns of pixels."""
    pixels = np.full((300, 900, 3), GREY, dtype=np.uint8)
    pixels[50:250, left:right] = BLUE
    return pixels


@pytest.mark.parametrize(
    ("left", "right", "room"),
    [(270, 660, (0.5, 1.0)), (300, 720, (0.0, 2.0)), (0, 900, (3.0, 3.0))],
    ids=["margins", "hidden", "wide"],
)
def test_the_margins_of_a_row(left: int, right: int, room: tuple[float, float]) -> None:
    assert room_beside(board(left, right), row("电子商务进", 300, 120))[:2] == pytest.approx(room, abs=0.1)


def test_a_column_is_measured_above_and_below() -> None:
    pixels = np.ascontiguousarray(board(270, 660).transpose(1, 0, 2))
    assert room_beside(pixels, column("电子商务进", 120, 300))[:2] == pytest.approx((0.5, 1.0), abs=0.1)


def test_light_that_changes_slowly_is_still_the_board() -> None:
    pixels = board(0, 900).astype(np.float64) + np.linspace(0, 60, 900)[None, :, None]
    assert room_beside(pixels.astype(np.uint8), row("电子商务进", 300, 120))[:2] == (3.0, 3.0)


def test_the_room_above_and_below() -> None:
    assert room_beside(board(0, 900), row("电子商务进", 300, 120))[2:] == pytest.approx((70 / 60, 70 / 60), abs=0.1)
