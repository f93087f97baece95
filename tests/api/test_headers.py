"""What every answer forbids the browser, and what a page says for itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from tests.conftest import NOON
from tests.world import World


@pytest.mark.parametrize("url", ["/healthz", "/api/v1/session", "/api/v1/nothing", "/nothing", "/login", "/api/docs"])
def test_every_answer_is_guarded(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("geolocation=(self), camera=(self)")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "Strict-Transport-Security" not in headers


def test_data_may_not_be_kept_and_may_run_nothing(client: FlaskClient, world: World) -> None:
    headers = client.get("/api/v1/session", headers=world.as_phone("chen")).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


def test_the_api_page_runs_only_its_own_marked_line_and_our_shelf(client: FlaskClient) -> None:
    first, second = client.get("/api/docs"), client.get("/api/docs")
    nonce = re.search(r"'nonce-([\w-]+)'", first.headers["Content-Security-Policy"])
    assert nonce is not None
    assert f'<script nonce="{nonce[1]}">' in first.text
    assert nonce[1] not in second.text
    assert re.findall(r'(?:src|href)="([^"]+)"', first.text) == [
        "/static/icon.svg", "/static/shelf/swagger-ui/swagger-ui.css", "/static/shelf/swagger-ui/swagger-ui-bundle.js",
    ]  # fmt: skip
    assert '"/api/openapi.json"' in first.text


def test_a_method_that_is_not_there_names_those_that_are(client: FlaskClient) -> None:
    answer = client.put("/api/v1/session", json={})
    assert (answer.status_code, answer.json["code"]) == (405, "METHOD_NOT_ALLOWED")  # type: ignore[index]
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, POST"


def test_forwarded_headers_count_only_behind_a_proxy_that_is_vouched_for(app: Flask, world: World) -> None:
    spoken = world.as_phone("jiang") | {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "zhan.example.org"}
    asked = {"account_id": world.accounts["chen"].id}
    direct = app.test_client().post("/api/v1/enrolments", json=asked, headers=spoken)
    assert direct.json is not None
    assert direct.json["link"].startswith("http://localhost/app/#enrol=")
    behind = create_app(replace(app.extensions["cunzhan_config"], trusted_proxies=1), clock=lambda: NOON)
    answer = behind.test_client().post("/api/v1/enrolments", json=asked, headers=spoken)
    behind.extensions["cunzhan_engine"].dispose()
    assert answer.json is not None
    assert answer.json["link"].startswith("https://zhan.example.org/app/#enrol=")
