"""Sixty payloads on every map at once, in Chromium: each is read as it was written, and none ever runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session, sessionmaker

from tests.browser.conftest import Staff
from tests.web_map.hostile import PAYLOADS
from tests.web_map.hostile_world import build_hostile
from tests.world import World
from web_map.page import built_themes

# How a page treats text does not depend on the database. Any word on the console, as of the page's policy, fails.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]
NOTHING_RAN = "[window.ran, ({}).ran, document.body.innerText.includes('1787569')]"


@pytest.fixture
def hostile(sessions: sessionmaker[Session], world: World) -> list[int]:
    with sessions.begin() as session:
        return build_hostile(session)


@pytest.mark.usefixtures("hostile")
def test_every_payload_is_text_on_the_map_in_the_list_and_in_its_card(staff: Staff) -> None:
    page = staff.open("/")
    page.on("dialog", lambda dialog: staff.complaints.append(f"dialog: {dialog.message}"))
    expect(page.locator(".stations-canvas")).to_have_attribute("data-state", "drawn")
    page.get_by_test_id("list-toggle").click()
    rows = page.get_by_test_id("list-stations").locator("tbody tr")
    expect(rows).to_have_count(50)
    written = {payload.strip() for payload in PAYLOADS}
    seen = {said.strip() for said in rows.locator("td:first-child").all_inner_texts()}
    assert len({one for one in seen if one in written}) >= 40
    for row in rows.all()[::4]:
        name = row.get_by_role("button").text_content() or ""
        row.get_by_role("button").click()
        expect(page.get_by_test_id("panel-name")).to_be_visible()
        assert page.get_by_test_id("panel-name").text_content() == name
        page.keyboard.press("Escape")
    assert page.evaluate(NOTHING_RAN) == [None, None, False]
    for theme in built_themes():
        page.goto(f"{staff.address}/maps/{theme}")
        expect(page.locator(".stations-canvas"), theme).to_have_attribute("data-state", "drawn")
        page.get_by_test_id("list-toggle").click()
        expect(page.locator("#list-body > *").first, theme).to_be_attached()
        button = page.locator("#list-body button").first
        if button.count():
            button.click()
            page.wait_for_load_state("networkidle")
        assert page.evaluate(NOTHING_RAN) == [None, None, False], theme
