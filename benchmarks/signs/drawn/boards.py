"""One sign as a painter makes it: rows or columns of letters on a board, with its own small flaws."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw

from benchmarks.signs.drawn.fonts import face

STYLES: dict[str, tuple[str, str]] = {
    "blue": ("#ffffff", "#1b4f9c"), "white_red": ("#b3141b", "#f4f1ea"), "green": ("#ffffff", "#1f7a43"),
    "red_gold": ("#f5c542", "#a3161a"), "bronze": ("#5a4526", "#a98a55"), "wood": ("#2a1a0c", "#b98d59"),
    "banner": ("#fff7d6", "#c8102e"), "black_gold": ("#d9b44a", "#191512"),
}  # fmt: skip


@dataclass(frozen=True)
class Board:
    """What is written: the wording in rows (or columns, right to left), and smaller lines above and below it."""

    rows: tuple[str, ...]
    style: str = "blue"
    font: str = "hei"
    char_px: int = 64
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    upright: bool = False
    gap: float = 0.08
    small: float = 0.5
    wobble: float = 0.0
    contrast: float = 1.0
    colours: tuple[str, str] | None = None
    flaws: tuple[str, ...] = field(default=())

    def but(self, **changes: object) -> Board:
        """Give the same board with some of it otherwise."""
        return replace(self, **changes)


def paint(board: Board, rng: Generator) -> Image.Image:
    """Draw the board flat and upright, opaque."""
    ink, ground = _colours(board)
    pieces = [_line(text, board, board.char_px * board.small, ink, rng) for text in board.above]
    if board.upright:
        pieces.append(_columns(board, ink, rng))
    else:
        pieces += [_line(text, board, board.char_px, ink, rng) for text in board.rows]
    pieces += [_line(text, board, board.char_px * board.small, ink, rng) for text in board.below]
    between, edge = int(board.char_px * 0.38), int(board.char_px * 0.7)
    width = max(piece.width for piece in pieces) + 2 * edge
    height = sum(piece.height for piece in pieces) + between * (len(pieces) - 1) + 2 * edge
    made = Image.new("RGBA", (width, height), ground)
    ImageDraw.Draw(made).rectangle((4, 4, width - 5, height - 5), outline=ink, width=3)
    top = edge
    for piece in pieces:
        made.alpha_composite(piece, ((width - piece.width) // 2, top))
        top += piece.height + between
    return made


def _colours(board: Board) -> tuple[tuple[int, ...], tuple[int, ...]]:
    ink, ground = ([int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in board.colours or STYLES[board.style])
    # Faded: the letters come nearer to what is behind them.
    shown = [round(back + (front - back) * board.contrast) for front, back in zip(ink, ground, strict=True)]
    return (*shown, 255), (*ground, 255)


def _glyph(sign: str, board: Board, size_px: int, ink: tuple[int, ...], rng: Generator) -> Image.Image:
    cell = Image.new("RGBA", (int(size_px * 1.18), int(size_px * 1.24)))
    ImageDraw.Draw(cell).text((cell.width // 2, cell.height // 2), sign, font=face(board.font, size_px), fill=ink,
                              anchor="mm")  # fmt: skip
    if board.wobble:
        cell = cell.rotate(float(rng.normal(0, 5 * board.wobble)), Image.Resampling.BICUBIC)
        stretch = 1 + float(rng.normal(0, 0.05 * board.wobble))
        cell = cell.resize((max(4, int(cell.width * stretch)), max(4, int(cell.height / stretch))))
    return cell


def _line(text: str, board: Board, size: float, ink: tuple[int, ...], rng: Generator) -> Image.Image:
    """Draw one row; ciphers and Latin letters take half a square."""
    size_px = max(6, int(size))
    steps = [size_px * ((1.0 if ord(sign) > 0x2E80 else 0.58) + board.gap) for sign in text]
    made = Image.new("RGBA", (int(sum(steps) + size_px * 0.3), int(size_px * 1.32)))
    left = size_px * 0.12
    for sign, step in zip(text, steps, strict=True):
        cell = _glyph(sign, board, size_px, ink, rng)
        lift = int(rng.normal(0, size_px * 0.035 * board.wobble))
        at = (max(0, int(left + (step - size_px * board.gap) / 2 - cell.width / 2)), max(0, 2 + lift))
        seen = (0, 0, min(cell.width, made.width - at[0]), min(cell.height, made.height - at[1]))
        made.alpha_composite(cell.crop(seen), at)
        left += step
    return made


def _columns(board: Board, ink: tuple[int, ...], rng: Generator) -> Image.Image:
    size_px, step = board.char_px, int(board.char_px * (1.06 + board.gap))
    made = Image.new("RGBA", (int(size_px * 1.5) * len(board.rows), step * max(map(len, board.rows)) + size_px // 4))
    for number, text in enumerate(board.rows):
        left = made.width - int(size_px * 1.5) * (number + 1) + size_px // 6
        for place, sign in enumerate(text):
            made.alpha_composite(_glyph(sign, board, size_px, ink, rng), (left, place * step))
    return made


def hide(board: Image.Image, box: tuple[float, float, float, float], colour: str, rng: Generator) -> Image.Image:
    """Cover a part of the board, in shares of its width and height, with something rough-edged."""
    made = board.copy()
    draw = ImageDraw.Draw(made)
    left, top, right, bottom = (share * side for share, side in zip(box, (*board.size, *board.size), strict=True))
    torn = [(right + float(rng.normal(0, 3)), top + (bottom - top) * at) for at in np.linspace(0, 1, 9)]
    draw.polygon([(left, top), *torn, (left, bottom)], fill=colour)
    return made
