"""Keep text from becoming a formula when a CSV is opened in a spreadsheet, and take the guard off again."""

from __future__ import annotations

import unicodedata

# A cell that begins with one of these may be run by a spreadsheet; full-width forms too, in some of them.
_ACTIVE = frozenset("=+-@\t\r\n")
GUARD = "'"


def guard(text: str) -> str:
    """Put an apostrophe before text that could run; text that looks guarded gets one more, so nothing is lost."""
    return GUARD + text if _could_run(text.lstrip(GUARD)) else text


def unguard(text: str) -> str:
    """Take one guarding apostrophe off; the inverse of `guard`."""
    if text.startswith(GUARD) and _could_run(text.lstrip(GUARD)):
        return text[1:]
    return text


def _could_run(text: str) -> bool:
    first = text.lstrip(" ")[:1]
    return bool(first) and (first in _ACTIVE or unicodedata.normalize("NFKC", first)[:1] in _ACTIVE)
