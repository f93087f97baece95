"""Every field error reaches people in Chinese and English, whichever library wrote it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema, fields, validate

import field_app_schema
from field_app_schema.messages import in_both_languages
from field_app_schema.refusals import Refusal
from field_app_schema.visits import read_visit
from tests.visit_making import sent

CHINESE = re.compile(r"[\u4e00-\u9fff]")
BOUNDS = {"min": 3, "max": 9, "equal": 4, "choices": "a, b"}


@pytest.mark.parametrize(
    ("said", "translated"),
    [
        ("Missing data for required field.", "必填 / Missing data for required field."),
        ("Unknown field.", "没有这一项 / Unknown field."),
        ("Must be one of: thumb, full.", "应为其中之一:thumb, full / Must be one of: thumb, full."),
        ("Must be one of: .", "应为其中之一: / Must be one of: ."),
        ("Longer than maximum length 40.", "太长,至多 40 / Longer than maximum length 40."),
        (
            "Must be greater than or equal to 1 and less than or equal to 500.",
            "应在 1 至 500 之间(含两端) / Must be greater than or equal to 1 and less than or equal to 500.",
        ),
        ("Must be greater than or equal to -1.5.", "不能小于 -1.5 / Must be greater than or equal to -1.5."),
        ("版本号不对 / not a version", "版本号不对 / not a version"),
        ("Something nobody has heard of.", "Something nobody has heard of."),
        ("{min}{0} %s", "{min}{0} %s"),
    ],
)
def test_a_sentence_is_given_in_both_languages(said: str, translated: str) -> None:
    assert in_both_languages(said) == translated


def test_nested_errors_keep_their_shape() -> None:
    photos = {0: {"size": ["Not a valid integer."]}}
    found = {"json": {"photos": photos, "checks": {"x": {"value": ["Unknown field."]}}}}
    assert in_both_languages(found) == {
        "json": {
            "photos": {0: {"size": ["应为整数 / Not a valid integer."]}},
            "checks": {"x": {"value": ["没有这一项 / Unknown field."]}},
        }
    }
    assert in_both_languages({"offset": 5, "none": None}) == {"offset": 5, "none": None}


def test_the_reasons_of_a_visit_are_in_both_languages() -> None:
    with pytest.raises(Refusal) as refused:
        read_visit(sent(station_code="", mood="fine", started_at="2026-11-20T11:20:00", form_version="?", photos=3))
    assert refused.value.errors == {
        "station_code": ["长度应为 1 至 40 / Length must be between 1 and 40."],
        "mood": ["没有这一项 / Unknown field."],
        "started_at": ["时刻须带时区,如 2026-11-20T12:00:00+08:00 / Not a valid aware datetime."],
        "form_version": ["版本号不对 / not a version"],
        "photos": ["应为列表 / Not a valid list."],
    }


def test_the_errors_of_a_request_are_in_both_languages(app: Flask) -> None:
    client: FlaskClient = app.test_client()
    answer = client.post("/api/v1/devices", json={"device_label": ""})
    assert (answer.status_code, answer.json and answer.json["errors"]) == (
        422,
        {
            "json": {
                "code": ["必填 / Missing data for required field."],
                "device_label": ["长度应为 1 至 80 / Length must be between 1 and 80."],
            }
        },
    )
    broken = client.post("/api/v1/devices", data=b"{", content_type="application/json")
    assert (broken.status_code, broken.json and broken.json["errors"]) == (
        400,
        {"json": ["不是 JSON / Invalid JSON body."]},
    )
    paged = client.get("/api/v1/public/stations?page=0&page_size=many")
    assert paged.json is not None
    assert paged.json["errors"] == {
        "query": {
            "page": ["不能小于 1 / Must be greater than or equal to 1."],
            "page_size": ["应为整数 / Not a valid integer."],
        }
    }


def every_schema() -> list[Schema]:
    """Give every schema of the treaty."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(field_app_schema.__path__, "field_app_schema.")
        if not found.name.endswith("__main__")
    ]
    kinds = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Schema) and kind is not Schema
    }
    return [kind() for kind in kinds]


def fields_within(field: fields.Field[Any]) -> Iterator[fields.Field[Any]]:
    yield field
    for inner in ("inner", "key_field", "value_field"):
        if (found := getattr(field, inner, None)) is not None:
            yield from fields_within(found)


def sentences_of_a_field(field: fields.Field[Any]) -> Iterator[str]:
    for key, template in field.error_messages.items():
        if key == "format":  # said only when an answer is written, which is our fault and not a person's
            continue
        if key == "invalid_awareness" and not isinstance(field, fields.AwareDateTime | fields.NaiveDateTime):
            continue  # inherited by plain dates, which have no zone to be wrong about
        for awareness in ("aware", "naive"):
            yield str(template).format(obj_type=getattr(field, "OBJ_TYPE", ""), awareness=awareness, **BOUNDS)


def sentences_of_a_rule(rule: Any) -> Iterator[str]:
    if inspect.isfunction(rule):
        # A rule of our own: of the texts in it, what it says is the sentences that are not its docstring.
        texts = {text for text in rule.__code__.co_consts if isinstance(text, str) and " " in text} - {rule.__doc__}
        assert texts, f"a rule that says nothing this test can see: {rule!r}"
        yield from texts
    elif getattr(rule, "error", None):
        yield str(rule.error).format(**BOUNDS)
    else:
        assert isinstance(rule, validate.Length | validate.Range), f"a rule this test cannot walk: {rule!r}"
        for name in ("message_min", "message_max", "message_all", "message_equal"):
            if template := getattr(rule, name, None):
                yield template.format(**BOUNDS)


def every_sentence() -> set[str]:
    said: set[str] = set()
    for schema in every_schema():
        said |= set(schema.error_messages.values())
        for declared in schema.fields.values():
            for field in fields_within(declared):
                said |= set(sentences_of_a_field(field))
                for rule in field.validators:
                    said |= set(sentences_of_a_rule(rule))
    return said


def test_no_sentence_of_a_field_or_rule_we_use_lacks_its_chinese() -> None:
    said = every_sentence()
    assert {"Unknown field.", "Not a valid aware datetime.", "Longer than maximum length 9."} <= said
    assert sorted(one for one in said if not CHINESE.search(in_both_languages(one))) == []
