"""A finding said in a sentence, as it will stand in a rectification list: words and figures, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from field_app_schema.words import collect_words

_WORDS = collect_words()
_AND = ("、", ", ")


def problem_of(kind: str, details: Mapping[str, Any]) -> dict[str, str]:
    """Give `{"zh", "en"}`; figures that a finding does not have are told as not known."""
    return {lang: _sentence(kind, details, at) for at, lang in enumerate(("zh", "en"))}


def _sentence(kind: str, details: Mapping[str, Any], lang: int) -> str:
    stands = details.get("wording") or _say("visit.choice.sign_wording", details.get("sign_class"), lang)
    filled = {
        "stands": stands, "required": details.get("required") or "—", "document": details.get("document") or "—",
        "seen": _say("visit.choice.observed_state", details.get("observed_state"), lang),
        "services": _listed("visit.choice.services", details.get("services"), lang),
        "levels": _listed("channel_level", details.get("required_levels"), lang),
    }  # fmt: skip
    sentence = _WORDS[f"finding.problem.{kind}"][lang]
    for name, value in filled.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    return sentence


def _listed(area: str, values: Sequence[str] | None, lang: int) -> str:
    return _AND[lang].join(_say(area, value, lang) for value in values or ()) or "—"


def _say(area: str, value: str | None, lang: int) -> str:
    pair = _WORDS.get(f"{area}.{value}")
    return pair[lang] if pair else value or "—"
