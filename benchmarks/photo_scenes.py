"""Shop fronts drawn from a seed, the same again on another visit, and what happens to pictures on their way."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

FONT = Path(__file__).resolve().parent.parent / "web_map" / "fonts" / "NotoSansSC_700Bold.ttf"
WIDTH_PX, HEIGHT_PX = 1600, 1200
WORDING = "电子商务进农村综合示范项目"
BOARDS = ((20, 60, 160), (180, 20, 20), (240, 240, 235), (10, 110, 60))


def shop_front(seed: int, visit: int = 0) -> Image.Image:
    """Draw a shop; `visit` above 0: the same shop another day, other goods and light, the camera a little elsewhere."""
    shop, day = np.random.default_rng((seed, 0)), np.random.default_rng((seed, 1, visit))
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX))
    pen = ImageDraw.Draw(image)
    wall, floor = _house(pen, shop)
    _sign(pen, shop)
    for _ in range(int(day.integers(2, 7))):  # people, goods, bicycles
        left, top = int(day.integers(0, WIDTH_PX)), int(day.integers(floor - 200, HEIGHT_PX - 50))
        side = int(day.integers(40, 200))
        pen.ellipse((left, top, left + side, top + side * 2), fill=_colour(day, 10, 250))
    image = _grained(image, seed, visit, float(shop.uniform(4, 14)), float(day.uniform(0.75, 1.2)) if visit else 1.0)
    return _from_elsewhere(image, day, wall) if visit else image


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    """Write a picture as JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def without_border(image: Image.Image, share: float) -> Image.Image:
    """Cut a border off all four sides."""
    w, h = image.size
    return image.crop((int(w * share), int(h * share), int(w * (1 - share)), int(h * (1 - share))))


def marked(image: Image.Image, share: float = 0.14) -> Image.Image:
    """Write time, place and code over the foot, as the product's own marked copy does."""
    w, h = image.size
    over = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(over)
    top, letter = int(h * (1 - share)), w / 44
    pen.rectangle((0, top, w, h), fill=(0, 0, 0, 158))
    lines = ("2026-11-20 12:00 江永县 允山镇 网店示范站", "检查人 陈晓 · 在站点,12 米", "7PH4R-NGZ2K /verify")
    for turn, line in enumerate(lines):
        pen.text((20, top + 10 + turn * letter * 1.35), line, font=ImageFont.truetype(FONT, int(letter)), fill="white")
    return Image.alpha_composite(image.convert("RGBA"), over).convert("RGB")


# What the issue asks to be found again …
MUST_FIND: dict[str, Callable[[Image.Image], bytes]] = {
    "recompressed, quality 30": lambda i: jpeg(i, 30),
    "recompressed, quality 70": lambda i: jpeg(i, 70),
    "shrunk to 640 px": lambda i: jpeg(i.resize((640, 480)), 80),
    "by messenger (1280 px, quality 60)": lambda i: jpeg(i.resize((1280, 960)), 60),
    "our watermark": lambda i: jpeg(marked(i)),
    "our watermark, a fifth of the height": lambda i: jpeg(marked(i, 0.2)),
    "our watermark, shrunk": lambda i: jpeg(marked(i).resize((800, 600)), 60),
    "border of 2 % cut off": lambda i: jpeg(without_border(i, 0.02)),
    "border of 5 % cut off": lambda i: jpeg(without_border(i, 0.05)),
    "brighter by a fifth": lambda i: jpeg(ImageEnhance.Brightness(i).enhance(1.2)),
    "stronger contrast": lambda i: jpeg(ImageEnhance.Contrast(i).enhance(1.25)),
    "grey": lambda i: jpeg(i.convert("L").convert("RGB")),
}
# … and what goes beyond it.
MAY_FIND: dict[str, Callable[[Image.Image], bytes]] = {
    "border of 8 % cut off": lambda i: jpeg(without_border(i, 0.08)),
    "5 % cut off one side": lambda i: jpeg(i.crop((int(i.width * 0.05), 0, i.width, i.height))),
    "foot of 10 % cut off": lambda i: jpeg(i.crop((0, 0, i.width, int(i.height * 0.9)))),
    "watermark's foot cut off again": lambda i: jpeg(i.crop((0, 0, i.width, int(i.height * 0.86)))),
    "our watermark, then 3 % cut off": lambda i: jpeg(without_border(marked(i), 0.03), 80),
    "turned by 2 degrees": lambda i: jpeg(i.rotate(2, resample=Image.Resampling.BILINEAR)),
    "mirrored": lambda i: jpeg(i.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
}


def _house(pen: ImageDraw.ImageDraw, shop: np.random.Generator) -> tuple[tuple[int, int, int], int]:
    sky, wall, ground = _colour(shop, 120, 240), _colour(shop, 90, 230), _colour(shop, 60, 160)
    horizon, floor = int(HEIGHT_PX * shop.uniform(0.05, 0.25)), int(HEIGHT_PX * shop.uniform(0.7, 0.9))
    pen.rectangle((0, 0, WIDTH_PX, horizon), fill=sky)
    pen.rectangle((0, horizon, WIDTH_PX, floor), fill=wall)
    pen.rectangle((0, floor, WIDTH_PX, HEIGHT_PX), fill=ground)
    for _ in range(int(shop.integers(6, 20))):
        left, top = int(shop.integers(0, WIDTH_PX)), int(shop.integers(horizon, floor))
        right, bottom = left + int(shop.integers(40, 400)), top + int(shop.integers(40, 300))
        pen.rectangle((left, top, right, bottom), fill=_colour(shop, 20, 250))
    door, lintel = int(shop.integers(200, 1100)), int(floor - HEIGHT_PX * 0.4)
    pen.rectangle((door, lintel, door + int(shop.integers(150, 350)), floor), fill=_colour(shop, 10, 120))
    return wall, floor


def _sign(pen: ImageDraw.ImageDraw, shop: np.random.Generator) -> None:
    wide, high = int(WIDTH_PX * shop.uniform(0.4, 0.9)), int(HEIGHT_PX * shop.uniform(0.1, 0.2))
    left, top = int(shop.integers(0, WIDTH_PX - wide)), int(HEIGHT_PX * 0.1 + shop.integers(0, int(HEIGHT_PX * 0.15)))
    board = BOARDS[int(shop.integers(0, len(BOARDS)))]
    pen.rectangle((left, top, left + wide, top + high), fill=board)
    ink = (190, 20, 20) if sum(board) > 600 else (250, 250, 250)
    pen.text((left + wide * 0.04, top + high * 0.2), WORDING, font=ImageFont.truetype(FONT, wide // 15), fill=ink)
    name = "".join(chr(int(one)) for one in shop.integers(0x4E00, 0x8FFF, 4)) + "村服务站"
    pen.text((left + wide * 0.3, top + high * 0.65), name, font=ImageFont.truetype(FONT, wide // 30), fill=ink)


def _grained(image: Image.Image, seed: int, visit: int, grain: float, light: float) -> Image.Image:
    noise = np.random.default_rng((seed, 2, visit)).normal(0, grain, (HEIGHT_PX // 4, WIDTH_PX // 4, 3))
    texture = np.random.default_rng((seed, 3)).normal(0, 18, (HEIGHT_PX // 16, WIDTH_PX // 16, 3))
    pixels = np.asarray(image, np.float32) + np.kron(texture, np.ones((16, 16, 1))) + np.kron(noise, np.ones((4, 4, 1)))
    return Image.fromarray((pixels * light).clip(0, 255).astype(np.uint8))


def _from_elsewhere(image: Image.Image, day: np.random.Generator, wall: tuple[int, int, int]) -> Image.Image:
    turned = image.rotate(float(day.uniform(-3, 3)), resample=Image.Resampling.BILINEAR, fillcolor=wall)
    nearer = float(day.uniform(1.05, 1.2))
    wide, high = WIDTH_PX / nearer, HEIGHT_PX / nearer
    left, top = float(day.uniform(0, WIDTH_PX - wide)), float(day.uniform(0, HEIGHT_PX - high))
    return turned.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.BILINEAR, box=(left, top, left + wide, top + high))


def _colour(random: np.random.Generator, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = (int(one) for one in random.integers(low, high, 3))
    return red, green, blue
