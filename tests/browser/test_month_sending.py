"""What comes and goes by itself: a county's feeds with a secret shown once, and the reminders of a month."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.vocab_months import TransactionKind
from stations.sales.feeds.batch import take_transactions
from stations.sales.feeds.figures import Transaction
from stations.sales.feeds.registering import add_feed
from stations.sales.feeds.tables import Feed
from stations.sales.reminders.tables import ReminderMailbox, ReminderSent
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import Clock
from tests.months_seed import SIXTH, seed_months
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def a_year_of_months(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    clock.at = SIXTH
    with sessions.begin() as session:
        seed_months(session, world)


@pytest.fixture
def a_feed_and_reminders(world: World, sessions: sessionmaker[Session]) -> str:
    """A feed that sent something for a station of another county, and two reminders of October; gives the feed's id."""
    with sessions.begin() as session:
        feed = add_feed(session, world.callers["jiang"], "湘村达<b>系统</b>", None, now=SIXTH)
        sent = [Transaction("x-1", "TJ001", SIXTH, TransactionKind.SALE_OUT, 12_50, 1)]
        take_transactions(session, feed, sent, now=SIXTH)
        for number, kind in enumerate(("before_due", "due_day")):
            session.add(ReminderSent(station_id=world.stations["JY104"], period=202610, kind=kind, asked_at=SIXTH,
                                     message_id=f"0192f3a0-0000-7000-8000-00000000000{number}"))  # fmt: skip
        return feed.id


def test_a_county_lets_a_sender_in_sees_its_secret_once_and_revokes_it(
    staff: Staff, sessions: sessionmaker[Session]
) -> None:
    page = staff.open("/months/202610")
    card = page.get_by_test_id("feeds")
    expect(card.get_by_test_id("no-feeds")).to_be_visible()
    card.get_by_label("报送方").fill("邮政<i>快递</i>")
    card.get_by_role("button", name="登记报送方").click()
    expect(card.get_by_test_id("feed-secret")).to_have_value(re.compile("^[0-9a-f]{64}$"))
    card.get_by_test_id("copy-secret").click()
    expect(card.get_by_test_id("feed-made").get_by_role("status")).to_have_text(re.compile("复制"))
    assert violations(page) == []
    expect(card.get_by_test_id("feeds-list")).to_contain_text("邮政<i>快递</i>")
    page.reload()
    expect(card.get_by_test_id("feeds-list")).to_be_visible()
    expect(card.get_by_test_id("feed-secret")).to_have_count(0)
    page.once("dialog", lambda asked: asked.dismiss())
    card.get_by_role("button", name="停用").click()
    assert revoked(sessions) == [False]
    page.once("dialog", lambda asked: asked.accept())
    card.get_by_role("button", name="停用").click()
    expect(card.get_by_test_id("feeds-list")).to_contain_text("2026-11-06 10:00 停用")
    assert revoked(sessions) == [True]


def test_what_a_feed_could_not_bring_in_is_listed_with_the_reason(staff: Staff, a_feed_and_reminders: str) -> None:
    page = staff.open("/months/202610")
    page.get_by_test_id(f"rejections-{a_feed_and_reminders}").click()
    row = page.get_by_test_id("rejections").locator("tbody tr")
    expect(row).to_have_count(1)
    for said in ("x-1", "TJ001", "网络销售", "12.50"):
        expect(row).to_contain_text(said)
    assert not re.search(r"[A-Z]+_[A-Z]+", row.inner_text())


def test_the_office_says_where_its_list_goes(
    staff: Staff, a_feed_and_reminders: str, sessions: sessionmaker[Session]
) -> None:
    page = staff.open("/months/202610")
    card = page.get_by_test_id("reminders")
    expect(card.get_by_test_id("reminded")).to_contain_text("已安排 2 条提醒:截止前两天 1、截止当天 1")
    card.get_by_test_id("mailbox").fill("office@example.org")
    card.get_by_role("button", name="保存").click()
    expect(card.get_by_role("status")).to_have_text("漏报名单将寄到 office@example.org。")
    assert mailboxes(sessions) == ["office@example.org"]
    card.get_by_test_id("mailbox").fill("")
    card.get_by_role("button", name="保存").click()
    expect(card.get_by_role("status")).to_have_text("不再寄漏报名单。")
    assert mailboxes(sessions) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(staff: Staff, a_feed_and_reminders: str, lang: str, size: tuple[int, int]) -> None:
    page = staff.open("/months/202610", size=size, lang=lang)
    page.get_by_test_id(f"rejections-{a_feed_and_reminders}").click()
    expect(page.get_by_test_id("rejections")).to_be_visible()
    settle(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    text = page.locator("main").inner_text()
    assert re.findall(r"\b(?:feeds|reminders|reminder_kind|transaction_kind|refusal)\.\w+|\{\w+\}", text) == []


def test_from_above_the_mailbox_is_read_and_no_feed_is_managed(staff: Staff, a_feed_and_reminders: str) -> None:
    page = staff.open("/months/202610?ou=431125", "xiang")
    expect(page.get_by_test_id("reminders")).to_contain_text("没有设邮箱")
    expect(page.get_by_test_id("mailbox")).to_have_count(0)
    expect(page.get_by_test_id("feeds")).to_have_count(0)


def test_a_stranger_has_neither_the_feeds_nor_the_reminders(staff: Staff, a_feed_and_reminders: str) -> None:
    page = staff.open("/months/202610", "zhou")
    expect(page.get_by_test_id("no-feeds")).to_be_visible()
    expect(page.get_by_test_id("reminded")).to_have_text("这个月还没有安排提醒。")
    neighbour = staff.open("/months/202610?ou=431125", "zhou")
    expect(neighbour.get_by_role("alert")).to_be_visible()
    expect(neighbour.get_by_test_id("feeds")).to_have_count(0)
    staff.complaints[:] = [said for said in staff.complaints if "403" not in said]


def revoked(sessions: sessionmaker[Session]) -> list[bool]:
    with sessions() as session:
        return [feed.revoked_at is not None for feed in session.scalars(select(Feed))]


def mailboxes(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(ReminderMailbox.address)))
