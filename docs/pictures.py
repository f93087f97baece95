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
        take(desk, "/devices", "devices")
        take(desk, "/quarantine", "quarantine")
        take(desk, "/jobs", "jobs")
        take_map(signed_in(browser, accounts, "xian", PHONE), "map-phone")
        take_map(signed_in(browser, accounts, "sheng", DESK), "map-province")
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
