"""A province's 15,000 stations as PNG, SVG and PDF by the door, beside a screenshot of the map's page in Chromium."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlalchemy import text

from api.app import create_app
from api.config import Config
from benchmarks.http import served
from benchmarks.maps._seed import place
from benchmarks.months_seed import seeded
from db import make_engine

PORT, ROUNDS, BOUND_S = 8878, 3, 1.0
TOKEN = "bench-picture"  # noqa: S105  # of a database that is thrown away
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def run() -> None:
    """Time the three forms and the screenshot, best of three; the first picture of a process is told apart."""
    url = seeded("sqlite", "province", months=30)
    place(url)
    sign_in(url)
    with tempfile.TemporaryDirectory(prefix="cunzhan-picture-") as folder:
        app = create_app(Config(database_url=url, var_dir=Path(folder), photo_store_url=Path(folder).as_uri()))
        client = app.test_client()
        client.set_cookie("cunzhan_session", TOKEN)

        def ask(form: str) -> Callable[[], None]:
            def once() -> None:
                answer = client.get(f"/api/v1/maps/picture.{form}?unit=43")
                assert answer.status_code == 200, answer.get_data(as_text=True)

            return once

        print(f"first PNG of the process, outlines and letters read {_took(ask('png')):.2f} s")
        best = {form: min(_took(ask(form)) for _ in range(ROUNDS)) for form in ("png", "svg", "pdf")}
        with served("api.app:create_app()", PORT, {"DATABASE_URL": url, "CUNZHAN_VAR": folder}):
            screenshot = min(_took(_photograph) for _ in range(ROUNDS))
    for form, took in best.items():
        print(f"15,000 stations, {form}  ours {took:.2f} s  peer {screenshot:.2f} s (screenshot, playwright "
              f"{version('playwright')})  ratio {took / screenshot:.2f}  bound {BOUND_S} s  "
              f"{'kept' if took <= BOUND_S else 'NOT KEPT'}")  # fmt: skip


def sign_in(url: str) -> None:
    """Open a browser's session of the province."""
    engine, now = make_engine(url), dt.datetime.now(dt.UTC)
    with engine.begin() as connection:
        connection.execute(
            text("insert into staff_session (token_sha256, account_id, csrf_token, created_at, expires_at) "
                 "values (:token, 1, 'none', :now, :later)"),
            {"token": hashlib.sha256(TOKEN.encode()).hexdigest(), "now": now.replace(tzinfo=None).isoformat(" "),
             "later": (now + dt.timedelta(days=1)).replace(tzinfo=None).isoformat(" ")},
        )  # fmt: skip
    engine.dispose()


def _took(what: Callable[[], None]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def _photograph() -> None:
    """Start Chromium, open the province's map, wait until it is drawn, and take its picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(viewport={"width": 1600, "height": 1130})
        context.add_cookies([{"name": "cunzhan_session", "value": TOKEN, "url": f"http://127.0.0.1:{PORT}"}])
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{PORT}/?unit=43&show=dots")
        page.wait_for_selector(".stations-canvas[data-state=drawn]")
        page.screenshot()
        browser.close()
