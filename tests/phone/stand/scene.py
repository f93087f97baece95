"""A picture with as much detail as a village street has: what a camera sees is the worst case of a data budget."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[3]
FONT = ROOT / "web_map/fonts/NotoSansSC_700Bold.ttf"
SIZE = (1920, 1440)
FRAMES = 48


def street(seed: int) -> Image.Image:
    """Draw noise whose strength falls with its frequency, as in photographs, and a sign in the middle."""
    return _sign(_scenery(seed), np.random.default_rng(seed))


def write_camera(path: Path, frames: int = FRAMES) -> Path:
    """Write what the camera sees as motion JPEG, no frame like another; Chromium plays it over and over."""
    scenery, rng = _scenery(0), np.random.default_rng(0)
    with path.open("wb") as file:
        for number in range(frames):
            frame = io.BytesIO()
            # The hand moves, and a sensor's grain is never the same.
            _sign(np.roll(scenery, number * 29, axis=1), rng).save(frame, "JPEG", quality=92)
            file.write(frame.getvalue())
    return path


def _scenery(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    width, height = SIZE
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(width), np.fft.fftfreq(height)))
    frequency[0, 0] = 1
    layers = []
    for _colour in range(3):
        waves = np.fft.fft2(rng.normal(size=(height, width))) / frequency**1.1
        seen = np.real(np.fft.ifft2(waves))
        layers.append(np.clip(120 + 45 * (seen - seen.mean()) / seen.std(), 0, 255))
    # The light is the same for all colours.
    return np.stack([layers[0] * 0.75 + layer * 0.25 for layer in layers], axis=-1).astype(np.float32)


def _sign(scenery: np.ndarray, rng: np.random.Generator) -> Image.Image:
    grain = rng.normal(scale=3, size=scenery.shape[:2]).astype(np.float32)
    drawn = Image.fromarray(np.clip(scenery + grain[..., None], 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((360, 480, 1560, 780), fill=(170, 20, 20))
    pen.text((400, 560), "全国电子商务进农村综合示范项目", font=ImageFont.truetype(str(FONT), 74), fill=(250, 240, 220))
    return drawn
