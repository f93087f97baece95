"""Turning visits over in Chromium: from the key to the painted picture, with the application on loopback."""

from __future__ import annotations

import datetime as dt
import hashlib
import statistics
import tempfile
import threading
from pathlib import Path

from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from api.app import create_app
from api.config import Config
from api.schema import upgrade
from benchmarks.maps.pages import Quiet
from stations.people.tables import StaffSession
from tests.browser import review_scene as scene
from tests.chromium import CHROMIUM, QUIET
from tests.conftest import NOON
from tests.world import World, build_world

TURNS = 5
TOOK = "performance.getEntriesByName('review-next').map((one) => one.duration)"


def turn_over() -> None:
    """Go through the scene's visits by key, five times, and print what it took."""
    with tempfile.TemporaryDirectory(prefix="cunzhan-review-") as folder:
        app = _application(Path(folder))
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        took = _turns(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    print(f"next visit, key to paint: {statistics.median(took):.0f} ms (slowest of {len(took)}: {max(took):.0f})")


def _application(folder: Path) -> Flask:
    url = f"sqlite:///{folder / 'review.db'}"
    app = create_app(Config(url, folder, (folder / "photos").as_uri()), clock=lambda: NOON)
    upgrade(app.extensions["cunzhan_engine"])
    with app.extensions["cunzhan_sessions"].begin() as session:
        world: World = build_world(session, NOON)
        digest = hashlib.sha256(b"bench").hexdigest()
        session.add(StaffSession(token_sha256=digest, account_id=world.accounts["yong"].id, csrf_token="csrf",
                                 created_at=NOON, expires_at=NOON + dt.timedelta(hours=12)))  # fmt: skip
    scene.lay(app, world)
    return app


def _turns(address: str) -> list[float]:
    took: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "cunzhan_session", "value": "bench", "url": address}])
        page = context.new_page()
        for _ in range(TURNS):
            page.goto(f"{address}/review", wait_until="networkidle")
            for visit_id in scene.WAITING[1:]:
                page.keyboard.press("j")
                page.wait_for_selector(f"[data-visit='{visit_id}']")
                page.wait_for_timeout(400)
            took += page.evaluate(TOOK)
        browser.close()
    return took
