"""A county mends its coordinates on the page, takes it back, and brings a road network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session, sessionmaker

from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import settle as loaded
from tests.browser.test_every_page import violations
from tests.stations.logistics.test_datums import grid, settle
from tests.stations.logistics.test_roads import CSV
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture
def mixed(sessions: sessionmaker[Session], world: World) -> World:
    with sessions.begin() as session:
        for number in range(8):
            settle(session, number, grid(number), datum_meant="gcj02")
    return world


@pytest.mark.usefixtures("mixed")
def test_coordinates_are_mended_and_brought_back(staff: Staff) -> None:
    page = staff.open("/places")
    # The first check in a process reads the outlines of the country's counties.
    loaded(page)
    card = page.get_by_test_id("datum-431125")
    expect(card).to_contain_text("10 个站点称为 CGCS2000,实际是 GCJ-02")
    card.get_by_test_id("mend-mixed_gcj02-try").click()
    expect(card.get_by_test_id("datum-changes").locator("tbody tr")).to_have_count(10)
    assert violations(page) == []
    card.get_by_test_id("mend-mixed_gcj02-confirm").click()
    expect(page.get_by_test_id("datum-done")).to_have_text("已修复 10 个站点,可以在下面撤销。")
    expect(page.get_by_test_id("datum-summary")).to_contain_text("0 个县有问题")
    page.get_by_test_id("datum-repairs").get_by_role("button", name="撤销").click()
    expect(page.get_by_test_id("datum-repairs")).to_contain_text("由 蒋联络 撤销")
    expect(page.get_by_test_id("datum-431125")).to_be_visible()


@pytest.mark.usefixtures("mixed")
def test_a_road_network_is_tried_kept_and_withdrawn(staff: Staff, tmp_path: Path) -> None:
    page = staff.open("/places", size=PHONE, lang="en")
    loaded(page)
    wrong, good = tmp_path / "wrong.csv", tmp_path / "roads.csv"
    wrong.write_bytes(CSV.replace(b"1200", b"<b>12</b>"))
    good.write_bytes(CSV)
    page.get_by_test_id("roads-file").set_input_files(wrong)
    page.get_by_test_id("roads-try").click()
    expect(page.get_by_test_id("roads-errors")).to_contain_text("<b>12</b>")
    expect(page.get_by_test_id("roads-confirm")).to_be_hidden()
    page.get_by_test_id("roads-file").set_input_files(good)
    page.get_by_test_id("roads-try").click()
    expect(page.get_by_test_id("roads-said")).to_contain_text("2 parts, the largest 60%")
    assert violations(page) == []
    page.get_by_test_id("roads-confirm").click()
    expect(page.get_by_test_id("road-graphs")).to_contain_text("in use")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_test_id("road-graphs")).to_contain_text("withdrawn 2026-11-20")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
