"""What comes between a sign and its reader: leaves, vehicles, sun, rain, night, movement, glass, a screen."""

from __future__ import annotations

import io

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Box = tuple[float, float, float, float]


def _array(picture: Image.Image) -> NDArray[np.float64]:
    return np.asarray(picture.convert("RGB"), float)


def _picture(values: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8), "RGB")


def branch(picture: Image.Image, rng: Generator, box: Box, leaves: int) -> Image.Image:
    """Hang a branch with leaves over a part of the picture (pixels)."""
    made = picture.convert("RGB")
    draw = ImageDraw.Draw(made)
    left, top, right, bottom = box
    draw.line([(left, top - 30), ((left + right) / 2, (top + bottom) / 2), (right, bottom)], fill=(70, 50, 30), width=7)
    for _ in range(leaves):
        x, y, long = rng.uniform(left, right), rng.uniform(top, bottom), rng.uniform(16, 34)
        leaf = Image.new("L", (int(long * 2), int(long)), 0)
        ImageDraw.Draw(leaf).ellipse((2, 2, leaf.width - 2, leaf.height - 2), fill=255)
        leaf = leaf.rotate(float(rng.uniform(0, 180)), expand=True)
        green = tuple(int(one) for one in (rng.uniform(20, 70), rng.uniform(80, 140), rng.uniform(20, 60)))
        made.paste(green, (int(x - leaf.width / 2), int(y - leaf.height / 2)), leaf)
    return made


def scooter(picture: Image.Image, box: Box) -> Image.Image:
    """Park a scooter (a dark body, two wheels, a windshield) over a part of the picture (pixels)."""
    made = picture.convert("RGB")
    draw = ImageDraw.Draw(made)
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    draw.rounded_rectangle((left + wide * 0.1, top + high * 0.3, right - wide * 0.05, bottom - high * 0.15), wide * 0.1,
                           fill=(38, 40, 46))  # fmt: skip
    draw.polygon([(right - wide * 0.32, top + high * 0.4), (right - wide * 0.12, top), (right, top + high * 0.05),
                  (right - wide * 0.1, top + high * 0.5)], fill=(176, 30, 34))  # fmt: skip
    for at in (0.2, 0.82):
        middle = left + wide * at
        wheel = (middle - high * 0.2, bottom - high * 0.4, middle + high * 0.2, bottom)
        draw.ellipse(wheel, fill=(18, 18, 18), outline=(120, 120, 120), width=4)
    return made


def peel(board: Image.Image, rng: Generator, share: float) -> Image.Image:
    """Let paint come off in flakes over a share of the board, down to rusty tin."""
    noise = Image.fromarray(rng.uniform(0, 255, (board.height // 9 + 1, board.width // 9 + 1)).astype(np.uint8), "L")
    rough = np.asarray(noise.resize(board.size, Image.Resampling.BICUBIC), float)
    flakes = Image.fromarray(((rough > np.quantile(rough, 1 - share)) * 255).astype(np.uint8), "L")
    rust = Image.new("RGBA", board.size, (128, 98, 76, 255))
    made = board.copy()
    made.paste(rust, (0, 0), flakes)
    return made


def rain(picture: Image.Image, rng: Generator, drops: int) -> Image.Image:
    """Draw streaks of rain, drops on the lens, and the grey that rain lays over everything."""
    body = _array(picture)
    grey = _picture(body * 0.72 + body.mean() * 0.16 + 12)
    streaks = Image.new("L", picture.size)
    draw = ImageDraw.Draw(streaks)
    for _ in range(drops):
        x, y, long = rng.uniform(0, picture.width), rng.uniform(0, picture.height), rng.uniform(25, 70)
        draw.line((x, y, x + long * 0.18, y + long), fill=int(rng.uniform(50, 120)), width=2)
    made = ImageChops.add(grey, Image.merge("RGB", [streaks] * 3))
    for _ in range(drops // 40):
        x, y, r = int(rng.uniform(0, picture.width)), int(rng.uniform(0, picture.height)), int(rng.uniform(9, 22))
        spot = made.crop((x - r, y - r, x + r, y + r)).filter(ImageFilter.GaussianBlur(5))
        mask = Image.new("L", spot.size)
        ImageDraw.Draw(mask).ellipse((0, 0, 2 * r, 2 * r), fill=255)
        made.paste(ImageOps.flip(spot), (x - r, y - r), mask)
    return made


def moving(picture: Image.Image, length_px: int) -> Image.Image:
    """Blur along the way of a car, evenly over `length_px`."""
    body = _array(picture)
    return _picture(np.mean([np.roll(body, at - length_px // 2, axis=1) for at in range(length_px)], axis=0))


def noisy(picture: Image.Image, rng: Generator, sigma: float, light: float = 1.0) -> Image.Image:
    """Take light away and add a sensor's noise."""
    body = _array(picture) * light
    return _picture(body + rng.normal(0, sigma, body.shape))


def squeezed(picture: Image.Image, quality: int) -> Image.Image:
    """Send the picture through a messenger that recompresses it."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def glare(picture: Image.Image, at: tuple[float, float], radius: float, strength: float = 170) -> Image.Image:
    """Let the sun stand in the paint at a place given in shares of the picture."""
    high, wide = picture.height, picture.width
    y, x = np.mgrid[0:high, 0:wide]
    spot = np.exp(-(((x - at[0] * wide) ** 2 + (y - at[1] * high) ** 2) / (2 * (radius * wide) ** 2)))
    return _picture(_array(picture) + strength * spot[:, :, None])


def on_a_screen(picture: Image.Image, rng: Generator) -> Image.Image:
    """Show the picture on a phone's or desk's screen and photograph that: bezel, pixel grid, moiré, a reflection."""
    body = _array(picture)
    y, x = np.mgrid[0 : body.shape[0], 0 : body.shape[1]]
    slant = float(rng.uniform(0.02, 0.06))
    fringe = 1 + 0.08 * np.sin(2 * np.pi * (x * 0.31 + y * slant)) + 0.06 * np.sin(2 * np.pi * (y * 0.29 - x * slant))
    colour = np.stack([1 + 0.05 * np.sin(2 * np.pi * x * 0.013 + shift) for shift in (0, 2, 4)], axis=2)
    shown = _picture(body * fringe[:, :, None] * colour * 0.95 + 6)
    shown = shown.resize((int(shown.width * 0.84), int(shown.height * 0.84)), Image.Resampling.BILINEAR)
    made = Image.new("RGB", picture.size, (24, 24, 26))
    made.paste(shown, ((picture.width - shown.width) // 2, (picture.height - shown.height) // 2))
    return glare(made, (float(rng.uniform(0.1, 0.9)), 0.1), 0.12, 70)


def through_glass(picture: Image.Image, rng: Generator) -> Image.Image:
    """See the sign mirrored, from inside the window it is stuck on."""
    body = _array(ImageOps.mirror(picture))
    ghost = np.roll(body, 18, axis=1)
    return _picture(body * 0.8 + ghost * 0.1 + float(rng.uniform(10, 25)))


def fold_of_banner(board: Image.Image, rng: Generator, share: float) -> Image.Image:
    """Fold the left `share` of a banner behind itself: what stood there is gone, a shadow is left."""
    cut = int(board.width * share)
    made = board.crop((cut, 0, board.width, board.height))
    dark = Image.new("RGBA", made.size)
    draw = ImageDraw.Draw(dark)
    for x in range(26):
        draw.line((x, 0, x, made.height), fill=(0, 0, 0, 150 - 5 * x))
    for _ in range(5):
        x = int(rng.uniform(0.1, 0.95) * made.width)
        draw.polygon([(x, 0), (x + 14, 0), (x - 20, made.height), (x - 40, made.height)], fill=(0, 0, 0, 28))
    made.alpha_composite(dark)
    return made
