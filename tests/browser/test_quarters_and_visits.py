"""Quarters on file, frozen and compared with today; and the list of stations worth a visit."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Observation
from stations.sales.doubts.tables import FollowUp
from stations.survival.quarters.freezing import take_snapshot
from stations.survival.tables import Snapshot
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import Clock
from tests.months_seed import SIXTH, seed_months
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

COUNTS = ("built", "listed", "alive", "known_dead", "unsure")


@pytest.fixture(autouse=True)
def a_year_of_months(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    clock.at = SIXTH
    with sessions.begin() as session:
        seed_months(session, world)


@pytest.fixture
def on_file(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    """The third quarter is on file; a week later a visit of September is told that found JY104 gone."""
    with sessions.begin() as session:
        take_snapshot(session, world.callers["jiang"], ou=None, quarter="2026Q3", now=SIXTH)
    clock.forward(days=7)
    see_gone(sessions, world, "JY104", clock.at)


def see_gone(sessions: sessionmaker[Session], world: World, code: str, now: dt.datetime) -> None:
    with sessions.begin() as session:
        session.add(Observation(
            station_id=world.stations[code], observed_at=dt.datetime(2026, 9, 15, 3, tzinfo=dt.UTC),
            observed_state="gone", evidence_kind="site_visit", method="site_visit",
            observer_id=world.accounts["chen"].id, observer_unit_code="431125", is_independent=True,
            source="inspection", recorded_at=now,
        ))  # fmt: skip


def snapshots(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(Snapshot)) or 0


def opened(staff: Staff, *, size: tuple[int, int] = DESK, lang: str = "zh", person: str = "jiang") -> Page:
    page = staff.open("/survival", person, size=size, lang=lang)
    page.get_by_test_id("quarter-2026Q3").click()
    expect(page.get_by_test_id("quarter-differences")).to_be_visible()
    return page


def test_a_county_freezes_the_last_quarter_after_it_said_so_twice(
    staff: Staff, sessions: sessionmaker[Session]
) -> None:
    page = staff.open("/survival")
    expect(page.get_by_test_id("no-quarters")).to_be_visible()
    page.get_by_test_id("freeze").click()
    sure = page.get_by_test_id("freeze-sure")
    expect(sure).to_contain_text("把江永县截至 2026-09-30 的存活数字存档")
    assert violations(page) == []
    sure.get_by_role("button", name="关闭").click()
    assert snapshots(sessions) == 0
    page.get_by_test_id("freeze").click()
    page.get_by_test_id("freeze-it").click()
    expect(page.get_by_test_id("quarter-news")).to_have_text("2026年第3季度已存档。")
    expect(page.get_by_test_id("freeze")).to_have_count(0)
    assert snapshots(sessions) == 1
    page.get_by_test_id("quarter-2026Q3").click()
    expect(page.get_by_test_id("no-differences")).to_be_visible()


def test_a_colleague_who_was_quicker_is_told(staff: Staff, world: World, sessions: sessionmaker[Session]) -> None:
    page = staff.open("/survival")
    page.get_by_test_id("freeze").click()
    with sessions.begin() as session:
        take_snapshot(session, world.callers["jiang"], ou=None, quarter="2026Q3", now=SIXTH)
    page.get_by_test_id("freeze-it").click()
    expect(page.get_by_test_id("freeze-sure").get_by_role("alert")).to_contain_text("存档")
    assert snapshots(sessions) == 1
    staff.complaints[:] = [said for said in staff.complaints if "409" not in said]


@pytest.mark.usefixtures("on_file")
def test_published_plus_differences_is_now(staff: Staff) -> None:
    page = opened(staff)
    published = page.get_by_test_id("quarter-published")
    for said in ("占比(建成)", "占比(在册", "不明占比", "可能区间"):
        expect(published).to_contain_text(said)
    sums = {}
    for name in COUNTS:
        line = page.get_by_test_id(f"sum-{name}").inner_text()
        then, sign, difference, now = re.fullmatch(r"(\d+) ([+−]) (\d+) = (\d+)", line).groups()
        sums[name] = int(difference) * (1 if sign == "+" else -1)
        assert int(then) + sums[name] == int(now), line
    assert (sums["built"], sums["alive"], sums["known_dead"]) == (0, -1, 1)
    row = page.get_by_test_id("quarter-differences").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("JY104")
    expect(row).to_contain_text("存档之后才录入的事实 (检查记录")
    expect(row).to_contain_text("在营 − 1、已知停业 + 1")


@pytest.mark.usefixtures("on_file")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_in_a_quarter_or_the_visits(staff: Staff, lang: str, size: tuple[int, int]) -> None:
    page = opened(staff, size=size, lang=lang)
    other = staff.open("/doubts", size=size, lang=lang)
    for one in (page, other):
        settle(one)
        expect(one.get_by_role("alert")).to_have_count(0)
        assert violations(one) == []
        assert one.evaluate("document.documentElement.scrollWidth") <= size[0]
        text = one.locator("main").inner_text()
        assert re.findall(r"\b(?:quarters|quarter_fact|worth|survival|vitality_reason)\.\w+|\{\w+\}", text) == []


@pytest.mark.usefixtures("on_file")
def test_a_third_party_reads_quarters_and_freezes_none(staff: Staff) -> None:
    page = staff.open("/survival?ou=431125", "ping")
    expect(page.get_by_test_id("quarters-on-file")).to_contain_text("2026年第3季度")
    expect(page.get_by_test_id("freeze")).to_have_count(0)


@pytest.mark.usefixtures("on_file")
@pytest.mark.parametrize("path", ["/survival?ou=431125", "/doubts?ou=431125"])
def test_a_stranger_sees_neither_quarters_nor_visits(staff: Staff, path: str) -> None:
    page = staff.open(path, "zhou")
    expect(page.get_by_role("alert")).to_be_visible()
    settle(page)
    for testid in ("quarters", "quarters-on-file", "visit-list"):
        expect(page.get_by_test_id(testid)).to_have_count(0)
    assert "JY" not in page.locator("main").inner_text()
    staff.complaints[:] = [said for said in staff.complaints if "403" not in said]


@pytest.mark.usefixtures("on_file")
def test_a_stranger_has_an_own_list_without_the_neighbours_quarters(staff: Staff) -> None:
    page = staff.open("/survival", "zhou")
    expect(page.get_by_test_id("no-quarters")).to_be_visible()


def test_the_visits_are_by_township_and_code_with_reasons_and_no_figure(
    staff: Staff, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.add(FollowUp(station_id=world.stations["JY001"], period=202610, subject="online_sales_out",
                             reason_code="visit", set_by=world.accounts["jiang"].id, set_at=SIXTH))  # fmt: skip
    page = staff.open("/doubts")
    visits = page.get_by_test_id("visit-list")
    settle(page)
    expect(visits.get_by_role("heading").first).to_have_text(re.compile(r"^江永县 · 该去看看的站点\(\d+\)$"))
    assert "工作人员标记为需要实地查看" in visits.locator("tr", has_text="JY001").inner_text()
    tables = visits.locator("table")
    for number in range(tables.count()):
        codes = tables.nth(number).locator("tbody tr td:first-child").all_inner_texts()
        assert codes == sorted(codes)
    assert visits.locator("th button").count() == 0
    assert not re.search(r"¥|\d元|\d 元|\d+\.\d\d", visits.inner_text())


def test_the_visits_are_printed_alone(staff: Staff) -> None:
    page = staff.open("/doubts")
    settle(page)
    page.evaluate("window.print = () => { window.printed = document.body.className }")
    page.get_by_test_id("print-visits").click()
    assert "print-alone" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("visit-list")).to_be_visible()
    expect(page.get_by_test_id("outliers")).to_be_hidden()
    expect(page.get_by_test_id("print-visits")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_test_id("outliers")).to_be_visible()
