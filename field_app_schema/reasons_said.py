"""A reason in words: the sentence of its code with its figures in it, as letters and files say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from field_app_schema.words.reasons import WORDS
from field_app_schema.words.visits import WORDS as VISIT_WORDS

_CHINA = dt.timezone(dt.timedelta(hours=8))
LANGUAGES = ("zh", "en")


def say_reason(code: str, figures: Mapping[str, Any], lang: str) -> str:
    """Give the sentence in `zh` or `en`; a figure that is not there is said to be unknown, a hidden station outside.

    Figures that end in `_at` are instants and are said in China's time; `read` and `said` are classes of signs.
    KeyError for a code that has no sentence.
    """
    place = LANGUAGES.index(lang)
    sentence = WORDS[f"reason.{code}"][place]
    return sentence.format_map(_Said({name: _say(name, value, place) for name, value in figures.items()}, place))


class _Said(dict[str, str]):
    def __init__(self, told: Mapping[str, str], place: int) -> None:
        super().__init__(told)
        self._place = place

    def __missing__(self, _name: str) -> str:
        return WORDS["reasons.unknown"][self._place]


def _say(name: str, value: Any, place: int) -> str:
    if value is None:
        return WORDS["reasons.elsewhere" if name == "station" else "reasons.unknown"][place]
    if name.endswith("_at"):
        return dt.datetime.fromisoformat(value).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
    if name in ("read", "said"):
        return VISIT_WORDS[f"visit.choice.sign_wording.{value}"][place]
    if name == "fields":
        return ("、", ", ")[place].join(WORDS[f"seal_field.{one}"][place] for one in value)
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
