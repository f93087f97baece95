"""What is around a sign: walls, doors, other shops' words; and how a board stands in it."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.signs.drawn.boards import Board, paint

SHOPS = (
    "便民超市",
    "烟酒副食",
    "快递代收",
    "中国移动",
    "农家饭店",
    "五金水电",
    "棋牌室",
    "理发店",
    "平价药房",
    "化肥农药",
)
Quad = list[tuple[float, float]]


def wall(rng: Generator, size: tuple[int, int], *, words: int = 2, night: bool = False) -> Image.Image:
    """Draw a street front: light that falls off, bricks or plaster, a door, windows, other shops' signs low down."""
    width, height = size
    light = np.linspace(0.75, 1.1, height)[:, None, None] * np.linspace(1.05, 0.85, width)[None, :, None]
    ground = np.array(rng.uniform(120, 205, 3) * (0.16 if night else 1.0))[None, None, :]
    grain = rng.normal(0, 6, (height // 4, width // 4, 1))
    body = np.clip(light * ground + np.kron(grain, np.ones((4, 4, 1)))[:height, :width], 0, 255).astype(np.uint8)
    made = Image.fromarray(np.broadcast_to(body, (height, width, 3)).copy(), "RGB")
    draw = ImageDraw.Draw(made)
    for row in range(0, height, 46):
        draw.line((0, row, width, row), fill=tuple(int(one * 0.9) for one in ground[0, 0]), width=2)
    for _ in range(4):
        left, top = int(rng.uniform(0, width * 0.85)), int(rng.uniform(height * 0.62, height * 0.8))
        shade = tuple(int(one) for one in rng.uniform(15, 45 if night else 110, 3))
        draw.rectangle(
            (left, top, left + int(width * rng.uniform(0.08, 0.2)), height), fill=shade, outline=(30, 30, 30)
        )
    for number in range(words):
        name = SHOPS[int(rng.integers(len(SHOPS)))]
        style = ("white_red", "green", "banner", "blue")[int(rng.integers(4))]
        board = paint(Board((name,), style, "hei", max(12, int(width * rng.uniform(0.018, 0.03)))), rng)
        left = int(width * (0.06 + 0.48 * number + rng.uniform(0, 0.2)))
        made.paste(board.convert("RGB"), (min(left, width - board.width), int(height * rng.uniform(0.84, 0.88))))
    return made


def hang(scene: Image.Image, board: Image.Image, corners: Quad) -> Image.Image:
    """Put a board into the scene with its corners (top left, top right, bottom right, bottom left) where said."""
    width, height = board.size
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    warped = board.convert("RGBA").transform(
        scene.size, Image.Transform.PERSPECTIVE, _coefficients(corners, flat), Image.Resampling.BICUBIC
    )
    made = scene.convert("RGBA")
    made.alpha_composite(warped)
    return made.convert("RGB")


def place(
    rng: Generator, board: Image.Image, size: tuple[int, int], *, width: float = 0.62,
    at: tuple[float, float] = (0.5, 0.36), lean: float = 0.03, turn_degrees: float = 0.0,
) -> Quad:  # fmt: skip
    """Say where a board's corners stand: `width` and `at` in shares of the picture, `lean` how skewed it is seen."""
    wide = width * size[0]
    high = min(wide * board.height / board.width, 0.62 * size[1])
    wide = high * board.width / board.height
    turn = np.radians(turn_degrees)
    corners = []
    for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = across * wide / 2 * (1 + float(rng.uniform(-lean, lean)))
        y = down * high / 2 * (1 + float(rng.uniform(-lean, lean)) * 2)
        corners.append((at[0] * size[0] + x * np.cos(turn) - y * np.sin(turn),
                        at[1] * size[1] + x * np.sin(turn) + y * np.cos(turn)))  # fmt: skip
    return corners


def glowing(scene: Image.Image, board: Image.Image, corners: Quad) -> Image.Image:
    """Hang letters of light: their own glow spills over the dark around them."""
    lit = hang(Image.new("RGB", scene.size), board, corners)
    spill = lit.filter(ImageFilter.GaussianBlur(14))
    total = (
        np.asarray(scene, np.int16) + np.asarray(lit, np.int16) + (np.asarray(spill, np.int16) * 0.8).astype(np.int16)
    )
    return Image.fromarray(np.clip(total, 0, 255).astype(np.uint8), "RGB")


def _coefficients(target: Quad, source: Quad) -> tuple[float, ...]:
    """Solve the eight numbers with which a point of the picture finds its point on the board."""
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(np.linalg.solve(np.array(rows, float), np.array(values, float)))
