"""A server with many stations, a line that counts bytes, and a phone with a made-up camera that looks at a sign."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from api.schema import upgrade
from db import make_engine
from tests.phone.conftest import Stand, standing
from tests.phone.stand.scene import write_camera
from tests.world import add_station

STATIONS = 3_000
_COUNTED = """async (wanted) => (await new Promise((done) => {
  const asked = indexedDB.open('cunzhan')
  asked.onsuccess = () => {
    const counted = asked.result.transaction('stations').objectStore('stations').count()
    counted.onsuccess = () => { asked.result.close(); done(counted.result) }
  }
})) >= wanted"""
VILLAGE, PATH = "431125100201", "/CN/43/4311/431125/431125100/431125100201/"


@contextmanager
def phone_stand(stations: int = STATIONS) -> Iterator[Stand]:
    """Give a stand whose inspector has so many stations, spread over 40 km."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        url = f"sqlite:///{folder / 'server.db'}"
        engine = make_engine(url)
        upgrade(engine)
        engine.dispose()
        with standing(playwright, folder, url) as built:
            now = dt.datetime.now(dt.UTC)
            with built.sessions.begin() as session:
                for number in range(stations - len(built.world.stations)):
                    where = (111.2 + (number % 60) / 150, 25.1 + (number // 60) / 130)
                    add_station(session, f"B{number:05}", f"第{number}电商服务点", VILLAGE, PATH, *where, now)
            yield built


def camera_options(folder: Path) -> tuple[str, ...]:
    """Give Chromium's options for a camera that looks at a sign with a busy street behind it."""
    return (f"--use-file-for-fake-video-capture={write_camera(folder / 'camera.mjpeg')}",)


def wait_for_stations(page: Page, count: int = STATIONS) -> None:
    """Wait until so many stations lie on the phone."""
    page.wait_for_function(_COUNTED, arg=count, timeout=180_000)


def slowed(page: Page, times: int) -> None:
    """Slow the page's processor down so many times."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})
