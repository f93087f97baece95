"""The version of this product: the newest heading of the changelog, read once."""

from __future__ import annotations

import re
from pathlib import Path

_HEADING = re.compile(r"^## (\d+\.\d+\.\d+)", re.MULTILINE)
CHANGELOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"


def read_version(changelog: Path = CHANGELOG) -> str:
    """Give the newest version in the changelog."""
    newest = _HEADING.search(changelog.read_text(encoding="utf-8"))
    if newest is None:
        raise ValueError(f"{changelog} has no heading like «## 1.2.3»")
    return newest[1]


VERSION = read_version()
