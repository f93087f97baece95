"""Anybody scans a plaque, signed in nowhere, and reads what the station offers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Station
from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_plaque_is_scanned(staff: Staff, lang: str) -> None:
    page = staff.open("/s/JY001", None, size=PHONE, lang=lang)
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("何家湾服务站")
    said = "快递收发、代购" if lang == "zh" else "Parcels, Purchase agency"
    expect(page.get_by_test_id("signed")).to_contain_text(said)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_one_that_is_no_longer_listed(staff: Staff, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(Station, world.stations["JY001"]).listing_status = "delisted"
    page = staff.open("/s/JY001", None, size=PHONE)
    settle(page)
    expect(page.get_by_test_id("signed-gone")).to_contain_text("不在册")
    expect(page.get_by_test_id("signed")).not_to_contain_text("快递")
    assert violations(page) == []
