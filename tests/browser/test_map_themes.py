"""Every theme of the map of coverage in a real browser: symbols, rings, cards, and text that stays text."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session, sessionmaker

from stations.records.network import LogisticsNode
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality
from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import violations
from tests.conftest import NOON
from tests.coverage_seed import seen_open
from tests.web_map.hostile import HOSTILE
from tests.world import World

pytestmark = pytest.mark.browser

PLACES = {"431125100201": (111.342, 25.271), "431125100202": (111.37, 25.29), "431125101200": (111.39, 25.36)}
# Each theme with the class of the one village (or pair) that its test knows, and how many there are.
THEMES = {
    "funnel": ("evidenced", 1), "paper": ("paper_unknown", 1), "gaps": ("no_station", 1), "delivery": ("none", 3),
    "siting": ("still", 2), "alignment": ("node_paired", 1),
}  # fmt: skip


@pytest.fixture
def network(sessions: sessionmaker[Session], world: World) -> None:
    """Three villages with places, one living station, and a node beside it; their names are hostile."""
    with sessions.begin() as session:
        for number, (code, (lon, lat)) in enumerate(PLACES.items()):
            unit = session.get_one(OrgUnit, code)
            unit.lon, unit.lat, unit.coord_quality, unit.name = lon, lat, "gps", HOSTILE[number]
        session.add(LogisticsNode(
            code="N1", level="village", name=HOSTILE[3], operator=HOSTILE[4], unit_code="431125100201",
            unit_path="/CN/43/4311/431125/431125100/431125100201/", lon=111.3421, lat=25.2711, coord_quality="gps",
            starts_on=dt.date(2025, 1, 1), recorded_at=NOON,
        ))  # fmt: skip
        seen_open(session, world.stations["JY001"])
        refresh_vitality(session, list(world.stations.values()), now=NOON)


def drawn(page: Page, mode: str) -> None:
    page.locator(f".stations-canvas[data-state=drawn][data-mode={mode}]").wait_for(state="attached")


@pytest.mark.usefixtures("network")
def test_every_theme_draws_tells_and_stays_text(staff: Staff) -> None:
    page = staff.open("/maps/funnel")
    for theme, (kind, count) in THEMES.items():
        page.get_by_test_id(f"theme-{theme}").click()
        expect(page).to_have_url(f"{staff.address}/maps/{theme}")
        drawn(page, "dots")
        expect(page.get_by_test_id(f"count-{kind}")).to_have_text(str(count))
        expect(page.get_by_test_id("caption")).to_contain_text("2026-11-20")
        page.get_by_test_id("list-toggle").click()
        page.get_by_test_id("list-points").get_by_role("button").first.click()
        expect(page.get_by_test_id("panel-name")).to_be_visible()
        assert violations(page) == []
    # The last theme is alignment: nearest its centre lies the node or its station; the node's own card is asked for.
    page.get_by_test_id("list-points").get_by_role("button", name="N1", exact=True).click()
    expect(page.get_by_test_id("panel-name")).to_have_text(HOSTILE[3])
    expect(page.get_by_test_id("panel-facts")).to_contain_text(HOSTILE[4])
    assert page.evaluate("window.ran") is None


@pytest.mark.usefixtures("network")
def test_filters_and_what_is_hidden_stand_in_the_address(staff: Staff) -> None:
    page = staff.open("/maps/gaps?show=shares&confidence=verified&hide=no_station", size=PHONE)
    drawn(page, "shares")
    expect(page.get_by_test_id("mode")).to_contain_text("乡镇")
    page.get_by_test_id("side-toggle").click()
    expect(page.get_by_test_id("legend-no_station")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("filter-confidence")).to_have_value("verified")
    page.get_by_test_id("filter-confidence").select_option("")
    expect(page).to_have_url(f"{staff.address}/maps/gaps?hide=no_station&show=shares")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_units_that_share_a_ring_are_added_up(staff: Staff) -> None:
    page = staff.open("/maps/gaps?lang=en")
    drawn(page, "shares")  # no village has a place, so that only units can be drawn
    units = [{"name": "A", "n": 6, "good": 1, "judged": 4, "counts": {"covered": 1, "late": 5}},
             {"name": "B", "n": 2, "good": 1, "judged": 1, "counts": {"covered": 2, "late": 0}}]  # fmt: skip
    told = page.evaluate(
        "async (units) => (await import('/static/map/coverage/making.js')).together(units)", units
    )
    assert told == {"name": "A and 2 in all", "n": 8, "good": 2, "judged": 5, "text": "40%", "label": "8",
                    "counts": {"covered": 3, "late": 5}}  # fmt: skip


def test_roads_that_nobody_brought_are_said_in_words(staff: Staff) -> None:
    page = staff.open("/maps/gaps?distance=road")
    expect(page.get_by_test_id("failed")).to_contain_text("路网")
    staff.complaints[:] = [said for said in staff.complaints if "409" not in said]
