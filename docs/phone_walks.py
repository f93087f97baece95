"""Two walks through the phone, each stopping at every screen and every state that looks different."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from docs.phone_desk import Desk
from docs.phone_shots import Shooter

NEAR, CLOSED = "431125C001", "431125V003"
PIN = "246810"
# A phone held at an angle, as its sensor would say.
TILTED = "dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha: 0, beta: 70, gamma: -40 }))"


def walk_inspector(shot: Shooter, desk: Desk, dark: Path) -> None:
    page = shot.page
    shot.shoot("enrol")
    page.get_by_test_id("enrol-code").fill("WRONG-CODE")
    page.get_by_test_id("enrol-submit").click()
    page.get_by_test_id("enrol-problem").wait_for()
    shot.shoot("enrol-refused")
    _give_work(desk)
    page.get_by_test_id("enrol-code").fill(desk.code_for("jiancha"))
    page.get_by_test_id("enrol-submit").click()
    page.get_by_test_id("tasks").wait_for()
    _synced(page)
    shot.shoot("list", whole=True)
    page.get_by_test_id("nearest-first").click()
    page.get_by_test_id("near").get_by_role("link").first.wait_for()
    shot.shoot("list-near", whole=True)
    page.get_by_test_id("station-search").fill("没有这个村")
    shot.shoot("list-nothing-found")
    page.get_by_test_id("station-search").fill("")
    _walk_map(shot)
    _walk_visit(shot, dark)
    _walk_found(shot)
    _walk_outbox(shot)
    _walk_returned(shot, desk)
    _walk_lock(shot)
    device = max(desk.ask("xian", "GET", "/devices"), key=lambda one: int(one["id"]))
    desk.ask("xian", "DELETE", f"/devices/{device['id']}")
    _go(page, "outbox")
    page.get_by_test_id("sync-now").click()
    page.get_by_test_id("revoked").wait_for()
    shot.shoot("revoked", whole=True)


def walk_owner(shot: Shooter, desk: Desk, code: str) -> None:
    page = shot.page
    page.get_by_test_id("enrol-code").fill(code)
    page.get_by_test_id("enrol-submit").click()
    page.get_by_test_id("month-nil").wait_for()
    _synced(page)
    _go(page, "month")
    shot.shoot("month", whole=True)
    page.get_by_test_id("field-online_sales_out").fill("1.2万")
    shot.shoot("month-ten-thousand", whole=True)
    page.get_by_test_id("field-online_sales_out").fill("14530000")
    page.get_by_test_id("ask-online_sales_out").wait_for()
    shot.shoot("month-slip", whole=True)
    page.get_by_test_id("field-online_sales_out").fill("")
    page.get_by_test_id("month-send").click()
    shot.shoot("month-lacks", whole=True)
    page.get_by_test_id("month-nil").click()
    shot.shoot("month-nil", whole=True)
    page.get_by_test_id("month-send").click()
    _synced(page)
    _go(page, "month")
    shot.shoot("month-received", whole=True)
    _go(page, "outbox")
    shot.shoot("owner-outbox", whole=True)
    _go(page, "about")
    shot.shoot("owner-about", whole=True)


def _give_work(desk: Desk) -> None:
    """Assign two visits."""
    due = (dt.datetime.now(dt.UTC) + dt.timedelta(days=5)).date().isoformat()
    wish: dict[str, Any] = {"account_id": desk.account_of("jiancha"), "stations": [NEAR, CLOSED], "due_on": due,
                            "method": "site_visit", "reason": "三个月没有报数"}  # fmt: skip
    desk.ask("xian", "POST", "/visit-tasks", wish)


def _walk_map(shot: Shooter) -> None:
    page = shot.page
    _go(page, "map")
    page.get_by_test_id("map-canvas").wait_for()
    shot.shoot("map")
    page.get_by_test_id("map-count").wait_for()
    page.locator("[data-testid^=map-station-]").first.click()
    page.get_by_test_id("map-chosen").wait_for()
    shot.shoot("map-chosen")


def _walk_visit(shot: Shooter, dark: Path) -> None:
    page = shot.page
    _go(page, f"visit/{NEAR}")
    page.get_by_test_id("save-visit").wait_for()
    shot.shoot("visit", whole=True)
    page.get_by_test_id("save-visit").click()
    page.get_by_test_id("lacks").wait_for()
    shot.shoot("visit-lacks", whole=True)
    page.get_by_test_id("field-observed_state-open_operating").click()
    page.get_by_test_id("field-services-parcel").click()
    page.get_by_test_id("field-sign_wording-left-not_seen").click()
    shot.shoot("visit-open", whole=True)
    page.get_by_test_id("guide-choose").click()
    shot.shoot("visit-guides")
    page.get_by_test_id("photo-sign-camera").click()
    expect(page.get_by_test_id("camera-shoot")).to_have_attribute("aria-disabled", "false")
    shot.shoot("camera")
    page.get_by_test_id("camera-shoot").click()
    page.get_by_test_id("shot-sign").wait_for()
    page.get_by_test_id("photo-inside-camera").click()
    expect(page.get_by_test_id("camera-shoot")).to_have_attribute("aria-disabled", "false")
    page.evaluate(TILTED)
    page.get_by_test_id("camera-shoot").click()
    page.get_by_test_id("photo-doubtful").wait_for()
    shot.shoot("photo-doubtful")
    page.get_by_test_id("photo-again").click()
    page.get_by_test_id("camera-close").click()
    page.get_by_test_id("photo-inside-file").set_input_files(dark)
    page.get_by_test_id("shot-inside").wait_for()
    page.get_by_test_id("shot-sign-open").click()
    page.get_by_test_id("viewer-close").wait_for()
    shot.shoot("photo-marked")
    page.get_by_test_id("viewer-close").click()
    shot.shoot("visit-filled", whole=True)


def _walk_returned(shot: Shooter, desk: Desk) -> None:
    """The prefecture sends the visit back, with a mark on a question and on a photo."""
    page = shot.page
    visit = desk.ask("shi", "GET", f"/inspections?station={NEAR}")["inspections"][0]
    marks = [{"kind": "field", "name": "sign_wording", "note": "照片上看得清是“全国”"},
             {"kind": "photo", "name": visit["photos"][0]["sha256"], "note": "招牌右边没拍全"}]  # fmt: skip
    desk.ask("shi", "POST", f"/inspections/{visit['id']}/return", {"note": "请把招牌再拍一张。", "marks": marks})
    _go(page, "outbox")
    page.get_by_test_id("sync-now").click()
    _synced(page)
    _go(page, "stations")
    page.get_by_test_id("returned").wait_for()
    shot.shoot("list-returned")
    _go(page, f"visit/{NEAR}")
    page.get_by_test_id("returned-note").wait_for()
    shot.shoot("visit-returned", whole=True)


def _walk_found(shot: Shooter) -> None:
    page = shot.page
    _go(page, "found")
    page.get_by_test_id("alike").wait_for()
    shot.shoot("found-alike", whole=True)
    page.get_by_test_id("none-of-these").click()
    page.get_by_test_id("save-found").wait_for()
    shot.shoot("found", whole=True)


def _walk_outbox(shot: Shooter) -> None:
    """One visit that waits without a line, one that the server refuses, then everything received."""
    page = shot.page
    context = page.context
    context.set_offline(True)
    _go(page, f"visit/{NEAR}")
    page.get_by_test_id("save-visit").click()
    page.get_by_test_id("outbox-count").wait_for()
    shot.shoot("outbox-waiting", whole=True)
    context.set_offline(False)

    def refuse(route: Route) -> None:
        route.fulfill(status=422, json={"code": "BAD_INPUT", "status": 422, "message": "提交的内容有误。",
                                        "message_en": "Some of the input is wrong.", "hint_zh": "", "hint_en": "",
                                        "errors": {"note": ["太长 / too long"]}, "details": {}})  # fmt: skip

    page.route("**/api/v1/inspections/*", refuse)
    page.get_by_test_id("sync-now").click()
    page.locator("[data-testid^=mend-]").first.wait_for()
    shot.shoot("outbox-refused", whole=True)
    page.unroute("**/api/v1/inspections/*")
    page.locator("[data-testid^=mend-]").first.click()
    page.get_by_test_id("save-visit").click()
    page.get_by_test_id("outbox-count").wait_for()
    _synced(page)
    expect(page.get_by_test_id("outbox-count")).to_have_text("0", timeout=60_000)
    shot.shoot("outbox-received", whole=True)


def _walk_lock(shot: Shooter) -> None:
    page = shot.page
    _go(page, "about")
    shot.shoot("about", whole=True)
    page.get_by_test_id("pin-begin").click()
    page.get_by_test_id("pin-new").fill(PIN)
    page.get_by_test_id("pin-again").fill("135791")
    page.get_by_test_id("pin-set").click()
    shot.shoot("pin-new", whole=True)
    page.get_by_test_id("pin-again").fill(PIN)
    page.get_by_test_id("pin-set").click()
    page.get_by_test_id("pin-is-set").wait_for()
    page.reload()
    page.get_by_test_id("locked").wait_for()
    page.get_by_test_id("pin").fill("000000")
    page.get_by_test_id("pin-open").click()
    page.get_by_test_id("pin-wrong").wait_for()
    shot.shoot("locked")
    page.get_by_test_id("pin").fill(PIN)
    page.get_by_test_id("pin-open").click()
    page.get_by_test_id("nav-outbox").wait_for()


def _go(page: Page, screen: str) -> None:
    page.evaluate(f"location.hash = '#/{screen}'")


def _synced(page: Page) -> None:
    """Wait for the round to end, on whatever screen."""
    expect(page.get_by_test_id("line-state")).not_to_have_class("line is-running", timeout=60_000)
