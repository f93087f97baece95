"""The map's address holds every filter; days are steps of a slider; two days stand side by side; one page on paper."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session, sessionmaker

from stations.records.revision import next_revision
from stations.records.tables import Station, VitalityState
from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import violations
from tests.browser.test_map import wait_for_map
from tests.conftest import NOON
from tests.world import World

# What an address holds does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture
def changes(sessions: sessionmaker[Session], world: World) -> None:
    """JY001 was found alive on the first of November and gone on the tenth; the cache knows it as dead."""
    with sessions.begin() as session:
        for day, value in ((1, "alive"), (10, "dead")):
            session.add(VitalityState(
                station_id=world.stations["JY001"], as_of=dt.date(2026, 11, day), value=value, confidence="verified",
                reason="gone_seen", rule_version="v1", evidence_ids=[], recorded_at=NOON,
            ))  # fmt: skip
        station = session.get_one(Station, world.stations["JY001"])
        station.vitality, station.vitality_reason, station.revision = "dead", "gone_seen", next_revision(session)


def query_of(page: Page) -> str:
    return page.evaluate("location.search")


def test_a_link_shows_the_same_map_again(staff: Staff) -> None:
    page = staff.open("/", "xiang")
    wait_for_map(page, "shares")
    expect(page).to_have_url(staff.address + "/")
    page.get_by_test_id("filter-unit").select_option("4311")
    page.get_by_test_id("filter-listing").select_option("active")
    page.get_by_test_id("legend-weak").click()
    page.get_by_test_id("show-dots").click()
    page.get_by_test_id("as-of").fill("2026-11-19")
    wait_for_map(page)
    for _ in range(2):
        page.get_by_role("button", name="缩小").click()
    expect(page).to_have_url(re.compile(r"at=[\d.]+,[\d.]+,\d+"))
    asked = query_of(page)
    for part in ("unit=4311", "listing_status=active", "hide=weak", "show=dots", "as_of=2026-11-19"):
        assert part in asked
    page.get_by_test_id("copy-link").click()
    expect(page.get_by_test_id("link-said")).to_be_visible()
    assert page.get_by_test_id("language").get_attribute("href") == f"/{asked}&lang=en"

    again = staff.open("/" + asked, "xiang")
    wait_for_map(again)
    expect(again.get_by_test_id("filter-unit").locator("option:checked")).to_have_text(re.compile("永州市"))
    expect(again.get_by_test_id("filter-listing")).to_have_value("active")
    expect(again.get_by_test_id("legend-weak")).to_have_attribute("aria-pressed", "false")
    expect(again.get_by_test_id("as-of")).to_have_value("2026-11-19")
    assert query_of(again) == asked
    # One level up leads to the own unit, whichever way one came.
    again.get_by_test_id("filter-unit").select_option("..")
    expect(again.get_by_test_id("filter-unit").locator("option:checked")).to_have_text(re.compile("湖南省"))
    assert "unit=" not in query_of(again)


def test_a_link_survives_signing_in_and_nonsense_in_it_is_left_aside(staff: Staff) -> None:
    page = staff.open("/?as_of=2026-11-19&hide=weak", None)
    expect(page).to_have_url(re.compile(r"/login\?next=/%3Fas_of%3D2026-11-19%26hide%3Dweak$"))
    page = staff.open("/?at=999,x,2&hide=zombie&show=all&as_of=2031-01-01&known_at=never")
    wait_for_map(page)
    expect(page.get_by_test_id("count-unknown")).to_have_text("2")
    expect(page).to_have_url(staff.address + "/")


@pytest.mark.usefixtures("changes")
def test_the_slider_steps_through_the_days_with_changes(staff: Staff) -> None:
    page = staff.open("/")
    wait_for_map(page)
    page.get_by_test_id("days-toggle").click()
    slider = page.get_by_test_id("day-slider")
    # The acceptance, two changes, and today.
    expect(slider).to_have_attribute("max", "3")
    expect(slider).to_have_attribute("aria-valuetext", "2026-11-20:没有变化")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "2026-11-10:1 个站点变化(已停业 1)")
    expect(page.get_by_test_id("summary")).to_contain_text("截至 2026-11-10")
    page.get_by_test_id("day-before").click()
    expect(page.get_by_test_id("summary")).to_contain_text("截至 2026-11-01")
    expect(page).to_have_url(re.compile("as_of=2026-11-01"))
    expect(page.get_by_test_id("caption")).to_contain_text("截至 2026-11-01 · 口径:存活占比(建成) · 不明或存疑 100%")
    assert violations(page) == []
    page.get_by_test_id("compare").click()
    expect(page).to_have_url(re.compile(r"/maps/compare\?a=2026-11-01&b=2026-11-20"))


@pytest.mark.usefixtures("changes")
@pytest.mark.parametrize("size", [(1280, 800), PHONE], ids=["desk", "phone"])
def test_two_days_stand_side_by_side_and_their_differences_are_counted(staff: Staff, size: tuple[int, int]) -> None:
    page = staff.open("/maps/compare?a=2026-11-19&b=2026-11-20", size=size)
    canvases = page.locator(".stations-canvas")
    expect(canvases).to_have_count(2)
    for canvas in canvases.all():
        expect(canvas).to_have_attribute("data-state", "drawn")
    if size == PHONE:
        page.get_by_test_id("side-toggle").click()
    expect(page.get_by_test_id("diff-died")).to_have_text("1")
    expect(page.get_by_test_id("diff-became_unknown")).to_have_text("0")
    expect(page.get_by_test_id("moves").locator("tbody tr")).to_have_text(re.compile("不明.*已停业.*1"))
    expect(page.get_by_test_id("count-dead")).to_have_text("0 → 1")
    expect(page.get_by_test_id("said-a")).to_contain_text("截至 2026-11-19")
    expect(page.get_by_test_id("said-b")).to_contain_text("不明或存疑 50%")
    page.get_by_test_id("list-toggle").click()
    expect(page.get_by_test_id("list-changed")).to_contain_text("何家湾服务站")
    page.get_by_test_id("list-changed").get_by_role("button").click()
    zooms = "[...document.querySelectorAll('.leaflet-container')].map((one) => one.getBoundingClientRect().width > 100)"
    assert page.evaluate(zooms) == [True, True]
    expect(page).to_have_url(re.compile(r"at=25\.2\d+,111\.3\d+,13"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_map_is_printed_on_one_page_with_all_that_belongs_to_it(staff: Staff) -> None:
    page = staff.open("/")
    wait_for_map(page)
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wait_for_map(page)
    for shown in ("summary", "share-built", "legend", "caption", "approval"):
        expect(page.get_by_test_id(shown)).to_be_visible()
    expect(page.locator("#definition")).to_be_visible()
    for gone in ("filter-unit", "copy-link", "list"):
        expect(page.get_by_test_id(gone)).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_test_id("filter-unit")).to_be_visible()
    expect(page.locator("#definition")).to_be_hidden()
