"""The station map as staff see it: hostile names are text, the legend counts and filters, a click tells how we know."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session, sessionmaker

from stations.records.revision import next_revision
from stations.records.tables import Observation, ServiceLink, Station, StationVersion
from tests.browser.conftest import PHONE, Staff
from tests.conftest import NOON
from tests.web_map.hostile import HOSTILE
from tests.world import World, add_station

pytestmark = pytest.mark.browser

VILLAGE = ("431125100201", "/CN/43/4311/431125/431125100/431125100201/")
STATES = ["alive", "weak", "dormant", "presumed_dead", "dead", "unknown", "alive", "not_started"]
SEEN = dt.datetime(2026, 11, 10, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def hostile_stations(sessions: sessionmaker[Session], world: World) -> list[int]:
    """A station for each hostile name, in a row from west to east, each in another state."""
    ids = []
    with sessions.begin() as session:
        revision = next_revision(session)
        for index, (name, state) in enumerate(zip(HOSTILE, STATES, strict=True)):
            lon = 111.30 + index * 0.02
            station_id = add_station(session, f"H{index}", name, *VILLAGE, lon, 25.20, NOON)
            station = session.get_one(Station, station_id)
            station.vitality, station.revision = state, revision
            ids.append(station_id)
        session.add(Observation(
            station_id=ids[0], observed_at=SEEN, observed_state="open_operating", evidence_kind="site_visit",
            method="site_visit", observer_unit_code="431125", is_independent=True, source="inspection",
            recorded_at=SEEN,
        ))  # fmt: skip
        session.add(ServiceLink(station_id=ids[0], village_code="431125100202", services=["parcel"], recorded_at=SEEN,
                                declared_by="ledger", starts_on=dt.date(2024, 5, 10)))  # fmt: skip
    return ids


def wait_for_map(page: Page, mode: str = "dots") -> None:
    expect(page.locator(".stations-canvas")).to_have_attribute("data-state", "drawn")
    expect(page.locator(".stations-canvas")).to_have_attribute("data-mode", mode)


def click_at(page: Page, lon: float, lat: float) -> None:
    """Press the map where a place is drawn."""
    at = page.evaluate(
        "([lon, lat]) => { const p = cunzhanMap.latLngToContainerPoint([lat, lon]);"
        " const box = cunzhanMap.getContainer().getBoundingClientRect(); return [box.x + p.x, box.y + p.y] }",
        [lon, lat],
    )
    page.mouse.click(*at)


@pytest.mark.usefixtures("hostile_stations")
def test_hostile_names_are_shown_and_never_run(staff: Staff) -> None:
    page = staff.open("/")
    wait_for_map(page)
    page.get_by_test_id("list-toggle").click()
    for name in HOSTILE:
        expect(page.get_by_test_id("list-stations").get_by_role("button", name=name, exact=True)).to_be_visible()
    for index, name in enumerate(HOSTILE):
        click_at(page, 111.30 + index * 0.02, 25.20)
        expect(page.get_by_test_id("panel-name")).to_have_text(name)
        page.keyboard.press("Escape")
    assert page.evaluate("window.ran") is None


@pytest.mark.usefixtures("hostile_stations")
def test_no_name_is_in_the_page_the_server_sends(staff: Staff) -> None:
    page = staff.open("/")
    source = page.context.request.get(staff.address + "/").text()
    assert "{{7*7}}" not in source
    assert "window.ran" not in source
    assert "何家湾" not in source


@pytest.mark.usefixtures("hostile_stations")
def test_legend_counts_every_state_and_hides_it(staff: Staff) -> None:
    page = staff.open("/")
    wait_for_map(page)
    counts = {"alive": 2, "weak": 1, "dormant": 1, "presumed_dead": 1, "dead": 1, "unknown": 3, "not_started": 1}
    for state, count in counts.items():
        expect(page.get_by_test_id(f"count-{state}")).to_have_text(str(count))
    expect(page.get_by_test_id("share-built")).to_have_text("33.3%")
    expect(page.get_by_test_id("share-doubt")).to_contain_text("55.6%")
    page.get_by_test_id("legend-weak").click()
    expect(page.get_by_test_id("legend-weak")).to_have_attribute("aria-pressed", "false")
    click_at(page, 111.32, 25.20)
    expect(page.get_by_test_id("panel")).to_be_hidden()
    page.get_by_test_id("legend-weak").press("Enter")
    click_at(page, 111.32, 25.20)
    expect(page.get_by_test_id("panel-name")).to_have_text(HOSTILE[1])


@pytest.mark.usefixtures("hostile_stations")
def test_a_click_tells_how_we_know_and_how_old_it_is(staff: Staff) -> None:
    page = staff.open("/")
    wait_for_map(page)
    click_at(page, 111.30, 25.20)
    expect(page.get_by_test_id("panel-evidence")).to_contain_text("10 天前")
    expect(page.get_by_test_id("panel-evidence")).to_contain_text("2026-11-10 10:00")
    expect(page.get_by_test_id("panel-villages")).to_have_text("圳景村委会")
    expect(page.get_by_test_id("panel-services")).to_contain_text("快递")
    expect(page.get_by_test_id("panel-no-photo")).to_be_visible()
    expect(page.get_by_test_id("panel-state")).to_contain_text("2024-05-10")


def test_another_day_is_asked_of_the_server(staff: Staff) -> None:
    page = staff.open("/")
    wait_for_map(page)
    expect(page.get_by_test_id("count-unknown")).to_have_text("2")
    page.get_by_test_id("as-of").fill("2024-05-09")
    expect(page.get_by_test_id("summary")).to_contain_text("2024-05-09")
    # On the day before their acceptance the stations stood in no register.
    expect(page.get_by_test_id("count-unknown")).to_have_text("0")
    page.get_by_test_id("as-of-today").click()
    expect(page.get_by_test_id("count-unknown")).to_have_text("2")


def test_listing_filter_changes_the_counts(staff: Staff, sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        station = session.get_one(Station, world.stations["JY002"])
        station.listing_status, station.vitality, station.revision = "delisted", "dead", next_revision(session)
    page = staff.open("/")
    wait_for_map(page)
    page.get_by_test_id("filter-listing").select_option("delisted")
    expect(page.get_by_test_id("count-unknown")).to_have_text("0")
    expect(page.get_by_test_id("count-dead")).to_have_text("1")


def test_a_change_in_the_register_reaches_an_open_map(
    staff: Staff, sessions: sessionmaker[Session], world: World
) -> None:
    page = staff.open("/")
    wait_for_map(page)
    expect(page.get_by_test_id("count-dead")).to_have_text("0")
    with sessions.begin() as session:
        station = session.get_one(Station, world.stations["JY001"])
        station.vitality, station.vitality_reason, station.revision = "dead", "gone_seen", next_revision(session)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_test_id("count-dead")).to_have_text("1")
    expect(page.get_by_test_id("count-unknown")).to_have_text("1")


def test_above_county_zoom_shares_stand_for_stations(staff: Staff) -> None:
    page = staff.open("/", "xiang")
    wait_for_map(page, "shares")
    page.get_by_test_id("list-toggle").click()
    rows = page.get_by_test_id("list-units").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="永州市")).to_contain_text("2")
    rows.get_by_role("button", name="永州市").click()
    wait_for_map(page, "dots")


def test_a_station_without_coordinates_is_counted_and_said(
    staff: Staff, sessions: sessionmaker[Session], world: World
) -> None:
    with sessions.begin() as session:
        version = session.get_one(StationVersion, session.get_one(Station, world.stations["JY001"]).version_id)
        version.lon = version.lat = version.point = None
        next_revision(session)
    page = staff.open("/")
    wait_for_map(page)
    expect(page.get_by_test_id("unplaced")).to_have_text(re.compile("^1 个站点没有坐标"))
    expect(page.get_by_test_id("count-unknown")).to_have_text("2")


def test_on_a_phone_the_map_comes_first_and_the_legend_opens(staff: Staff) -> None:
    page = staff.open("/", size=PHONE)
    wait_for_map(page)
    expect(page.get_by_test_id("legend")).to_be_hidden()
    page.get_by_test_id("side-toggle").click()
    expect(page.get_by_test_id("count-unknown")).to_have_text("2")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_who_is_not_signed_in_signs_in_first(staff: Staff) -> None:
    page = staff.open("/stations", None)
    expect(page).to_have_url(re.compile(r"/login\?next=/stations$"))
