"""Every state of an inspector's screens, in both languages, lights and widths: nothing for axe, a thumb or the sun."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from field_app_schema.visits import VISIT_QUESTIONS
from inspections.review.returning import ReturnWish, return_visit
from inspections.tasks.assigning import NewTasks, assign
from inspections.visits.tables import Inspection, Photo
from stations.people.devices import revoke_device
from stations.people.tables import Device
from tests.phone.conftest import Stand
from tests.phone.stand.exchanges import Say
from tests.phone.stand.screens import Judge, begin_walk, see, show, tap
from tests.phone.stand.visiting import sync

pytestmark = pytest.mark.browser

PIN = "246810"
# A phone held at an angle, as its sensor would say.
TILTED = "dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha: 0, beta: 70, gamma: -40 }))"
REFUSED = {"code": "BAD_INPUT", "status": 422, "message": "提交的内容有误。",
           "message_en": "Some of the input is wrong.", "hint_zh": "", "hint_en": "",
           "errors": {"note": ["太长 / too long"]}, "details": {}}  # fmt: skip


BAD = """(() => {
  const put = (kind, style, text) => {
    const one = document.createElement(kind)
    Object.assign(one.style, style)
    one.textContent = text
    document.querySelector('main').append(one)
  }
  put('button', { minWidth: '0', minHeight: '0', width: '40px', height: '60px' }, '小')
  put('button', { width: '60px' }, '')
  put('div', { width: '500px' }, '宽')
  put('p', { color: '#777777' }, '淡')
})()"""


def test_the_judges_see_what_is_wrong(stand: Stand) -> None:
    phone, judge = begin_walk(stand, "nobody", "zh")
    phone.page.evaluate(BAD)
    judge.look("bad")
    found = judge.wrong["bad, light"]
    for sign in ("button-name: ", "small 40.0 x 60.0: ", "nameless: ", "the page is ", "sticks out: ", "faint "):
        assert [one for one in found if one.startswith(sign)], (sign, found)
    with pytest.raises(AssertionError):
        judge.assert_nothing()
    phone.kill()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_wrong_with_any_state_of_any_screen(stand: Stand, lang: str) -> None:
    stand.line.heal()
    if stand.server.is_dead():
        stand.server.start()
    phone, judge = begin_walk(stand, f"chen-{lang}", lang)
    page = phone.page
    code = "JY001" if lang == "zh" else "JY002"
    give_work(stand, code)
    walk_in(stand, page, judge)
    walk_list(page, judge)
    walk_map(page, judge)
    walk_visit(page, judge, code)
    walk_found(page, judge)
    walk_outbox(stand, page, judge, code)
    walk_returned(stand, page, judge, code)
    walk_pin(page, judge)
    walk_out(stand, page, judge)
    judge.assert_nothing()
    assert phone.complaints == []


def give_work(stand: Stand, code: str) -> None:
    now = dt.datetime.now(dt.UTC)
    with stand.sessions.begin() as session:
        chen = stand.world.accounts["chen"].id
        past = NewTasks(chen, [code, "T58"], "site_visit", due_on=dt.date(2026, 1, 31), reason="三个月没有报数")
        assign(session, stand.world.callers["jiang"], past, now=now)


def walk_in(stand: Stand, page: Page, judge: Judge) -> None:
    judge.look("enrolment")
    page.get_by_test_id("enrol-code").fill("WRONG-CODE")
    tap(page, "enrol-submit")
    see(page, "enrol-problem")
    judge.look("enrolment refused")
    page.get_by_test_id("enrol-code").fill(stand.code_for("chen"))
    tap(page, "enrol-submit")
    see(page, "tasks", "near")


def walk_list(page: Page, judge: Judge) -> None:
    judge.look("list")
    tap(page, "scan")
    see(page, "scanner")
    judge.look("scanner")
    page.keyboard.press("Escape")
    page.get_by_test_id("station-search").fill("没有这个站")
    see(page, "offer-new")
    judge.look("nothing found")
    page.get_by_test_id("station-search").fill("")


def walk_map(page: Page, judge: Judge) -> None:
    show(page, "map")
    see(page, "map-count")
    judge.look("map")
    tap(page, "map-whole")
    page.locator("[data-testid^=map-station-]").first.click()
    see(page, "map-chosen")
    tap(page, "guide-choose")
    judge.look("map with a station")


def walk_visit(page: Page, judge: Judge, code: str) -> None:
    show(page, f"visit/{code}")
    see(page, "save-visit")
    judge.look("visit")
    tap(page, "save-visit")
    see(page, "lacks")
    judge.look("visit lacks")
    tap(page, "field-observed_state-open_operating", "field-services-parcel", "field-sign_wording-left-not_seen")
    judge.look("visit open")
    tap(page, "guide-choose")
    judge.look("guides")
    open_camera(page, "sign")
    judge.look("camera")
    shoot(page)
    see(page, "shot-sign")
    open_camera(page, "inside")
    page.evaluate(TILTED)
    tap(page, "camera-shoot")
    see(page, "photo-doubtful")
    judge.look("photo doubtful")
    tap(page, "photo-keep-anyway")
    see(page, "shot-inside")
    tap(page, "shot-sign-open")
    see(page, "viewer-close")
    judge.look("photo in the viewer")
    tap(page, "viewer-close")
    judge.look("visit filled")
    tap(page, "discard-draft")
    judge.look("throw it away?")


def open_camera(page: Page, purpose: str) -> None:
    tap(page, f"photo-{purpose}-camera")
    expect(page.get_by_test_id("camera-shoot")).to_have_attribute("aria-disabled", "false")


def shoot(page: Page) -> None:
    """Take the picture, whatever the phone thinks of it."""
    tap(page, "camera-shoot")
    kept = page.locator("li[data-testid^=shot-]").first
    expect(kept.or_(page.get_by_test_id("photo-doubtful")).first).to_be_visible()
    if page.get_by_test_id("photo-doubtful").is_visible():
        tap(page, "photo-keep-anyway")


def walk_found(page: Page, judge: Judge) -> None:
    show(page, "found")
    see(page, "alike")
    judge.look("what it might be")
    tap(page, "none-of-these")
    tap(page, "save-found")
    see(page, "lacks")
    judge.look("new station")
    show(page, "stations")


def walk_outbox(stand: Stand, page: Page, judge: Judge, code: str) -> None:
    """The visit waits, is refused, mended and received; a draft stands beside it."""
    stand.line.cut()
    show(page, f"visit/{code}")
    tap(page, "save-visit")
    see(page, "outbox-count")
    judge.look("outbox waiting")
    body = json.dumps(REFUSED, ensure_ascii=False).encode()
    stand.line.fail(Say(method="PUT", path="/api/v1/inspections", status=422, body=body,
                        content_type="application/problem+json"))  # fmt: skip
    tap(page, "sync-now")
    see(page, f"mend-{code}")
    judge.look("outbox refused")
    stand.line.heal()
    tap(page, f"mend-{code}", "save-visit")
    see(page, f"receipt-{code}")
    judge.look("outbox received")
    show(page, f"visit/{code}")
    see(page, "visited-today")
    judge.look("visit again on the same day")


def walk_returned(stand: Stand, page: Page, judge: Judge, code: str) -> None:
    """The prefecture sends the visit back, with a mark on a question and on a photo."""
    now = dt.datetime.now(dt.UTC)
    with stand.sessions.begin() as session:
        station = stand.world.stations[code]
        visit = session.scalars(select(Inspection).where(Inspection.station_id == station)).one()
        photo = session.scalars(select(Photo).where(Photo.inspection_id == visit.id, Photo.purpose == "sign")).one()
        marks = [{"kind": "field", "name": "sign_wording", "note": "照片上看得清是“全国”"},
                 {"kind": "photo", "name": photo.sha256, "note": "招牌右边没拍全"}]  # fmt: skip
        wish = ReturnWish("请把招牌再拍一张。", marks)
        return_visit(session, stand.world.callers["yong"], visit.id, wish, questions=VISIT_QUESTIONS, now=now)
    sync(page)
    show(page, "stations")
    see(page, "returned")
    judge.look("list with a returned visit")
    show(page, f"visit/{code}")
    see(page, "returned-note")
    judge.look("visit returned")


def walk_pin(page: Page, judge: Judge) -> None:
    show(page, "about")
    see(page, "pin-begin")
    judge.look("about")
    tap(page, "pin-begin")
    page.get_by_test_id("pin-new").fill(PIN)
    tap(page, "pin-set")
    judge.look("new PIN")
    page.get_by_test_id("pin-again").fill(PIN)
    tap(page, "pin-set")
    see(page, "pin-is-set")
    judge.look("about with a PIN")
    page.reload()
    see(page, "locked")
    page.get_by_test_id("pin").fill("000000")
    tap(page, "pin-open")
    see(page, "pin-wrong")
    tap(page, "pin-forgotten")
    judge.look("locked")
    page.get_by_test_id("pin").fill(PIN)
    tap(page, "pin-open")
    see(page, "nav-outbox")


def walk_out(stand: Stand, page: Page, judge: Judge) -> None:
    with stand.sessions.begin() as session:
        device = session.scalars(select(Device).order_by(Device.id.desc()).limit(1)).one()
        revoke_device(session, stand.world.callers["jiang"], device.id, now=dt.datetime.now(dt.UTC))
    show(page, "outbox")
    expect(page.get_by_test_id("sync-now").or_(page.get_by_test_id("revoked"))).to_be_visible()
    # A round of its own may have heard of it already.
    page.evaluate("document.querySelectorAll('[data-testid=sync-now]').forEach((one) => one.click())")
    see(page, "revoked")
    judge.look("revoked")
