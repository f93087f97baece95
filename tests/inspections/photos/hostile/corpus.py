"""The whole corpus: name, how the bytes are made, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.inspections.photos.hostile.exifs import EXIFS
from tests.inspections.photos.hostile.jpegs import ACCEPTED, JPEGS
from tests.inspections.photos.hostile.others import OTHERS
from tests.inspections.photos.hostile.pngs import PNGS
from tests.inspections.photos.hostile.webps import HEICS, WEBPS

CORPUS: dict[str, tuple[Callable[[], bytes], str]] = JPEGS | PNGS | WEBPS | HEICS | EXIFS | OTHERS
REFUSED = [name for name, (_make, said) in CORPUS.items() if said != ACCEPTED]
HONEST = [name for name, (_make, said) in CORPUS.items() if said == ACCEPTED]
# Of each thing said, a few: sent through the real door in the suite; the campaign sends them all.
THROUGH_THE_DOOR = [
    "jpeg cut in the middle of its scan", "jpeg and a zip", "jpeg that is a pdf", "jpeg of a thousand scans",
    "jpeg bomb of 65535 x 65535", "jpeg of one pixel", "jpeg, arithmetic coding", "png, animated",
    "png with a wrong checksum", "png of real 9000 x 9000 in 236 kB", "png with a bomb as colour profile",
    "webp, animated", "webp of 16383 x 16383", "heic, a sequence", "svg, packed", "postscript", "mp4",
]  # fmt: skip


def made(name: str) -> bytes:
    """Give the bytes of one of the corpus."""
    return CORPUS[name][0]()
