"""A county at work on a month: files for an owner on the telephone, reviews one report, imports a workbook."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.months import ReportStateChange, SalesReport
from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import NOON, Clock
from tests.months_seed import SIXTH, seed_months
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def a_year_of_months(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    clock.at = SIXTH
    with sessions.begin() as session:
        seed_months(session, world)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_county_files_for_an_owner_on_the_telephone(
    staff: Staff, world: World, sessions: sessionmaker[Session], lang: str
) -> None:
    page = staff.open("/months/202610", size=PHONE, lang=lang)
    page.get_by_test_id("file-JY105").click()
    form = page.get_by_test_id("proxy")
    expect(form.get_by_role("heading")).to_contain_text("上江圩第6服务站")
    assert violations(page) == []
    form.get_by_test_id("proxy-online_sales_out").fill("两千")
    form.get_by_role("button").first.click()
    expect(form.get_by_role("alert")).to_contain_text({"zh": "网络销售额(元): 应为金额", "en": "Online sales"}[lang])
    form.get_by_test_id("proxy-online_sales_out").fill("2,000.5")
    form.get_by_test_id("proxy-parcels_in").fill("35")
    form.get_by_role("button").first.click()
    expect(page.get_by_test_id("news")).to_contain_text("上江圩第6服务站")
    expect(page.get_by_test_id("file-JY105")).to_have_count(0)
    report = report_of(sessions, world, "JY105")
    assert (report.source, report.online_sales_out_fen, report.parcels_in, report.upstream_sales_fen) == (
        "proxy", 200_050, 35, None,
    )  # fmt: skip
    # Who filed it does not review it.
    expect(page.get_by_test_id("list-awaiting")).to_contain_text({"zh": "请同事审核", "en": "colleague"}[lang])
    staff.complaints[:] = [said for said in staff.complaints if "422" not in said]


def test_one_report_is_sent_back_with_a_reason_and_another_accepted(
    staff: Staff, world: World, sessions: sessionmaker[Session]
) -> None:
    page = staff.open("/months/202610")
    rows = page.get_by_test_id("list-awaiting").locator("tbody tr")
    expect(rows).to_have_count(4)
    row = rows.filter(has_text="JY106")
    expect(row).to_contain_text("123,456 元")
    row.get_by_role("button", name="退回").first.click()
    row.get_by_label("退回原因").select_option("unit_slip")
    row.get_by_label("代购额").check()
    row.locator("form").get_by_role("button", name="退回").click()
    expect(page.get_by_test_id("news")).to_contain_text("已退回 上江圩第7服务站 的月报")
    expect(page.get_by_test_id("list-returned")).to_contain_text("JY106")
    rows.filter(has_text="JY107").get_by_role("button", name="采纳").click()
    expect(page.get_by_test_id("news")).to_contain_text("已采纳 上江圩第8服务站 的月报")
    assert (report_of(sessions, world, "JY106").state, report_of(sessions, world, "JY107").state) == (
        "returned", "accepted",
    )  # fmt: skip
    with sessions() as session:
        told = session.scalars(select(ReportStateChange).order_by(ReportStateChange.id)).all()
    assert [(one.reason_code, one.fields) for one in told] == [("unit_slip", ["purchase_agency_amount"]), (None, [])]


def test_a_month_comes_in_by_workbook_after_a_trial(
    staff: Staff, world: World, sessions: sessionmaker[Session]
) -> None:
    page = staff.open("/months/202610")
    settle(page)
    wrong, right = ("站点编号,代收快递\nJY108,很多\n", "站点编号,代收快递\nJY108,12\n")
    for text, said in ((wrong, "很多"), (right, "试导入结果,还没有保存")):
        page.get_by_test_id("month-file").set_input_files(
            {"name": "月报.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
        )
        page.get_by_test_id("import-try").click()
        expect(page.get_by_test_id("import-result")).to_contain_text(said)
        assert violations(page) == []
    page.get_by_test_id("import-confirm").click()
    expect(page.get_by_test_id("news")).to_contain_text("新报 1")
    assert (report_of(sessions, world, "JY108").source, report_of(sessions, world, "JY108").parcels_in) == (
        "import",
        12,
    )
    staff.complaints[:] = [said for said in staff.complaints if "422" not in said]


def test_a_third_party_reads_and_is_offered_nothing_to_do(staff: Staff) -> None:
    page = staff.open("/months/202610", "ping")
    settle(page)
    expect(page.get_by_test_id("list-missing")).to_be_visible()
    expect(page.get_by_role("link", name="0746-5702123")).to_have_count(0)
    for offer in ("accept-try", "send-try", "month-import", "file-JY105"):
        expect(page.get_by_test_id(offer)).to_have_count(0)
    doubts = staff.open("/doubts", "ping")
    settle(doubts)
    expect(doubts.get_by_role("button", name="标记待核实")).to_have_count(0)


def test_one_missing_month_is_excused_and_leaves_the_denominator(staff: Staff) -> None:
    page = staff.open("/months/202610")
    page.get_by_test_id("excuse-JY102").click()
    form = page.get_by_test_id("excuse")
    form.get_by_label("原因").select_option("disaster")
    assert violations(page) == []
    form.get_by_role("button", name="免报").click()
    expect(page.get_by_test_id("news")).to_contain_text("上江圩第3服务站 本月免报")
    expect(page.get_by_test_id("coverage")).to_contain_text("11 站应报")
    expect(page.get_by_test_id("list-excused")).to_contain_text("JY102")


def test_a_county_begins_to_collect_reports_from_the_page(staff: Staff) -> None:
    page = staff.open("/months/202610", "zhou", lang="en")
    expect(page.get_by_test_id("coverage")).to_contain_text("0 of 0")
    assert violations(page) == []
    page.get_by_test_id("begin-form").get_by_role("button").click()
    expect(page.get_by_test_id("news")).to_contain_text("from Oct 2026 on")
    expect(page.get_by_test_id("list-missing")).to_contain_text("TJ001")
    expect(page.get_by_test_id("begin")).to_have_count(0)


def test_above_opens_a_locked_month_again(staff: Staff, clock: Clock) -> None:
    page = staff.open("/months/202610?ou=431125", "yong")
    settle(page)
    expect(page.get_by_test_id("unlock")).to_have_count(0)
    clock.at = NOON
    page.reload()
    form = page.get_by_test_id("unlock-form")
    form.get_by_label("原因").fill("停电")
    form.get_by_label("期限").fill("2026-11-30")
    form.get_by_role("button").click()
    expect(page.get_by_test_id("news")).to_have_text("已许可 江永县 补报,到 2026-11-30。")


def test_the_papers_of_the_month_are_one_press_away(staff: Staff) -> None:
    page = staff.open("/months/202610")
    for name, ending in (("ministry", ".xlsx"), ("pack", ".zip")):
        with page.expect_download() as download:
            page.get_by_test_id(f"paper-{name}").click()
        assert download.value.suggested_filename.endswith(ending)
    expect(page.get_by_test_id("paper-bulletin")).to_have_attribute(
        "href", re.compile("papers/bulletin.*period=202610")
    )


def report_of(sessions: sessionmaker[Session], world: World, code: str) -> SalesReport:
    with sessions() as session:
        which = (SalesReport.station_id == world.stations[code]) & (SalesReport.period == 202610)
        return session.scalars(select(SalesReport).where(which)).one()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_by_sms_are_shown_as_they_are_read_before_they_are_filed(
    staff: Staff, world: World, sessions: sessionmaker[Session], lang: str
) -> None:
    page = staff.open("/months/202610", size=PHONE, lang=lang)
    page.get_by_test_id("lines-text").fill("JY102 202610 销1.2万 件35\nJY105 202610 谢谢")
    page.get_by_test_id("lines-try").click()
    told = page.get_by_test_id("lines-told").locator("tbody tr")
    expect(told.nth(0)).to_contain_text("12,000")
    expect(told.nth(1)).to_contain_text({"zh": "读不懂", "en": "cannot read"}[lang])
    assert violations(page) == []
    page.get_by_test_id("lines-confirm").click()
    expect(page.get_by_test_id("news")).to_contain_text({"zh": "1 行已录入", "en": "1 entered"}[lang])
    assert report_of(sessions, world, "JY102").parcels_in == 35
    settle(page)
