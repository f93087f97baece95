"""The whole story: a phone is let in, loses its signal, finds a station gone, is closed, syncs; the dot changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.people.enrolling import make_enrolment
from stations.records.tables import Station
from tests.browser.conftest import CHROMIUM, PHONE, QUIET, ROOT, Staff
from tests.conftest import NOON
from tests.world import World

pytestmark = pytest.mark.browser

# Two drawings stand for what an inspector photographs: the wall without its sign, and the front.
PICTURES = ROOT / "api/demonstration/pictures"
AT_THE_STATION = {"longitude": 111.3421, "latitude": 25.2711, "accuracy": 12.0}
# Resolves when the service worker controls the page. (wait_for_function would need eval, which the policy forbids.)
CONTROLLED = """new Promise((done) => {
  const worker = navigator.serviceWorker
  if (worker.controller) done(true)
  else worker.addEventListener('controllerchange', () => done(true))
})"""


@contextmanager
def phone(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    """A phone: its own Chromium on its own storage, so that closing it is closing everything."""
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=QUIET, viewport={"width": PHONE[0], "height": PHONE[1]},
        geolocation=AT_THE_STATION, permissions=["geolocation"], locale="zh-CN", timezone_id="Asia/Shanghai",
    )  # fmt: skip
    context.clock.install(time=NOON)
    yield context
    context.close()


def open_app(context: BrowserContext, address: str) -> Page:
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(f"{address}/app/")
    return page


def enrol(page: Page, code: str) -> None:
    page.get_by_test_id("enrol-code").fill(code)
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("station-JY001")).to_be_visible()
    # Without this the reload offline would prove nothing.
    page.evaluate(CONTROLLED)


def record_gone(page: Page) -> None:
    page.get_by_test_id("station-JY001").click()
    page.get_by_test_id("take-fix").click()
    expect(page.get_by_test_id("fix-found")).to_be_visible()
    page.get_by_test_id("field-method-site_visit").click()
    page.get_by_test_id("field-observed_state-gone").click()
    page.get_by_test_id("photo-plaque_removed-file").set_input_files(PICTURES / "gone.jpg")
    expect(page.get_by_test_id("shot-plaque_removed")).to_have_count(1)
    page.get_by_test_id("photo-front-file").set_input_files(PICTURES / "closed.jpg")
    expect(page.get_by_test_id("shot-front")).to_have_count(1)
    page.get_by_test_id("save-visit").click()
    expect(page.get_by_test_id("outbox-count")).to_have_text("1")


def test_a_station_found_gone_without_signal_changes_its_dot_when_the_signal_returns(
    browser: Browser, staff: Staff, sessions: sessionmaker[Session], world: World, tmp_path: Path
) -> None:
    with sessions.begin() as session:
        inspector = world.accounts["chen"].id
        code = make_enrolment(session, world.callers["jiang"], inspector, now=NOON, minutes=15).code

    desk = staff.open("/", "xiang")
    desk.get_by_test_id("filter-unit").select_option("4311")
    expect(desk.get_by_test_id("count-unknown")).to_have_text("2")
    expect(desk.get_by_test_id("count-dead")).to_have_text("0")

    with phone(browser, tmp_path / "phone") as context:
        page = open_app(context, staff.address)
        enrol(page, code)
        context.set_offline(True)
        page.reload()
        record_gone(page)

    assert counted(sessions, Inspection) == 0
    with phone(browser, tmp_path / "phone") as context:
        context.set_offline(True)
        page = open_app(context, staff.address)
        page.get_by_test_id("nav-outbox").click()
        expect(page.get_by_test_id("outbox-count")).to_have_text("1")
        assert counted(sessions, Inspection) == 0
        context.set_offline(False)
        page.get_by_test_id("sync-now").click()
        expect(page.get_by_test_id("receipt-JY001")).to_be_visible(timeout=30_000)
        expect(page.get_by_test_id("outbox-count")).to_have_text("0")

    with sessions() as session:
        visit = session.scalars(select(Inspection)).one()
        assert (visit.observed_state, visit.state, visit.on_site) == ("gone", "complete", "on_site")
        photos = session.scalars(select(Photo).order_by(Photo.position)).all()
        assert {photo.purpose for photo in photos} == {"plaque_removed", "front"}
        assert all(photo.received_at is not None for photo in photos)
        assert session.get_one(Station, world.stations["JY001"]).vitality == "dead"
    assert counted(sessions, Medium) == 2

    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.get_by_test_id("count-dead")).to_have_text("1")
    expect(desk.get_by_test_id("count-unknown")).to_have_text("1")


def counted(sessions: sessionmaker[Session], table: type[Inspection] | type[Medium]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
