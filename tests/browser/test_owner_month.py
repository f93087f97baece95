"""The owner's month in real Chromium: the taps it costs, what is asked, what survives, and two people for one month."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.pages import files
from field_app_schema.vocab_months import ReportField, ReturnReason
from stations.records.months import SalesReportVersion
from stations.sales.review.deciding import Returning, return_report
from tests.browser.owner_phone import SECOND, Owner, axe
from tests.conftest import Clock, missing
from tests.phone.stand.server import BUILT
from tests.stations.sales.filing.building import begin, leave
from tests.world import World


@pytest.fixture
def owner(
    browser: Browser, live_server: str, client: FlaskClient, sessions: sessionmaker[Session], world: World,
    clock: Clock, monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Owner]:  # fmt: skip
    """A phone of Tang's on the second of November, with nine months behind it."""
    if not (BUILT / "index.html").is_file():
        missing("the phone client (make ready)")
    monkeypatch.setattr(files, "PHONE", BUILT)
    with sessions.begin() as session:
        begin(session)
    held = Owner(browser, live_server, client, sessions, world)
    for place, month in enumerate(range(4, 10)):
        clock.at = SECOND.replace(month=month + 1)
        form = {"online_sales_out": f"{9000 + 700 * place}.00", "upstream_sales": "4000.00", "parcels_in": 30 + place,
                "note": "节前"}  # fmt: skip
        held.put({"is_nil": True} if month == 6 else form, period=f"2026{month:02}")
    clock.at = SECOND
    yield held
    if held.context is not None:
        held.context.close()
    assert held.complaints == []


def received(owner: Owner, version: int = 1) -> None:
    expect(owner.page.get_by_test_id("month-received")).to_contain_text(f"第{version}版")


def test_nothing_this_month_costs_two_taps(owner: Owner) -> None:
    owner.enrol()
    page = owner.reopen()
    expect(page.get_by_test_id("month-due")).to_have_text("请在11月3日前(含当天)报,明天是最后一天;最迟11月5日。")
    owner.tap("month-nil")
    owner.tap("month-send")
    received(owner)
    assert owner.taps == 2
    assert (owner.october().is_nil, owner.october().source) == (True, "owner")


def test_a_month_like_the_last_costs_two_taps_and_copies_no_note(owner: Owner) -> None:
    owner.enrol()
    owner.reopen()
    owner.tap("same-all")
    owner.tap("month-send")
    received(owner)
    assert owner.taps == 2
    october = owner.october()
    assert (october.online_sales_out_fen, october.upstream_sales_fen, october.parcels_in, october.parcels_out) == (
        1_250_000, 400_000, 35, None,
    )  # fmt: skip
    with owner.sessions() as session:
        newest = session.scalars(select(SalesReportVersion).order_by(SalesReportVersion.id.desc()).limit(1)).one()
        assert newest.note is None


def test_what_was_typed_survives_and_wan_and_slips_are_asked_about(owner: Owner) -> None:
    page = owner.enrol()
    page.get_by_test_id("field-online_sales_out").fill("1.2万")
    page.get_by_test_id("field-parcels_in").fill("３５００")
    expect(page.get_by_test_id("read-online_sales_out")).to_have_text("12,000 元,一万二千元")
    expect(page.get_by_test_id("ask-parcels_in")).to_contain_text("一百倍")
    page = owner.reopen()
    assert page.get_by_test_id("field-online_sales_out").input_value() == "1.2万"
    assert page.get_by_test_id("field-parcels_in").input_value() == "３５００"
    # Nothing goes while something is asked.
    page.get_by_test_id("month-send").tap()
    expect(page.get_by_test_id("month-lacks")).to_contain_text("2 处")
    page.get_by_test_id("yes-online_sales_out").tap()
    page.get_by_test_id("change-parcels_in").tap()
    assert page.get_by_test_id("field-parcels_in").input_value() == "35"
    page.get_by_test_id("field-upstream_sales").fill("12001")
    page.get_by_test_id("month-send").tap()
    expect(page.locator("#field-upstream_sales .fault")).to_contain_text("不能比网上卖出的多")
    page.get_by_test_id("same-upstream_sales").wait_for(state="hidden")
    page.get_by_test_id("field-upstream_sales").fill("")
    page.get_by_test_id("same-upstream_sales").tap()
    page.get_by_test_id("month-send").tap()
    received(owner)
    october = owner.october()
    assert (october.online_sales_out_fen, october.upstream_sales_fen, october.parcels_in) == (1_200_000, 400_000, 35)


def test_without_a_line_it_waits_and_goes_later(owner: Owner) -> None:
    page = owner.enrol()
    page.evaluate("new Promise((done) => navigator.serviceWorker.ready.then(done))")
    assert owner.context is not None
    owner.context.set_offline(True)
    page.get_by_test_id("month-nil").tap()
    page.get_by_test_id("month-send").tap()
    expect(page.get_by_test_id("month-waiting")).to_contain_text("有信号会自动发")
    owner.context.set_offline(False)
    received(owner)
    owner.complaints[:] = [one for one in owner.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_a_correction_gives_its_reason_and_a_return_needs_none(owner: Owner) -> None:
    owner.put({"online_sales_out": "12000.00", "parcels_in": 35, "note": "节前"})
    page = owner.enrol()
    expect(page.get_by_test_id("month-received")).to_contain_text("第1版 · 站长自报")
    page.get_by_test_id("month-correct").tap()
    page.get_by_test_id("field-parcels_in").fill("36")
    page.get_by_test_id("month-send").tap()
    expect(page.locator("#fault-reason")).to_be_visible()
    page.get_by_test_id("reason-forgot").tap()
    page.get_by_test_id("month-send").tap()
    received(owner, 2)
    with owner.sessions.begin() as session:
        why = Returning(ReturnReason.UNIT_SLIP, "像是万元", (ReportField.ONLINE_SALES_OUT,))
        return_report(session, owner.world.callers["jiang"], "JY001", 202610, 2, why, now=SECOND)
        newest = session.scalars(select(SalesReportVersion).order_by(SalesReportVersion.id.desc()).limit(1)).one()
        assert (newest.reason, newest.note) == ("有漏记的", "节前")
    page.get_by_test_id("line-state").tap()
    expect(page.get_by_test_id("month-returned")).to_contain_text("像是元和万元弄混 · 像是万元")
    expect(page.get_by_test_id("marked-online_sales_out")).to_be_visible()
    assert page.get_by_test_id("field-online_sales_out").input_value() == "12000"
    assert page.get_by_test_id("reason-own").count() == 0
    page.get_by_test_id("field-online_sales_out").fill("12500")
    page.get_by_test_id("month-send").tap()
    received(owner, 3)
    assert owner.october().online_sales_out_fen == 1_250_000


def test_the_servers_question_comes_with_the_receipt_and_one_tap_corrects(owner: Owner) -> None:
    page = owner.enrol()
    # Months that the county files meanwhile: the phone cannot know what is usual, the server does.
    with owner.sessions.begin() as session:
        for period in (202601, 202602, 202603):
            leave(session, period)
    for period in ("202601", "202602", "202603"):
        owner.put({"parcels_out": 10}, who="jiang", period=period)
    page.get_by_test_id("field-parcels_out").fill("1000")
    page.get_by_test_id("month-send").tap()
    expect(page.get_by_test_id("month-hints")).to_contain_text("您往月一般是 10")
    # Sent from the end of the paper, and the receipt is before the eyes.
    expect(page.get_by_test_id("month-received")).to_be_in_viewport()
    assert owner.october().parcels_out == 1000
    page.get_by_test_id("hint-change-parcels_out").tap()
    assert page.get_by_test_id("field-parcels_out").input_value() == "10"
    page.get_by_test_id("month-send").tap()
    received(owner, 2)
    expect(page.get_by_test_id("month-hints")).to_have_count(0)
    assert owner.october().parcels_out == 10


def test_what_is_right_is_asked_once(owner: Owner) -> None:
    page = owner.enrol()
    page.get_by_test_id("field-parcels_in").fill("3500")
    page.get_by_test_id("right-parcels_in").tap()
    page.get_by_test_id("month-send").tap()
    received(owner)
    assert owner.october().parcels_in == 3500
    expect(page.get_by_test_id("month-hints")).to_have_count(0)
    # Another day the server's question stands, until it is answered for good.
    page = owner.reopen()
    page.get_by_test_id("hints-right").tap()
    expect(page.get_by_test_id("month-hints")).to_have_count(0)
    page = owner.reopen()
    received(owner)
    expect(page.get_by_test_id("month-hints")).to_have_count(0)


def test_another_open_month_is_a_tap_away_and_a_locked_one_says_whom_to_ask(owner: Owner) -> None:
    with owner.sessions.begin() as session:
        leave(session, 202603, station_id=owner.world.stations["JY001"])
    page = owner.enrol()
    page.get_by_test_id("other-202603").tap()
    expect(page.get_by_test_id("month-due")).to_have_text("县里已许可补报,现在就可以报。")
    page.get_by_test_id("month-nil").tap()
    page.get_by_test_id("month-send").tap()
    received(owner)
    page.goto(f"{owner.address}/app/#/month/202602")
    expect(page.get_by_test_id("month-due")).to_contain_text("请打电话给县商务部门")
    assert page.get_by_test_id("month-send").count() == 0


def test_a_month_that_locked_on_the_way_is_refused_in_words_and_kept_until_it_is_dropped(
    owner: Owner, clock: Clock
) -> None:
    page = owner.enrol()
    clock.at = SECOND.replace(day=20)
    page.get_by_test_id("month-nil").tap()
    page.get_by_test_id("month-send").tap()
    expect(page.get_by_test_id("month-refused")).to_contain_text("没有收下")
    page = owner.reopen()
    expect(page.get_by_test_id("month-due")).to_contain_text("已锁定")
    expect(page.get_by_test_id("month-figures")).to_have_text("这个月没有")
    page.get_by_test_id("month-drop").tap()
    page.get_by_test_id("month-drop").tap()
    expect(page.get_by_test_id("month-refused")).to_have_count(0)
    owner.complaints[:] = [one for one in owner.complaints if "status of 4" not in one]


@pytest.mark.parametrize("mine", [True, False])
def test_of_two_versions_the_owner_says_which_stands(owner: Owner, mine: bool) -> None:
    page = owner.enrol()
    page.get_by_test_id("field-online_sales_out").fill("9800")
    # The county files by telephone meanwhile, and this phone has not heard of it.
    owner.put({"parcels_in": 7}, who="jiang")
    page.get_by_test_id("month-send").tap()
    both = page.get_by_test_id("month-conflict")
    expect(both).to_contain_text("9,800 元")
    expect(both).to_contain_text("已有的是第1版,县里代报")
    if mine:
        page.get_by_test_id("use-mine").tap()
        page.get_by_test_id("reason-number").tap()
        page.get_by_test_id("month-send").tap()
        received(owner, 2)
        assert owner.october().online_sales_out_fen == 980_000
    else:
        page.get_by_test_id("month-drop").tap()
        page.get_by_test_id("month-drop").tap()
        expect(page.get_by_test_id("month-received")).to_contain_text("县里代报")
        assert (owner.october().online_sales_out_fen, owner.october().parcels_in) == (None, 7)


# How a page looks does not depend on the database.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["zh-CN", "en-US"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(owner: Owner, lang: str, scheme: str) -> None:
    page = owner.enrol(lang=lang, scheme=scheme)
    if lang == "en-US":
        page.goto(f"{owner.address}/app/#/about")
        page.get_by_test_id("language-en").tap()
        page.goto(f"{owner.address}/app/#/month")
        page.get_by_test_id("month-due").wait_for()
    page.get_by_test_id("field-parcels_in").fill("3500")
    page.get_by_test_id("ask-parcels_in").wait_for()
    page.locator("summary").tap()
    faults = axe(page)
    page.get_by_test_id("month-nil").tap()
    page.get_by_test_id("month-send").tap()
    page.get_by_test_id("month-received").wait_for()
    faults += axe(page)
    page.get_by_test_id("month-correct").tap()
    assert faults + axe(page) == []
