"""Draw the phone's icons: a door under a roof, with a tick; run by hand when the drawing changes."""

from pathlib import Path

from PIL import Image, ImageDraw

GREEN, PAPER, AMBER = "#0b5d4b", "#ffffff", "#f2b134"
FOLDER = Path(__file__).parent.parent / "public" / "icons"
SCALE = 4  # drawn larger, then reduced: smooth edges


def draw_icon(size_px: int, inset: float, rounded: bool) -> Image.Image:
    """Draw one icon; `inset` is the share of each side left free, so that a round mask cuts nothing off."""
    side = size_px * SCALE
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0) if rounded else GREEN)
    pen = ImageDraw.Draw(picture)
    if rounded:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * 0.22, fill=GREEN)

    def at(x: float, y: float) -> tuple[float, float]:
        return (side * (inset + x * (1 - 2 * inset)), side * (inset + y * (1 - 2 * inset)))

    pen.polygon([at(0.5, 0.06), at(0.96, 0.46), at(0.04, 0.46)], fill=PAPER)
    pen.rectangle((*at(0.14, 0.44), *at(0.86, 0.94)), fill=PAPER)
    pen.rectangle((*at(0.14, 0.5), *at(0.86, 0.58)), fill=AMBER)
    width = int(side * 0.085 * (1 - 2 * inset) / 0.8)
    pen.line([at(0.31, 0.75), at(0.45, 0.87), at(0.70, 0.66)], fill=GREEN, width=width, joint="curve")
    return picture.resize((size_px, size_px), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_icon(192, 0.14, rounded=True).save(FOLDER / "icon-192.png", optimize=True)
    draw_icon(512, 0.14, rounded=True).save(FOLDER / "icon-512.png", optimize=True)
    draw_icon(512, 0.22, rounded=False).save(FOLDER / "icon-maskable-512.png", optimize=True)
