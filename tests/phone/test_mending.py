"""What did not go through, or was begun before something changed: explained, and mended without loss."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from field_app_schema.visits import VISIT_QUESTIONS
from inspections.quarantine.tables import KeptAside
from inspections.review.returning import ReturnWish, return_visit
from inspections.visits.tables import Inspection
from stations.records.tables import Station
from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import (
    add_photo,
    all_sent,
    begin_visit,
    choose,
    fill_visit,
    held_by,
    save_visit,
    settled,
    sync,
)

pytestmark = pytest.mark.browser

THREE_DAYS_S = 3 * 86_400.0
FORGET_STATION = """(code) => new Promise((done, fail) => {
  const asked = indexedDB.open('cunzhan')
  asked.onsuccess = () => {
    const change = asked.result.transaction('stations', 'readwrite')
    change.objectStore('stations').delete(code)
    change.oncomplete = () => { asked.result.close(); done() }
    change.onerror = () => fail(change.error)
  }
})"""


def test_a_visit_of_a_phone_that_is_days_ahead_is_explained_and_sent_again(stand: Stand) -> None:
    stand.line.heal()
    phone = stand.phones["ahead"] = Handset(stand.playwright, stand.folder / "ahead", stand.line.address)
    phone.ahead_s = THREE_DAYS_S
    stand.phone("ahead")
    code, picture = stand.station(), stand.picture()
    fill_visit(phone.page, code, [picture])
    save_visit(phone.page)
    card = phone.page.get_by_test_id(f"record-{code}")
    expect(card).to_have_attribute("data-state", "kept_aside")
    expect(card.get_by_test_id("aside-why")).to_contain_text("手机时间快了")
    expect(card.get_by_test_id("aside-why")).to_contain_text("在将来")
    [aside] = held_by(phone.page).records

    phone.close()
    phone.ahead_s = 0.0
    phone.open("#/outbox")
    page = phone.page
    page.get_by_test_id(f"again-{code}").click()
    expect(page.get_by_test_id("shot-closed_door")).to_be_visible()
    save_visit(page)
    expect(page.get_by_test_id(f"receipt-{code}")).to_be_visible()
    expect(card_of(page, code).get_by_test_id("aside-mended")).to_be_visible()
    assert list(held_by(page).records) == [aside]
    with stand.sessions() as session:
        kept = session.scalars(select(KeptAside).where(KeptAside.record_id == aside)).one()
        assert (kept.refusal_code, kept.settled_at) == ("TIME_IN_FUTURE", None)
        visit = session.scalars(select(Inspection).join(Station).where(Station.code == code)).one()
        assert (visit.state, visit.observed_state) == ("complete", "closed_at_visit")
        assert visit.id != aside
    card_of(page, code).get_by_role("button", name="知道了").click()
    expect(card_of(page, code)).to_have_count(0)
    phone.close()


def test_a_draft_whose_station_left_the_phone_is_finished_all_the_same(stand: Stand, phone: Handset) -> None:
    """As after a reset of the changes that broke off between two pages."""
    page, kept, dropped = phone.page, stand.station(), stand.station()
    stand.line.cut()
    for code in (kept, dropped):
        begin_visit(page, code)
        choose(page, "observed_state", "not_assessed")
        page.evaluate(FORGET_STATION, code)
    page.reload()
    page.evaluate("location.hash = '#/outbox'")
    page.get_by_test_id(f"draft-{dropped}").click()
    expect(page.get_by_test_id("unlisted")).to_be_visible()
    page.get_by_test_id("discard-draft").click()
    page.get_by_test_id("discard-draft").click()
    expect(page.get_by_test_id("station-search")).to_be_visible()
    page.evaluate("location.hash = '#/outbox'")
    expect(page.get_by_test_id(f"draft-{dropped}")).to_have_count(0)
    page.get_by_test_id(f"draft-{kept}").click()
    expect(page.get_by_test_id("unlisted")).to_be_visible()
    save_visit(page)
    stand.line.heal()
    sync(page)
    expect(page.get_by_test_id(f"receipt-{kept}")).to_be_visible()


def test_a_return_that_comes_over_a_begun_visit_is_taken_up_by_one_tap(stand: Stand, phone: Handset) -> None:
    page, code, picture = phone.page, stand.station(), stand.picture()
    fill_visit(page, code, [picture])
    save_visit(page)
    stand.line.heal()
    sync(page)
    all_sent(page)
    begin_visit(page, code)
    page.locator("#input-note").fill("门口有新牌子")
    page.locator("#input-note").blur()
    expect(page.get_by_test_id("draft-kept")).to_be_visible()
    old = send_back(stand, code)
    before = sync(page)
    settled(page, before)
    begin_visit(page, code)
    expect(page.get_by_test_id("returned-note")).to_contain_text("请写清楚")
    expect(page.get_by_test_id("shot-closed_door")).to_have_count(0)
    page.get_by_test_id("take-up-returned").click()
    expect(page.get_by_test_id("to-mark-note")).to_contain_text("已改")
    expect(page.get_by_test_id("shot-closed_door")).to_have_count(1)
    expect(page.locator("#input-note")).to_have_value("门口有新牌子")
    save_visit(page)
    all_sent(page)
    with stand.sessions() as session:
        visit = session.scalars(select(Inspection).where(Inspection.replaces_id == old)).one()
        assert (visit.observed_state, visit.note) == ("closed_at_visit", "门口有新牌子")


def send_back(stand: Stand, code: str) -> str:
    with stand.sessions.begin() as session:
        visit = session.scalars(select(Inspection).join(Station).where(Station.code == code)).one()
        wish = ReturnWish("请写清楚。", [{"kind": "field", "name": "note", "note": "没写"}])
        return_visit(session, stand.world.callers["yong"], visit.id, wish, questions=VISIT_QUESTIONS,
                     now=dt.datetime.now(dt.UTC))  # fmt: skip
        return visit.id


def test_the_bin_asks_before_a_photo_goes(stand: Stand, phone: Handset) -> None:
    page, code = phone.page, stand.station()
    begin_visit(page, code)
    choose(page, "observed_state", "closed_at_visit")
    add_photo(page, "closed_door", stand.picture())
    shot = page.get_by_test_id("shot-closed_door")
    # A fix that comes in moves what lies below it.
    expect(page.get_by_test_id("fix-found")).to_be_visible()
    page.get_by_test_id("shot-closed_door-remove").click()
    page.get_by_test_id("shot-closed_door-keep").click()
    expect(shot).to_have_count(1)
    page.get_by_test_id("shot-closed_door-remove").click()
    page.get_by_test_id("shot-closed_door-remove-sure").click()
    expect(shot).to_have_count(0)
    assert held_by(page).draft_at(code)["photos"] == []


def test_a_saved_visit_of_the_same_station_that_waits_is_told(stand: Stand, phone: Handset) -> None:
    stand.visit(phone, 0)
    code = f"T{(next(stand.numbers) - 1) % 60:02}"
    begin_visit(phone.page, code)
    expect(phone.page.get_by_test_id("waits-here")).to_be_visible()
    stand.line.heal()
    sync(phone.page)
    expect(phone.page.get_by_test_id(f"receipt-{code}")).to_be_visible()
    begin_visit(phone.page, code)
    expect(phone.page.get_by_test_id("visited-today")).to_be_visible()


def card_of(page: Page, code: str) -> Locator:
    return page.get_by_test_id(f"record-{code}")


def test_a_photo_that_waits_can_be_looked_at_from_the_outbox(stand: Stand, phone: Handset) -> None:
    page = phone.page
    stand.visit(phone, 1)
    page.get_by_test_id("look-closed_door").click()
    picture = page.get_by_role("dialog").get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile("服务站 T.*校验码"))
    page.get_by_test_id("viewer-close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    stand.line.heal()
    sync(page)
    all_sent(page)
