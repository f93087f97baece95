"""What a page's modules load and say: found in their text, so that a page names the files and carries the words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from web_map.pages import STATIC

# Loaded by the page's frame, whatever the page.
FRAME = "frame.js"
_IMPORT = re.compile(r"^import [^;]*? from '(\.[^']+)'", re.MULTILINE)
# A text in quotes, or the beginning of a template up to what is filled in.
_TEXT = re.compile(r"'([\w.]+)'|`([\w.]+)(?:`|\$\{)")


def modules_of(*roots: str) -> list[str]:
    """Give the addresses of all modules that the modules at `roots` (below /static) load, the nearest first.

    A page names them at once, so that on a slow line no module waits for the one that asks for it.
    """
    found: dict[Path, None] = {}
    waiting = [STATIC / root for root in roots]
    while waiting:
        file = waiting.pop(0)
        if file not in found:
            found[file] = None
            waiting += [(file.parent / name).resolve() for name in _read(file, file.stat().st_mtime_ns)[0]]
    return [f"/static/{file.relative_to(STATIC).as_posix()}" for file in found]


def words_said(modules: Iterable[str], keys: Iterable[str]) -> frozenset[str]:
    """Give those keys of words that modules (by address) can say.

    A key is said when it stands in quotes, when its list does (`word('vitality', …)`), or when a template begins it
    (t(`map.show_${one}`)).
    """
    files = [STATIC / address.removeprefix("/static/") for address in (*modules, f"/static/{FRAME}")]
    return _said(tuple((file, file.stat().st_mtime_ns) for file in files), tuple(keys))


@lru_cache(maxsize=32)
def _said(files: tuple[tuple[Path, int], ...], keys: tuple[str, ...]) -> frozenset[str]:
    texts = {text for file, mtime_ns in files for text in _read(file, mtime_ns)[1]}
    begun = tuple(text for text in texts if text.endswith(("_", ".")))
    return frozenset(
        key for key in keys if key in texts or key.rpartition(".")[0] in texts or (begun and key.startswith(begun))
    )


@lru_cache(maxsize=256)
def _read(file: Path, _mtime_ns: int) -> tuple[tuple[str, ...], frozenset[str]]:
    text = file.read_text(encoding="utf-8")
    said = frozenset(plain or template for plain, template in _TEXT.findall(text))
    return tuple(_IMPORT.findall(text)), said
