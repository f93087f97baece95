"""The letters that signs are drawn with: Debian's CJK fonts, and two painted ones from npm; what is missing is told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

_NOTO = "/usr/share/fonts/opentype/noto/Noto{}CJK-{}.ttc"
_NPM = Path(__file__).resolve().parents[1] / "node_modules" / "@expo-google-fonts"
# Name: file, and which face of a collection (2 is simplified, 3 traditional).
FACES: dict[str, tuple[Path, int]] = {
    "hei": (Path(_NOTO.format("Sans", "Bold")), 2),
    "thin": (Path(_NOTO.format("Sans", "Regular")), 2),
    "song": (Path(_NOTO.format("Serif", "Bold")), 2),
    "traditional": (Path(_NOTO.format("Sans", "Bold")), 3),
    "brush": (_NPM / "ma-shan-zheng/400Regular/MaShanZheng_400Regular.ttf", 0),
    "painted": (_NPM / "zcool-kuaile/400Regular/ZCOOLKuaiLe_400Regular.ttf", 0),
}


def missing_faces() -> list[str]:
    """Give the names whose file is not on this machine; their pictures are then not drawn."""
    return [name for name, (path, _) in FACES.items() if not path.is_file()]


@cache
def face(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """Give a face at a size; the same letters on every machine that has the same files."""
    path, index = FACES[name]
    return ImageFont.truetype(str(path), size_px, index=index, layout_engine=ImageFont.Layout.BASIC)
