"""A handset: Chromium on a storage of its own, with a made-up camera and position, that can be killed."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from tests.chromium import CHROMIUM, QUIET

AT_THE_STATION = {"longitude": 111.3421, "latitude": 25.2711, "accuracy": 12.0}
CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
STOPS = Path(__file__).with_name("page_stops.js").read_text()
# Resolves when the service worker controls the page: from then on the app opens without a line.
CONTROLLED = """new Promise((done) => {
  const worker = navigator.serviceWorker
  if (worker.controller) done(true)
  else worker.addEventListener('controllerchange', () => done(true))
})"""


class Handset:
    """`page` is there after `open`; `kill` ends every process of the browser at once, `crash` only the page's."""

    def __init__(self, playwright: Playwright, folder: Path, address: str, *options: str) -> None:
        self.playwright, self.folder, self.address, self.options = playwright, folder, address, options
        self.context: BrowserContext | None = None
        self.page: Page = None  # type: ignore[assignment]
        self.complaints: list[str] = []
        self.ahead_s = 0.0
        self._stopped: list[dict[str, Any]] = []

    def open(self, screen: str = "", *, stop: dict[str, Any] | None = None) -> Page:
        """Open the app, as after the phone was switched on; `stop` is armed before the app's first line runs."""
        assert self.context is None
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder), executable_path=CHROMIUM, args=[*QUIET, *CAMERA, *self.options],
            viewport={"width": 360, "height": 740}, geolocation=AT_THE_STATION, locale="zh-CN",
            permissions=["geolocation", "camera"], timezone_id="Asia/Shanghai", reduced_motion="reduce",
        )  # fmt: skip
        if self.ahead_s:
            self.context.clock.install(time=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self.ahead_s))
        self.context.add_init_script(STOPS)
        if stop is not None:
            self.context.add_init_script(f"window.__stop = {json.dumps(stop)}")
        self._use(self.context.pages[0])
        self.page.goto(f"{self.address}/app/{screen}", wait_until="commit" if stop else "load")
        return self.page

    def arm(self, stop: dict[str, Any]) -> None:
        """Let the page stop dead when it comes to this point (see page_stops.js)."""
        self.page.evaluate(f"window.__stop = {json.dumps(stop)}")

    def crash(self) -> None:
        """Let the page's own process die, as when the system runs short of memory; the browser lives on."""
        with self.page.expect_event("crash"):
            session = self.page.context.new_cdp_session(self.page)
            session.send("Page.navigate", {"url": "chrome://crash"})

    def new_page(self) -> None:
        """Open the app again in the same browser, and forget the page that crashed."""
        assert self.context is not None
        crashed = self.page
        self._use(self.context.new_page())
        crashed.close()
        self.page.goto(f"{self.address}/app/")

    def wait_stopped(self) -> dict[str, Any]:
        """Give what the page showed when it stopped."""
        if not self._stopped:
            self.page.wait_for_event("console", lambda said: said.text.startswith("STOPPED "), timeout=15_000)
        return self._stopped.pop()

    def kill(self) -> None:
        """End all its processes at once, as a flat battery would."""
        if self.context is None:
            return
        group = os.getpgid(_main_process(self.folder))
        assert group != os.getpgid(0)
        os.killpg(group, signal.SIGKILL)
        self._forget()

    def close(self) -> None:
        """Close the app in good order."""
        if self.context is None:
            return
        self.context.close()
        self.context = None

    def _use(self, page: Page) -> None:
        self.page = page
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _forget(self) -> None:
        assert self.context is not None
        # It is gone already, which is the point.
        with suppress(PlaywrightError):
            self.context.close()
        self.context = None
        self._stopped.clear()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.text.startswith("STOPPED "):
            self._stopped.append(json.loads(said.text.removeprefix("STOPPED ")))
        elif said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            self.complaints.append(said.text)


def stop_point(hook: str, on: str, where: dict[str, Any] | None = None, skip: int = 0) -> dict[str, Any]:
    """Name a point: «before put», «kept delete»… and the table, or «answered» and the call; `where` is of the row."""
    return {"hook": hook, "on": on, "where": where, "skip": skip}


def _main_process(folder: Path) -> int:
    """Give the process id of the browser that works on this folder."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue  # it ended while we looked
        if f"--user-data-dir={folder}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            return int(entry.parent.name)
    raise AssertionError(f"no browser works on {folder}")
