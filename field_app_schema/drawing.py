"""Draw the phone's form from a schema: pure, so that the check, the OpenAPI document and the form cannot differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.asked import asked_fields
from field_app_schema.fields import Yuan
from field_app_schema.found_stations import FOUND_PHOTO_RULES, FoundStationSchema
from field_app_schema.money import MOST_YUAN, SLIP_RULE
from field_app_schema.sales_reports import ReportFormSchema
from field_app_schema.visits import PHOTO_RULES, PhotoRule, VisitSchema
from field_app_schema.words import Words, collect_words

# Most derived first: an Integer is also a Number.
TYPES: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Dict, "check_map"), (fields.List, "multi_choice"), (fields.Enum, "choice"), (fields.Boolean, "boolean"),
    (fields.Integer, "integer"), (fields.Decimal, "decimal"), (Yuan, "money"), (fields.Date, "date"),
    (fields.String, "text"),
)  # fmt: skip
# Kinds that a field names itself, because a person answers them in another way than by their type.
NAMED_KINDS = ("village",)


def draw_forms() -> dict[str, Any]:
    """Give every form of the phone, labels and all; a form's version is a hash of what it shows."""
    words = collect_words()
    return {
        "forms": [
            draw_form("inspection", "visit", VisitSchema(), words, rules=PHOTO_RULES),
            draw_form("found_station", "found", FoundStationSchema(), words, rules=FOUND_PHOTO_RULES),
            draw_form("month", "month_form", ReportFormSchema(), words, slips=SLIP_RULE),
        ]
    }


def draw_form(
    name: str, area: str, schema: Schema, words: Words, *, rules: Sequence[PhotoRule] = (),
    slips: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Draw one form: its asked fields in their order, and the photos it asks for with why.

    Its labels are the words `<area>.field.<name>`, `<area>.hint.<name>`, `<area>.choice.<name>.<value>`.
    """
    asked = sorted(asked_fields(schema.fields), key=lambda pair: pair[1].metadata["asked"])
    drawn = {
        "fields": [_draw_field(area, field_name, field, words) for field_name, field in asked],
        "photo_rules": [_draw_rule(area, rule, words) for rule in rules],
        "slips": dict(slips) if slips else None,
    }
    seen = json.dumps(drawn, ensure_ascii=False, sort_keys=True).encode()
    return {"name": name, "version": hashlib.sha256(seen).hexdigest()[:12], **drawn}


def _draw_field(area: str, name: str, field: fields.Field[Any], words: Words) -> dict[str, Any]:
    kind = field.metadata.get("kind") or next(word for cls, word in TYPES if isinstance(field, cls))
    drawn: dict[str, Any] = {
        "name": name, "type": kind, **_said("label", words[f"{area}.field.{name}"]), "required": field.required,
        "show_when": field.metadata.get("show_when"), "left_open": list(field.metadata.get("left_open", ())),
        **_limits(field), **_said("hint", words.get(f"{area}.hint.{name}", (None, None))),
    }  # fmt: skip
    choices = [{"value": value, **_said("label", words[f"{area}.choice.{name}.{value}"])} for value in _choices(field)]
    if kind == "check_map":
        drawn["items"] = choices
    elif kind in ("choice", "multi_choice"):
        drawn["choices"] = choices
    return drawn


def _choices(field: fields.Field[Any]) -> list[str]:
    if "offered" in field.metadata:
        return [str(value) for value in field.metadata["offered"]]
    inner = field.key_field if isinstance(field, fields.Dict) else getattr(field, "inner", field)
    words: type[Enum] | None = getattr(inner, "enum", None)
    return [str(member.value) for member in words] if words else []


def _limits(field: fields.Field[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"max_length": None, "min": None, "max": None}
    if isinstance(field, Yuan):
        found |= {"min": 0, "max": MOST_YUAN}
    for rule in field.validators:
        if isinstance(rule, validate.Length) and isinstance(field, fields.String):
            found["max_length"] = rule.max
        elif isinstance(rule, validate.Range):
            found |= {"min": rule.min, "max": rule.max}
    return found


def _draw_rule(area: str, rule: PhotoRule, words: Words) -> dict[str, Any]:
    seen = [state.value for state in rule.when_observed]
    when = {"field": "observed_state", "in": seen} if seen else None
    return {
        "purpose": rule.purpose.value, **_said("label", words[f"{area}.photo.{rule.purpose}"]),
        "required_when": when if rule.is_demanded else None, "offered_when": None if rule.is_demanded else when,
        **_said("why", words[f"{area}.why.{rule.purpose}"]),
    }  # fmt: skip


def _said(key: str, pair: tuple[str | None, str | None]) -> dict[str, str | None]:
    return {f"{key}_zh": pair[0], f"{key}_en": pair[1]}
