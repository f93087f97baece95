"""The API document is valid, holds every route, and says the truth about errors and pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator, validate


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/api/openapi.json")
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == "0.5.0"
    validate(document, cls=OpenAPIV31SpecValidator)


def test_every_route_under_the_api_is_documented(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"OPTIONS"}
    }
    documented = {(path, method) for path, item in document["paths"].items() for method in item} - {
        (path, "parameters") for path in document["paths"]
    }
    # HEAD of what can be read is the framework's own and is documented by its GET.
    heads = {(path, "head") for path, method in routes if method == "get"}
    assert sorted(routes - documented - heads) == []
    assert sorted(documented - routes) == []


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    operations = [
        (path, method, one)
        for path, item in document["paths"].items()
        for method, one in item.items()
        if method != "parameters"
    ]
    assert [(path, method) for path, method, one in operations if not one.get("summary")] == []
    assert len(operations) >= 40


def test_errors_and_the_page_header_are_documented_as_they_are_sent(document: dict[str, Any]) -> None:
    assert document["components"]["headers"]["PAGINATION"]["schema"]["type"] == "string"
    error = document["components"]["schemas"]["Refused"]
    assert set(error["required"]) == {
        "code", "status", "message", "message_en", "errors", "hint_zh", "hint_en", "details", "retry",
    }  # fmt: skip
    assert "PASSWORD_WEAK" in error["properties"]["code"]["enum"]
    assert sorted(document["components"]["securitySchemes"]) == ["browser", "phone"]
