"""`make screenshots`: start the demonstration in a temporary folder and photograph its screens for the papers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from api.demonstration.people import DemoAccounts, read

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/pictures"
PORT = 8874
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        accounts = read(Path(folder) / "demo-accounts.json")
        assert accounts is not None
        desk = signed_in(browser, accounts, "xian", DESK)
        take_map(desk, "map")
        take(desk, "/stations", "stations")
        take(desk, "/stations/431125V003", "station")
        take(desk, "/ledger", "ledger")
        take_whole(desk, "/months", "month")
        take_whole(desk, "/figures", "rates")
        take_whole(desk, "/survival", "survival")
        take_whole(desk, "/coverage", "coverage")
        take_whole(desk, "/doubts", "doubts")
        for theme in ("funnel", "gaps", "alignment", "siting"):
            desk.goto(f"http://127.0.0.1:{PORT}/maps/{theme}")
            take_map(desk, f"map-{theme}")
        take_whole(desk, "/planning", "planning")
        take_whole(desk, "/network", "network")
        take_whole(desk, "/places", "places")
        take(desk, "/devices", "devices")
        take(desk, "/quarantine", "quarantine")
        take(desk, "/jobs", "jobs")
        phone = signed_in(browser, accounts, "xian", PHONE)
        take_map(phone, "map-phone")
        take_whole(phone, "/months", "month-phone")
        take_whole(phone, "/survival", "survival-phone")
        take_whole(phone, "/coverage", "coverage-phone")
        take_map(signed_in(browser, accounts, "sheng", DESK), "map-province")
        take_panel(desk)
        take_phone(browser, desk)
        take_review(signed_in(browser, accounts, "shi", DESK))
        browser.close()


def signed_in(browser: Browser, accounts: DemoAccounts, username: str, size: dict[str, int]) -> Page:
    """Sign in through the page, as a person does."""
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{PORT}/login")
    page.get_by_test_id("username").fill(username)
    page.get_by_test_id("password").fill(accounts.password)
    page.get_by_test_id("sign-in").click()
    page.wait_for_url(f"http://127.0.0.1:{PORT}/")
    return page


def take_map(page: Page, name: str) -> None:
    page.locator(".stations-canvas[data-state=drawn]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def take(page: Page, path: str, name: str) -> None:
    page.goto(f"http://127.0.0.1:{PORT}{path}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def take_whole(page: Page, path: str, name: str) -> None:
    """A page with charts and tables, down to its end, at most four screens."""
    page.goto(f"http://127.0.0.1:{PORT}{path}")
    page.wait_for_load_state("networkidle")
    size = page.viewport_size or DESK
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True,
                    clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"] * 4})  # fmt: skip
    print(f"docs/pictures/{name}.png")


def take_panel(desk: Page) -> None:
    """The panel that a click on a station opens, found through the list beside the map."""
    desk.goto(f"http://127.0.0.1:{PORT}/")
    desk.locator(".stations-canvas[data-state=drawn]").wait_for(state="attached")
    desk.get_by_test_id("list-toggle").click()
    desk.get_by_test_id("list-stations").get_by_role("button").first.click()
    desk.get_by_test_id("panel-photo").wait_for()
    desk.wait_for_load_state("networkidle")
    desk.screenshot(path=PICTURES / "map-panel.png")
    print("docs/pictures/map-panel.png")


def take_review(desk: Page) -> None:
    """One visit to be settled; the worker has to have read its sign, which it does after the older ones."""
    desk.goto(f"http://127.0.0.1:{PORT}/review")
    for _ in range(90):
        if desk.get_by_test_id("review-sign").locator("img").count():
            break
        desk.wait_for_timeout(2_000)
        desk.reload()
        desk.wait_for_load_state("networkidle")
    desk.wait_for_load_state("networkidle")
    desk.screenshot(path=PICTURES / "review.png")
    print("docs/pictures/review.png")


def take_phone(browser: Browser, desk: Page) -> None:
    """Let a phone in with a code from the staff page, and photograph its list and a visit."""
    desk.goto(f"http://127.0.0.1:{PORT}/devices")
    desk.get_by_test_id("enrol-jiancha").click()
    code = desk.get_by_test_id("enrolment-code").inner_text()
    here = {"longitude": 111.3473, "latitude": 25.2703, "accuracy": 12.0}
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", geolocation=here,
                                  permissions=["geolocation"])  # fmt: skip
    phone = context.new_page()
    phone.goto(f"http://127.0.0.1:{PORT}/app/")
    phone.get_by_test_id("enrol-code").fill(code)
    phone.get_by_test_id("enrol-submit").click()
    phone.get_by_test_id("station-431125V003").wait_for()
    phone.get_by_test_id("nearest-first").click()
    phone.wait_for_load_state("networkidle")
    phone.screenshot(path=PICTURES / "phone-stations.png")
    phone.get_by_test_id("station-431125C001").click()
    phone.get_by_test_id("field-observed_state-open_operating").click()
    phone.screenshot(path=PICTURES / "phone-visit.png")
    print("docs/pictures/phone-stations.png, phone-visit.png")


@contextmanager
def demonstration(folder: Path) -> Iterator[None]:
    """Run what `make run` runs, on a database of its own."""
    env = os.environ | {"CUNZHAN_VAR": str(folder), "PORT": str(PORT), "DATABASE_URL": f"sqlite:///{folder}/demo.db"}
    command = [sys.executable, "-u", "-m", "api.serving"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C" in line:
            break
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


if __name__ == "__main__":
    main()
