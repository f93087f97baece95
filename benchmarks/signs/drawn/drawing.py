"""Draw the whole set into a folder, the same from the same seed, with `labels.csv`; or read a labelled folder."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.signs.drawn import hidden  # noqa: F401  # its conditions join the list
from benchmarks.signs.drawn.conditions import RECIPES
from benchmarks.signs.drawn.fonts import missing_faces
from benchmarks.signs.truths import Hotline, Truth

SEED = 20261121
COLUMNS = ("file", "text", "class", "condition", "hotline", "number", "level", "is_channel", "is_plain")
# Conditions that need a face which may not be there.
NEEDS = {"brush": "brush", "hand_painted": "brush", "painted": "painted", "traditional": "traditional"}
# Twelve megapixels take four times as long to read; of look-alikes there are ten.
COUNTS = {"12_megapixels": 0.5, "no_sign": 0.67, "confusable": 1.67}


def drawable(wanted: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """Give the conditions that can be drawn here, and those whose letters are missing."""
    names = [name for name in RECIPES if not set(wanted) or name in set(wanted)]
    without = set(missing_faces())
    return [one for one in names if NEEDS.get(one) not in without], [one for one in names if NEEDS.get(one) in without]


def draw_set(folder: Path, names: Iterable[str], *, each: int, seed: int = SEED) -> list[Truth]:
    """Draw `each` pictures of every condition (JPEG, quality 88) and write their labels beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = []
    for name in names:
        recipe, is_plain = RECIPES[name]
        for number in range(max(1, round(each * COUNTS.get(name, 1)))):
            own = int.from_bytes(hashlib.sha256(f"{seed}:{name}:{number}".encode()).digest()[:8], "big")
            drawn = recipe(np.random.default_rng(own), number)
            file = f"{name}_{number}.jpg"
            drawn.picture.convert("RGB").save(folder / file, "JPEG", quality=88)
            truths.append(Truth(file, drawn.text, drawn.label, name, drawn.hotline, is_plain))
    _write_labels(folder, truths)
    return truths


def read_labels(folder: Path) -> list[Truth]:
    """Read `labels.csv` (file, text, class, condition and, where there, hotline); every picture counts as plain."""
    with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Truth(row["file"], row["text"], row["class"], row.get("condition") or "all", _hotline(row),
                  row.get("is_plain", "1") == "1") for row in rows]  # fmt: skip


def _hotline(row: dict[str, str]) -> Hotline | None:
    text = row.get("hotline") or ""
    number = row.get("number") or "".join(sign for sign in text if sign.isdigit())
    return Hotline(text, number, row.get("level") or None, row.get("is_channel", "1") == "1") if text else None


def _write_labels(folder: Path, truths: list[Truth]) -> None:
    with (folder / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for one in truths:
            line = one.hotline
            told = (line.text, line.number, line.level or "", int(line.is_channel)) if line else ("", "", "", 0)
            out.writerow((one.file, one.text, one.label, one.condition, *told, int(one.is_plain)))
