"""What every published figure means: its definition, the rule behind it, and the notice's own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.policy.loading import FACTS, shipped_rules
from stations.policy.tables import PolicyRule


@dataclass(frozen=True)
class Quote:
    """Where the word stands: the document and its own words."""

    document: str
    quote: str


@dataclass(frozen=True)
class RuleBehind:
    """The policy rule that holds the figure's thresholds; `is_shipped`: none is loaded, so the shipped one counts."""

    code: str
    kind: str
    parameters: dict[str, Any]
    source_doc: str
    quote: str
    is_proposal: bool
    is_shipped: bool


@dataclass(frozen=True)
class Definition:
    """One figure: a sentence in two languages, what is counted over what, the boundary cases, and the rule.

    Numerator and denominator are None where the figure is no share. `is_ours`: the notices use the word, if at all,
    without defining it.
    """

    code: str
    zh: str
    en: str
    numerator_zh: str | None
    numerator_en: str | None
    denominator_zh: str | None
    denominator_en: str | None
    boundary_zh: str
    boundary_en: str
    rule_code: str | None
    is_ours: bool
    notices: tuple[Quote, ...]


@dataclass(frozen=True)
class DefinedFigure:
    """A definition with its rule as it is in force."""

    definition: Definition
    rule: RuleBehind | None


@cache
def shipped_definitions() -> dict[str, Definition]:
    """Give the definitions of `definitions.json` by code, in the file's order."""
    documents: dict[str, str] = json.loads((FACTS / "rules.json").read_text(encoding="utf-8"))["documents"]
    rows = json.loads((FACTS / "definitions.json").read_text(encoding="utf-8"))["definitions"]
    return {row["code"]: _definition(row, documents) for row in rows}


def definitions(session: Session) -> list[DefinedFigure]:
    """Give every definition with its rule."""
    found = shipped_definitions().values()
    rules = _rules(session, {one.rule_code for one in found if one.rule_code})
    return [DefinedFigure(one, rules.get(one.rule_code or "")) for one in found]


def find_definition(session: Session, code: str) -> DefinedFigure:
    """Give one definition with its rule; refuses with FIGURE_UNKNOWN."""
    found = shipped_definitions().get(code)
    if found is None:
        raise Refusal("FIGURE_UNKNOWN", figure=code)
    return DefinedFigure(found, _rules(session, {found.rule_code}).get(found.rule_code) if found.rule_code else None)


def _definition(row: dict[str, Any], documents: dict[str, str]) -> Definition:
    notices = tuple(Quote(documents[one["document"]], one["quote"]) for one in row["notices"])
    return Definition(**(row | {"notices": notices}))


def _rules(session: Session, codes: set[str]) -> dict[str, RuleBehind]:
    """Give the rules as loaded; where one is not loaded, as shipped, for then its shipped values are the ones used."""
    names = ("code", "kind", "parameters", "source_doc", "quote", "is_proposal")
    shipped = {
        row["code"]: RuleBehind(**{name: row[name] for name in names}, is_shipped=True)
        for row in shipped_rules() if row["code"] in codes
    }  # fmt: skip
    loaded = session.scalars(select(PolicyRule).where(PolicyRule.code.in_(codes)))
    return shipped | {
        rule.code: RuleBehind(**{name: getattr(rule, name) for name in names}, is_shipped=False) for rule in loaded
    }
