"""Real Chromium against the real application on loopback; any other address, any error on the console, fails."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import WSGIRequestHandler, make_server

from stations.people.tables import StaffSession
from tests.chromium import CHROMIUM, QUIET
from tests.conftest import NOON, missing
from tests.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).resolve().parents[2]
DESK, PHONE = (1280, 800), (390, 844)


class Silent(WSGIRequestHandler):
    """Says nothing about each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        missing("chromium")
    if not (ROOT / "web_map/static/shelf/leaflet/leaflet.js").is_file():
        missing("the shelf (npm run shelf in field_app)")
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield started
    started.close()


def _answered_whole(app: Flask) -> WSGIApplication:
    """The application, its answers read and closed before they are sent.

    Werkzeug's server closes an answer only after it has drained the connection; where the browser has gone in the
    meantime, the file behind the answer would stay open.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        body = app(environ, start_response)
        try:
            return [b"".join(body)]
        finally:
            if (close := getattr(body, "close", None)) is not None:
                close()

    return answer


@pytest.fixture
def live_server(app: Flask, world: World) -> Iterator[str]:
    """The application on a free port of loopback, in a thread of this process; gives its address."""
    server = make_server("127.0.0.1", 0, _answered_whole(app), threaded=True, request_handler=Silent)
    # The end waits for answers still under way: cut off, they would leave open files and connections behind.
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Staff:
    """People at their desks: `open` gives a page on which somebody is signed in; `complaints` must stay empty."""

    browser: Browser
    address: str
    sessions: sessionmaker[Session]
    world: World
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str, person: str | None = "jiang", *, size: tuple[int, int] = DESK, lang: str = "zh") -> Page:
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        self.contexts.append(context)
        if person is not None:
            context.add_cookies([{"name": "cunzhan_session", "value": self._signed_in(person), "url": self.address}])
        context.add_cookies([{"name": "cunzhan_lang", "value": lang, "url": self.address}])
        page = context.new_page()
        context.route(lambda url: not url.startswith((self.address, "data:", "blob:")), self._refuse)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + path)
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)

    def _refuse(self, route: Route) -> None:
        self.complaints.append(f"asked another host: {route.request.url}")
        route.abort()

    def _signed_in(self, person: str) -> str:
        token = f"browser-of-{person}"
        digest = hashlib.sha256(token.encode()).hexdigest()
        with self.sessions.begin() as session:
            if session.get(StaffSession, digest) is None:
                account, until = self.world.accounts[person], NOON + dt.timedelta(hours=12)
                session.add(StaffSession(token_sha256=digest, account_id=account.id, csrf_token="csrf",
                                         created_at=NOON, expires_at=until))  # fmt: skip
        return token


@pytest.fixture
def staff(browser: Browser, live_server: str, sessions: sessionmaker[Session], world: World) -> Iterator[Staff]:
    """Staff at their desks; at the end nothing may have been asked of another host or complained of."""
    at_work = Staff(browser, live_server, sessions, world)
    yield at_work
    for context in at_work.contexts:
        context.close()
    assert at_work.complaints == []
