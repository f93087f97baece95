"""A visit that cannot be completed, at the reviewer's desk: what is wrong is said, and R sends it back."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.inspections.review.test_refused_photos import GOOD, MOVING, send
from tests.visit_making import ID_A, sha
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.mark.parametrize(("lang", "size"), [("zh", DESK), ("en", PHONE)], ids=["zh", "en"])
def test_a_photo_that_could_not_be_accepted(
    staff: Staff, client: FlaskClient, world: World, lang: str, size: tuple[int, int]
) -> None:
    send(client, world, ID_A, GOOD, MOVING, held=(GOOD, MOVING))
    page = staff.open("/review", "yong", size=size, lang=lang)
    settle(page)
    expect(page.get_by_test_id("review-visit")).to_have_attribute("data-visit", ID_A)
    said = page.get_by_test_id("refused-photos")
    expect(said).to_contain_text("不能采用" if lang == "zh" else "could not be accepted")
    expect(page.get_by_test_id("review-counts")).to_contain_text("其中 1 次" if lang == "zh" else "1 of them")
    expect(page.get_by_test_id("do-approve")).to_be_disabled()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.keyboard.press("r")
    expect(page.get_by_test_id(f"mark-{sha(MOVING)[:16]}")).to_be_checked()
    page.get_by_test_id("return-note").fill("请重拍")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("review-empty")).to_be_visible()
    expect(page.get_by_test_id("review-counts")).to_contain_text("待审核 0" if lang == "zh" else "0 waiting")
    told = client.get(f"/api/v1/review/visits/{ID_A}", headers=world.as_phone("yong"))
    assert told.json["visit"]["state"] == "returned"
