"""The pages of the months: a county rings the missing, accepts, sends; all read figures with what is beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.months import CountyReturn, SalesReport
from stations.sales.doubts.tables import FollowUp
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import Clock
from tests.months_seed import HOSTILE, SIXTH, seed_months
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

PAGES = ["/months/202610", "/figures", "/survival", "/doubts", "/how", "/how/survival_share_built"]


@pytest.fixture(autouse=True)
def a_year_of_months(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    clock.at = SIXTH
    with sessions.begin() as session:
        seed_months(session, world)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_on_full_pages(staff: Staff, lang: str, size: tuple[int, int]) -> None:
    for path in PAGES:
        page = staff.open(path, size=size, lang=lang)
        settle(page)
        expect(page.get_by_role("alert")).to_have_count(0)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        assert untold(page) == [], path
        page.close()


def untold(page: Page) -> list[str]:
    """Give the keys of words and unfilled braces that a reader would see."""
    text = page.locator("main").inner_text()
    return re.findall(r"\b(?:figure|figures|frame|months|survival|doubts|how|source_mix)\.\w+|\{\w+\}", text)


def test_the_missing_are_a_list_of_telephones(staff: Staff) -> None:
    page = staff.open("/months/202610")
    missing = page.get_by_test_id("list-missing").locator("tbody tr")
    expect(page.get_by_test_id("coverage")).to_contain_text("12 站应报")
    expect(missing).to_have_count(4)
    expect(missing.nth(1).get_by_role("link").last).to_have_attribute("href", re.compile(r"^tel:\+?\d{7,}$"))
    assert HOSTILE in page.get_by_test_id("missing").inner_text()
    # Nobody is ranked: neither by head nor by telephone can the list be sorted.
    sorts = page.get_by_test_id("list-missing").locator("th button")
    assert sorts.all_inner_texts() == ["编号", "站点", "乡镇"]


def test_a_county_accepts_after_a_trial_and_sends_its_return(staff: Staff, sessions: sessionmaker[Session]) -> None:
    page = staff.open("/months/202610")
    page.get_by_test_id("accept-try").click()
    expect(page.get_by_test_id("accept-result")).to_contain_text("还没有保存")
    assert accepted(sessions) == 4
    page.get_by_test_id("accept-confirm").click()
    expect(page.get_by_test_id("news")).to_contain_text("已采纳 4 份")
    expect(page.get_by_test_id("awaiting")).to_have_count(0)
    assert accepted(sessions) == 8
    page.get_by_test_id("send-note").fill("全部核对过")
    page.get_by_test_id("send-try").click()
    expect(page.get_by_test_id("send-result")).to_contain_text("还没有上报")
    assert returns(sessions) == []
    page.get_by_test_id("send-confirm").click()
    expect(page.get_by_test_id("return-stands")).to_contain_text("第 1 版:已上报")
    expect(page.get_by_test_id("send-try")).to_have_count(0)
    assert returns(sessions) == [("sent", "全部核对过")]

    above = staff.open("/months/202610?ou=431125", "xiang")
    above.get_by_test_id("decide-return").click()
    expect(above.get_by_role("alert")).to_contain_text("退回原因")
    above.get_by_test_id("decide-note").fill("请核对代购额")
    above.get_by_test_id("decide-return").click()
    expect(above.get_by_test_id("return-stands")).to_contain_text("已退回")
    staff.complaints[:] = [said for said in staff.complaints if "422" not in said]


def test_a_prefecture_sees_its_counties_and_goes_down_to_one(staff: Staff) -> None:
    page = staff.open("/months/202610", "yong")
    page.get_by_test_id("list-counties").get_by_role("link", name="江永县").click()
    expect(page.get_by_test_id("unit")).to_contain_text("江永县")
    page.get_by_test_id("up").click()
    expect(page.get_by_test_id("unit")).to_contain_text("永州市")
    page.get_by_test_id("earlier").click()
    expect(page).to_have_url(re.compile(r"/months/202609$"))


def test_rates_stand_with_their_definition_sources_and_files(staff: Staff) -> None:
    page = staff.open("/figures")
    settle(page)
    chart = page.get_by_test_id("chart-rates")
    assert chart.evaluate("picture => picture.naturalWidth") == 720
    expect(chart).to_have_attribute("alt", re.compile(r"^折线图。报送率最低 .*%"))
    expect(page.get_by_test_id("frame")).to_contain_text("县里代填")
    with page.expect_download() as download:
        page.get_by_test_id("export-csv").last.click()
    assert "JY103,\"'=HYPERLINK" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_test_id("reporting_rate").get_by_role("link").click()
    expect(page.get_by_test_id("definition")).to_contain_text("分子是分母的一部分")
    expect(page.get_by_test_id("notices")).to_contain_text("各示范县应于每月5日前")
    expect(page.get_by_test_id("rule")).to_contain_text("monthly_report")


def test_a_table_sorts_and_filters(staff: Staff) -> None:
    page = staff.open("/figures")
    rows = page.get_by_test_id("rates-by-station").locator("tbody tr")
    expect(rows.first).to_contain_text("JY001")
    page.get_by_test_id("rates-by-station").get_by_role("button", name="漏报").click()
    page.get_by_test_id("rates-by-station").get_by_role("button", name="漏报").click()
    expect(rows.first).to_contain_text(re.compile("JY108|JY110"))
    page.get_by_test_id("rates-by-station-filter").fill("jy103")
    expect(rows).to_have_count(1)


def test_survival_shows_both_denominators_the_bounds_and_the_unknown(staff: Staff) -> None:
    page = staff.open("/survival")
    headline = page.get_by_test_id("headline")
    for code in ("survival_share_built", "survival_share_listed", "unknown_share", "survival_bounds"):
        expect(headline.get_by_test_id(code)).to_contain_text("%")
    expect(page.get_by_test_id("delisting")).to_contain_text("个百分点")
    for chart in ("chart-survival", "chart-vitality"):
        assert (
            page.get_by_test_id(chart).evaluate("async one => { await one.decode(); return one.naturalWidth }") == 720
        )
    page.get_by_test_id("groups-cohort").get_by_role("link", name="2024").click()
    expect(page).to_have_url(re.compile("cohort=2024"))


def test_a_narrow_screen_gets_a_narrow_chart(staff: Staff) -> None:
    page = staff.open("/survival", size=PHONE)
    chart = page.get_by_test_id("chart-survival")
    assert chart.evaluate("async one => { await one.decode(); return one.naturalWidth }") == 360


def test_a_doubt_is_marked_and_settled(staff: Staff, sessions: sessionmaker[Session]) -> None:
    page = staff.open("/doubts")
    cell = page.get_by_test_id("outliers").locator("tbody tr").first
    expect(cell).to_contain_text("JY002")
    cell.get_by_role("combobox").select_option("typing_slip")
    cell.get_by_role("button", name="标记待核实").click()
    expect(cell).to_contain_text("待核实:录入笔误")
    cell.get_by_label("核实结果").fill("多写两位")
    cell.get_by_role("button", name="核实完毕").click()
    expect(cell.get_by_role("button", name="标记待核实")).to_be_visible()
    with sessions() as session:
        assert session.scalars(select(FollowUp.cleared_note)).all() == ["多写两位"]


def test_an_inspector_sees_no_figures(staff: Staff) -> None:
    page = staff.open("/months/202610", "chen")
    expect(page.get_by_test_id("page-refused")).to_be_visible()
    expect(page.get_by_test_id("nav-months")).to_have_count(0)
    staff.complaints[:] = [said for said in staff.complaints if "403" not in said]


def accepted(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        which = (SalesReport.period == 202610) & (SalesReport.state == "accepted")
        return session.scalar(select(func.count()).where(which)) or 0


def returns(sessions: sessionmaker[Session]) -> list[tuple[str, str | None]]:
    with sessions() as session:
        return [(row.state, row.note) for row in session.scalars(select(CountyReturn))]
