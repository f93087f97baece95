"""Planning on one page: what a delisting costs, where the next station should stand, two runs beside each other."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from stations.records.tables import ServiceLink
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality
from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import NOON
from tests.coverage_seed import seen, seen_open
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture
def served(world: World, sessions: sessionmaker[Session]) -> World:
    """JY001 lives and serves a neighbour, the village of JY002 is far away and JY002 unseen."""
    with sessions.begin() as session:
        places = {"431125100201": (111.342, 25.271), "431125100202": (111.36, 25.27), "431125101200": (111.39, 25.36)}
        for code, (lon, lat) in places.items():
            unit = session.get_one(OrgUnit, code)
            unit.lon, unit.lat, unit.coord_quality = lon, lat, "gps"
        seen_open(session, world.stations["JY001"])
        session.add(ServiceLink(station_id=world.stations["JY001"], village_code="431125100202", declared_by="ledger",
                                services=["parcel", "purchase_agency"], starts_on=dt.date(2024, 5, 10),
                                recorded_at=NOON - dt.timedelta(days=400)))  # fmt: skip
        refresh_vitality(session, list(world.stations.values()), now=NOON)
    return world


def test_a_county_plans_on_one_page(staff: Staff, app: Flask, served: World, sessions: sessionmaker[Session]) -> None:
    page = staff.open("/planning")
    page.get_by_test_id("loss-search").fill("JY001")
    page.get_by_test_id("loss").get_by_role("button", name="查找").click()
    page.get_by_test_id("add-JY001").click()
    page.get_by_test_id("loss-try").click()
    expect(page.get_by_test_id("loss-villages")).to_contain_text("2")
    expect(page.get_by_test_id("loss-share")).to_contain_text("66.7% → 0%")
    expect(page.get_by_test_id("losing-villages")).to_contain_text("圳景村委会")

    page.get_by_test_id("site-k").fill("1")
    page.get_by_test_id("site-from").select_option("all_villages")
    page.get_by_test_id("site-exact").check()
    page.get_by_test_id("site-ask").click()
    expect(page.get_by_test_id("study-waiting")).to_be_visible()
    assert make_worker(app).run_one("test")
    expect(page.get_by_test_id("site-table")).to_contain_text("夏湾村委会")
    expect(page.get_by_test_id("site-gap")).to_contain_text("已证明最优")
    expect(page.get_by_test_id("site-reached")).to_contain_text("2 → 3")

    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("again-1")).to_be_visible()
    page.get_by_test_id("again-1").click()
    expect(page.get_by_test_id("again")).to_contain_text("输入和结果完全相同")
    with sessions.begin() as session:
        seen(session, served.stations["JY001"], "gone", days_ago=2, recorded_days_ago=0)
        refresh_vitality(session, list(served.stations.values()), now=NOON)
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("again-3")).to_be_visible()
    page.get_by_test_id("compare").click()
    expect(page.get_by_test_id("run-differences")).to_contain_text("站点停业")
    assert violations(page) == []


def test_planning_fits_a_phone_in_english(staff: Staff, served: World) -> None:
    page = staff.open("/stations/JY001", size=PHONE, lang="en")
    page.get_by_test_id("loss-link").click()
    page.wait_for_url("**/planning?remove=JY001")
    settle(page)
    expect(page.get_by_test_id("loss-villages")).to_contain_text("2")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
