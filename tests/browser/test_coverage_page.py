"""Coverage on one page: the worked county's figures, its gaps by village, both languages, desk and phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session, sessionmaker

from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import NOON
from tests.stations.coverage.worked import COUNTY, add_unit, build_worked_county

pytestmark = pytest.mark.browser
ONCE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
HERE = f"/coverage?ou={COUNTY}"


@pytest.fixture(autouse=True)
def worked(sessions: sessionmaker[Session], world: object) -> None:
    with sessions.begin() as session:
        build_worked_county(session, NOON)
        add_unit(session, "431126", "宁远县", "4311", NOON).path = "/CN/43/4311/431126/"


def untold(page: Page) -> list[str]:
    """Give the keys of words and unfilled braces that a reader would see."""
    text = page.locator("main").inner_text()
    return re.findall(r"\b(?:cover|align|deliver|chart|figure|gap_reason|coverage_stage)\.\w+|\{\w+\}", text)


def test_a_prefecture_reads_a_county_and_opens_its_gaps(staff: Staff) -> None:
    page = staff.open(HERE, "yong")
    settle(page)
    headline = page.get_by_test_id("headline")
    expect(headline.get_by_test_id("service_coverage")).to_contain_text("2 ÷ 6 个村")
    expect(page.get_by_test_id("target")).to_contain_text("要求 50%,差距 −16.7 个百分点")
    expect(page.get_by_test_id("counted-by")).to_contain_text("村庄名单 2023 年,6 个行政村")
    told = re.compile("共 6 个村.*2 / 6 · 33.3%")
    expect(page.get_by_test_id("chart-coverage-funnel")).to_have_attribute("alt", told)
    for name in ("coverage-funnel", "coverage-gaps", "alignment"):
        chart = page.get_by_test_id(f"chart-{name}")
        assert chart.evaluate("async one => { await one.decode(); return one.naturalWidth }") == 720, name
    page.get_by_test_id("gap-station_dead").click()
    expect(page.get_by_test_id("village-table").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_test_id("village-table")).to_contain_text("四村")
    expect(page).to_have_url(re.compile("reason=station_dead"))
    assert violations(page) == []
    assert untold(page) == []
    # The other language is the same question, list and all.
    page.get_by_test_id("language").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coverage")
    expect(page.get_by_test_id("unit")).to_have_text("道县")
    expect(page.get_by_test_id("village-table")).to_contain_text("四村")
    page.get_by_test_id("unit-table").get_by_role("link", name="寿雁镇").click()
    expect(page.get_by_test_id("unit")).to_have_text("寿雁镇")
    page.get_by_test_id("up").click()
    expect(page.get_by_test_id("unit")).to_have_text("道县")


@ONCE
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_it_without_scrolling_sideways(staff: Staff, lang: str) -> None:
    page = staff.open(f"{HERE}&page=1", "yong", size=PHONE, lang=lang)
    settle(page)
    expect(page.get_by_test_id("village-table").locator("tbody tr")).to_have_count(6)
    for part in page.locator("details.fold-small > summary").all():
        part.click()
    assert violations(page) == []
    assert untold(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@ONCE
def test_what_was_asked_stands_in_the_address_and_a_no_is_said(staff: Staff) -> None:
    page = staff.open(HERE, "yong")
    page.get_by_test_id("confidence").select_option("verified")
    page.get_by_test_id("asking").get_by_text("名单与服务").click()
    page.get_by_test_id("asking").get_by_label("快递收发").check()
    page.get_by_test_id("ask").click()
    expect(page).to_have_url(re.compile(rf"ou={COUNTY}&confidence=verified&services=parcel$"))
    expect(page.get_by_test_id("counted-by")).to_contain_text("所要求的服务:快递收发 ·")
    page.get_by_test_id("base_year").fill("2001")
    page.get_by_test_id("ask").click()
    expect(page.get_by_role("alert")).to_contain_text("2001")
    expect(page.get_by_test_id("base_year")).to_have_value("2001")
    staff.complaints[:] = [said for said in staff.complaints if "422" not in said]


@ONCE
def test_an_empty_network_is_explained_and_not_drawn(staff: Staff) -> None:
    page = staff.open("/coverage?ou=431126", "xiang")
    settle(page)
    expect(page.get_by_test_id("notes")).to_contain_text("没有导入村庄名单")
    expect(page.get_by_test_id("delivery")).to_contain_text("窗口内没有快件记录")
    expect(page.get_by_test_id("funnel")).to_have_count(0)
