"""Draw the phone's form from a schema: pure, so that the check, the OpenAPI document and the form cannot differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.visits import PHOTO_RULES, PhotoRule, VisitSchema
from field_app_schema.words import Words, collect_words

# Most derived first: an Integer is also a Number.
TYPES: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Dict, "check_map"), (fields.List, "multi_choice"), (fields.Enum, "choice"), (fields.Boolean, "boolean"),
    (fields.Integer, "integer"), (fields.Decimal, "decimal"), (fields.Date, "date"), (fields.String, "text"),
)  # fmt: skip


def draw_forms() -> dict[str, Any]:
    """Give every form of the phone, labels and all; a form's version is a hash of what it shows."""
    return {"forms": [draw_form("inspection", VisitSchema(), PHOTO_RULES, collect_words())]}


def draw_form(name: str, schema: Schema, rules: Sequence[PhotoRule], words: Words) -> dict[str, Any]:
    """Draw one form: its asked fields in their order, and the photos it asks for with why."""
    asked = sorted(_asked(schema.fields), key=lambda pair: pair[1].metadata["asked"])
    drawn = {
        "fields": [_draw_field(field_name, field, words) for field_name, field in asked],
        "photo_rules": [_draw_rule(rule, words) for rule in rules],
    }
    seen = json.dumps(drawn, ensure_ascii=False, sort_keys=True).encode()
    return {"name": name, "version": hashlib.sha256(seen).hexdigest()[:12], **drawn}


def _asked(among: Mapping[str, fields.Field[Any]]) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Walk the fields a person is asked, those of nested schemas included."""
    for name, field in among.items():
        if "asked" in field.metadata:
            yield name, field
        elif isinstance(field, fields.Nested):
            yield from _asked(field.schema.fields)


def _draw_field(name: str, field: fields.Field[Any], words: Words) -> dict[str, Any]:
    kind = next(word for cls, word in TYPES if isinstance(field, cls))
    drawn: dict[str, Any] = {
        "name": name, "type": kind, **_said("label", words[f"visit.field.{name}"]), "required": field.required,
        "show_when": field.metadata.get("show_when"), **_limits(field),
        **_said("hint", words.get(f"visit.hint.{name}", (None, None))),
    }  # fmt: skip
    choices = [
        {"value": value, **_said("label", words[f"visit.choice.{name}.{value}"])} for value in _choices(field)
    ]
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
    for rule in field.validators:
        if isinstance(rule, validate.Length) and isinstance(field, fields.String):
            found["max_length"] = rule.max
        elif isinstance(rule, validate.Range):
            found |= {"min": rule.min, "max": rule.max}
    return found


def _draw_rule(rule: PhotoRule, words: Words) -> dict[str, Any]:
    return {
        "purpose": rule.purpose.value, **_said("label", words[f"visit.photo.{rule.purpose}"]),
        "required_when": {"field": "observed_state", "in": [state.value for state in rule.when_observed]},
        **_said("why", words[f"visit.why.{rule.purpose}"]),
    }  # fmt: skip


def _said(key: str, pair: tuple[str | None, str | None]) -> dict[str, str | None]:
    return {f"{key}_zh": pair[0], f"{key}_en": pair[1]}
