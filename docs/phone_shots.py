"""One state of a screen, photographed at each size and in each light."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import FloatRect, Page, ViewportSize

SIZES: dict[str, ViewportSize] = {
    "360x800": {"width": 360, "height": 800}, "412x915": {"width": 412, "height": 915},
}  # fmt: skip
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A long screen is photographed down to this many heights.
MOST_HEIGHTS = 3


class Shooter:
    """Takes numbered pictures of a page."""

    def __init__(self, page: Page, folder: Path, first: int = 1) -> None:
        self.page, self.folder, self.number = page, folder, first - 1

    def shoot(self, name: str, *, whole: bool = False) -> None:
        """Photograph what is on the screen; `whole` down to its end."""
        self.number += 1
        for size, viewport in SIZES.items():
            self.page.set_viewport_size(viewport)
            for light in LIGHTS:
                self.page.emulate_media(color_scheme=light)
                path = self.folder / f"{size}-{light}" / f"{self.number:02}-{name}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                height = viewport["height"] * MOST_HEIGHTS
                clip: FloatRect = {"x": 0, "y": 0, "width": viewport["width"], "height": height}
                if whole:
                    self.page.screenshot(path=path, full_page=True, clip=clip)
                else:
                    self.page.screenshot(path=path)
        print(self.folder.name, f"{self.number:02}-{name}", flush=True)
