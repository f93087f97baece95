"""The words a person reads, Chinese first and English, one file for each area; phone, pages and letters read the same.

Each sibling module holds `WORDS: dict[key, (zh, en)]`. The package never holds a sentence that only one screen builds
from pieces.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from field_app_schema.refusals import REFUSALS

Words = dict[str, tuple[str, str]]


class DuplicateWord(ValueError):
    """Two areas claim the same key; one of them must give way."""


def collect_words() -> Words:
    """Merge the words of every area into one table; raises DuplicateWord when two areas use one key."""
    merged: Words = {}
    for found in sorted(iter_modules(__path__), key=lambda module: module.name):
        if found.name.startswith("_"):
            continue
        area: Words = import_module(f"{__name__}.{found.name}").WORDS
        for key, sentence in area.items():
            if key in merged:
                raise DuplicateWord(f"{key} (again in {found.name}.py)")
            merged[key] = sentence
    return merged


def refusal_table() -> dict[str, dict[str, str | int | bool]]:
    """Give the table of refusals as plain values, for the phone and for documents."""
    return {
        kind.code: {
            "status": kind.status,
            "zh": kind.zh,
            "en": kind.en,
            "hint_zh": kind.hint_zh,
            "hint_en": kind.hint_en,
            "retry": kind.retry,
        }
        for kind in REFUSALS.values()
    }
