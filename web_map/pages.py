"""Pages out of plain values: our own templates, escaped, with one nonce a page and words in one language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE = Path(__file__).parent
STATIC = HERE / "static"

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


@dataclass(frozen=True)
class PageFrame:
    """What every page needs: nonce, language, words, who may go where; nothing that a user typed.

    `doors` are (key of a word, address) pairs of the navigation, `more` those behind one door, `here` is this page's
    address.
    """

    nonce: str
    lang: str
    words: Mapping[str, tuple[str, str]]
    csrf_token: str = ""
    role: str = ""
    unit: str = ""
    today: str = ""
    doors: Sequence[tuple[str, str]] = ()
    more: Sequence[tuple[str, str]] = ()
    here: str = ""
    is_demonstration: bool = False
    # The words the page's modules say; None is all of them.
    spoken_keys: frozenset[str] | None = None

    def say(self, key: str) -> str:
        """Give a word in the page's language; an unknown key is an error of ours and raises KeyError."""
        return self.words[key][0 if self.lang == "zh" else 1]

    @property
    def spoken(self) -> dict[str, str]:
        """Give the words of the page's modules in the page's language."""
        keys = self.words if self.spoken_keys is None else [key for key in self.words if key in self.spoken_keys]
        return {key: self.words[key][0 if self.lang == "zh" else 1] for key in keys}


def render_page(template: str, frame: PageFrame, **plain: Any) -> str:
    """Fill one template; `plain` holds values of ours (addresses, switches, map markup), never a user's text."""
    return _templates.get_template(template).render(frame=frame, t=frame.say, json_block=json_block, **plain)


def json_block(name: str, value: Any) -> Markup:
    """Give a block of JSON that a page's module reads; no character in it can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    # Escaped just above: inside a block of type application/json nothing else has a meaning.
    return Markup(f'<script type="application/json" id="{name}">{safe}</script>')  # noqa: S704
