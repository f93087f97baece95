"""The work screens for everybody: axe in both languages, light and dark; a phone that says nothing of where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import missing
from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset
from tests.phone.stand.server import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "field_app/node_modules/axe-core/axe.min.js"
FAULTS = "axe.run().then((told) => told.violations.map((one) => one.id + ' ' + one.nodes[0].html.slice(0, 120)))"


@pytest.fixture
def page(phone: Handset) -> Iterator[Page]:
    """Chen's phone, which goes back to Chinese and light."""
    yield phone.page
    phone.page.emulate_media(color_scheme="light")
    speak(phone.page, "zh")


def show(page: Page, screen: str) -> None:
    page.evaluate(f"location.hash = '#/{screen}'")


def speak(page: Page, language: str) -> None:
    show(page, "about")
    page.get_by_test_id(f"language-{language}").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if language == "zh" else language)


def around_here(page: Page) -> None:
    """Bring one's own place into the middle of the map, with the stations around it."""
    expect(page.get_by_test_id("map-count")).to_be_visible()
    page.get_by_test_id("map-whole").click()
    expect(page.get_by_test_id("map-count")).to_contain_text("62")
    page.get_by_test_id("map-fix").click()
    expect(page.get_by_test_id("map-count")).not_to_contain_text("62")


def faults(page: Page) -> list[str]:
    """Give what axe finds wrong on the screen, and what sticks out of it sideways."""
    if not AXE.is_file():
        missing("axe-core (npm ci in field_app)")
    if not page.evaluate("'axe' in window"):
        # Through the debugger, which the page's policy does not bind.
        page.evaluate(AXE.read_text() + ";0")
    found: list[str] = page.evaluate(FAULTS)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["overflow"] if wide else [])]


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark")])
def test_axe_finds_nothing_on_any_work_screen(page: Page, language: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    speak(page, language)
    wrong = {}
    show(page, "stations")
    expect(page.get_by_test_id("station-JY001")).to_be_visible()
    wrong["list"] = faults(page)
    page.get_by_test_id("scan").click()
    expect(page.get_by_test_id("scanner")).to_be_visible()
    wrong["scanner"] = faults(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("scanner")).to_have_count(0)
    show(page, "map")
    around_here(page)
    page.get_by_test_id("map-station-JY001").click()
    page.get_by_test_id("guide-choose").click()
    wrong["map"] = faults(page)
    show(page, "found")
    page.get_by_test_id("none-of-these").click()
    page.get_by_test_id("save-found").click()
    expect(page.get_by_test_id("lacks")).to_be_visible()
    wrong["new station"] = faults(page)
    assert {screen: found for screen, found in wrong.items() if found} == {}


def test_without_a_position_the_village_says_what_a_new_station_might_be(phone: Handset, page: Page) -> None:
    assert phone.context is not None
    phone.context.clear_permissions()
    try:
        # A fresh page: what was near is kept only while the app is open.
        page.reload()
        show(page, "found")
        page.get_by_test_id("village-search").fill("夏湾")
        # Nothing was looked at yet: a new station is not offered.
        expect(page.get_by_test_id("none-of-these")).to_have_count(0)
        page.get_by_test_id("village-431125101200").click()
        expect(page.get_by_test_id("alike").get_by_test_id("station-JY002")).to_be_visible()
        page.get_by_test_id("none-of-these").click()
        # The village that was said is in the form already.
        expect(page.get_by_test_id("village-chosen")).to_be_visible()
        page.get_by_test_id("discard-draft").click()
        page.get_by_test_id("discard-draft").click()
        expect(page.get_by_test_id("station-search")).to_be_visible()
    finally:
        phone.context.grant_permissions(["geolocation", "camera"])


def test_the_map_is_moved_and_left_by_keys_alone(stand: Stand, page: Page) -> None:
    show(page, "map")
    around_here(page)
    count = page.get_by_test_id("map-count")
    near = count.inner_text()
    page.get_by_test_id("map-canvas").focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect(count).not_to_have_text(near)
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(count).to_have_text(near)
    page.get_by_test_id("map-station-JY001").press("Enter")
    expect(page.get_by_test_id("map-chosen")).to_be_focused()
    page.get_by_test_id("map-open").press("Enter")
    expect(page).to_have_url(f"{stand.line.address}/app/#/visit/JY001")
