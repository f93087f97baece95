"""Every state of an owner's screens, in both languages, lights and widths: axe, a thumb and an eye find nothing."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from field_app_schema.vocab_months import ReportField, ReturnReason
from stations.records.obligations import begin_reporting
from stations.records.tables import Station
from stations.sales.filing.taking_in import take_in
from stations.sales.review.deciding import Returning, return_report
from stations.units.tables import OrgUnit
from tests.phone.conftest import Stand, standing
from tests.phone.stand.screens import Judge, begin_walk, see, show, tap
from tests.phone.stand.visiting import sync
from tests.stations.sales.filing.building import told

pytestmark = pytest.mark.browser

# The 2nd of November, ten in the morning in Beijing: October is open until the 5th.
SECOND = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def owners(playwright: Playwright, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """A stand where Tang has filed since April, June with nothing."""
    folder = tmp_path_factory.mktemp("owners")
    shutil.copyfile(sqlite_template, folder / "server.db")
    with standing(playwright, folder, f"sqlite:///{folder / 'server.db'}", SECOND) as built:
        with built.sessions.begin() as session:
            begin_reporting(session, session.get_one(OrgUnit, "431125"), 202604, by=None, now=SECOND.replace(month=4))
        for month in range(4, 10):
            file(built, 202600 + month, SECOND.replace(month=month + 1), is_nil=month == 6)
        yield built


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_wrong_with_any_state_of_the_month(owners: Stand, lang: str) -> None:
    owners.line.heal()
    phone, judge = begin_walk(owners, f"tang-{lang}", lang)
    page = phone.page
    page.get_by_test_id("enrol-code").fill(owners.code_for("tang"))
    tap(page, "enrol-submit")
    if lang == "zh":
        walk_first(owners, page, judge)
    else:
        walk_again(owners, page, judge)
    walk_on(owners, page, judge)
    judge.assert_nothing()
    assert phone.complaints == []


def walk_first(stand: Stand, page: Page, judge: Judge) -> None:
    """October is open: empty, asked about, lacking, nil, on its way, received."""
    see(page, "month-due")
    page.locator("summary").click()
    judge.look("month")
    walk_paper(page, judge)
    tap(page, "month-nil")
    judge.look("nil")
    stand.line.cut()
    tap(page, "month-send")
    see(page, "month-waiting")
    judge.look("on its way")
    stand.line.heal()
    sync(page)
    judge.look("outbox")
    show(page, "month")
    see(page, "month-received")


def walk_again(stand: Stand, page: Page, judge: Judge) -> None:
    """October is corrected already; in the other language its paper is the correction's."""
    see(page, "month-due")
    page.locator("summary").click()
    tap(page, "month-correct")
    walk_paper(page, judge)
    tap(page, "month-nil")
    judge.look("nil")
    tap(page, "month-give-up", "month-give-up")
    show(page, "outbox")
    see(page, "sync-now")
    judge.look("outbox")
    show(page, "month")
    see(page, "month-received")


def walk_paper(page: Page, judge: Judge) -> None:
    """What is asked and said while figures are typed."""
    page.get_by_test_id("field-online_sales_out").fill("1.2万")
    see(page, "read-online_sales_out")
    judge.look("ten thousand")
    page.get_by_test_id("field-online_sales_out").fill("99000000")
    see(page, "ask-online_sales_out")
    judge.look("slip")
    page.get_by_test_id("field-online_sales_out").fill("")
    page.get_by_test_id("field-parcels_in").fill("x")
    tap(page, "month-send")
    see(page, "month-lacks")
    judge.look("lacks")
    page.get_by_test_id("field-parcels_in").fill("")


def walk_on(stand: Stand, page: Page, judge: Judge) -> None:
    """A received month: corrected, sent back with marks, and filed by two people at once."""
    judge.look("received")
    tap(page, "month-correct")
    judge.look("correcting")
    tap(page, "month-give-up", "month-give-up")
    with stand.sessions.begin() as session:
        why = Returning(ReturnReason.UNIT_SLIP, "像是万元", (ReportField.ONLINE_SALES_OUT, ReportField.PARCELS_IN))
        return_report(session, stand.world.callers["jiang"], "JY001", 202610, None, why, now=SECOND)
    sync(page)
    show(page, "month")
    see(page, "month-returned")
    judge.look("returned")
    if page.get_by_test_id("field-online_sales_out").count() == 0:
        # What came back said «nothing this month».
        tap(page, "month-nil")
    page.get_by_test_id("field-online_sales_out").fill("9800")
    # The county files by telephone meanwhile, and this phone has not heard of it.
    file(stand, 202610, SECOND, by="jiang", reason="电话里说的")
    tap(page, "month-send")
    see(page, "month-conflict")
    judge.look("conflict")
    tap(page, "month-drop")
    judge.look("drop it?")
    tap(page, "month-drop")
    see(page, "month-received")
    show(page, "month/202605")
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("2026年5月|May 2026"))
    judge.look("a locked month")
    show(page, "about")
    see(page, "pin-begin")
    judge.look("about")


def file(stand: Stand, period: int, now: dt.datetime, *, by: str = "tang", is_nil: bool = False, **more: str) -> None:
    figures = {} if is_nil else {"online_sales_out_fen": 1_200_000 + period % 100 * 50_000, "parcels_in": 30}
    with stand.sessions.begin() as session:
        station = session.get_one(Station, stand.world.stations["JY001"])
        filed = told(is_nil=is_nil, replaces_any=True, **figures, **more)
        take_in(session, stand.world.callers[by], station, period, filed, now=now)
