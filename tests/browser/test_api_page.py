"""Swagger UI draws the API document from our own shelf, under a policy that runs nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser


@pytest.mark.browser
def test_swagger_ui_shows_the_document_and_nothing_is_blocked(browser: Browser, live_server: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server}/api/docs")
    page.get_by_text("/api/v1/session", exact=True).first.wait_for()
    page.locator(".opblock").first.click()
    page.get_by_text("Responses").first.wait_for()
    assert page.title() == "村站通 Cunzhan · 接口文档 / API"
    assert said == []
    assert [url for url in asked if not url.startswith((live_server, "data:"))] == []
    page.close()
