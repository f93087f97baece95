"""Tang's phone in Chromium and everything around it, for tests of the owner's month."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.pages import files
from stations.people.enrolling import make_enrolment
from stations.records.months import SalesReport
from tests.world import World

# 2 November 2026, ten in the morning in China: October is open.
SECOND = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
AXE = files.PHONE.parent / "node_modules/axe-core/axe.min.js"


@dataclass
class Owner:
    """Tang's phone and everything around it; `taps` counts what a finger did since the app was opened."""

    browser: Browser
    address: str
    client: FlaskClient
    sessions: sessionmaker[Session]
    world: World
    complaints: list[str] = field(default_factory=list)
    context: BrowserContext | None = None
    taps: int = 0

    @property
    def page(self) -> Page:
        assert self.context is not None
        return self.context.pages[0]

    def enrol(self, *, lang: str = "zh-CN", scheme: Any = "light", size: tuple[int, int] = (360, 800)) -> Page:
        self.context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=lang, reduced_motion="reduce", color_scheme=scheme,
            timezone_id="Asia/Shanghai", has_touch=True,
        )  # fmt: skip
        self.context.clock.install(time=SECOND)
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        with self.sessions.begin() as session:
            account = self.world.accounts["tang"].id
            code = make_enrolment(session, self.world.callers["jiang"], account, now=SECOND, minutes=15).code
        page.goto(f"{self.address}/app/#enrol={code}")
        page.get_by_test_id("enrol-submit").click()
        page.get_by_test_id("month-due").wait_for()
        return page

    def reopen(self) -> Page:
        """Close the page and open the app again, as after the phone killed it."""
        assert self.context is not None
        self.page.close()
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.address}/app/")
        page.get_by_test_id("month-due").wait_for()
        self.taps = 0
        return page

    def tap(self, testid: str) -> None:
        self.page.get_by_test_id(testid).tap()
        self.taps += 1

    def put(self, form: dict[str, Any], who: str = "tang", period: str = "202610", **headers: str) -> None:
        named = {"Idempotency-Key": str(uuid.uuid4())} | {key.replace("_", "-"): said for key, said in headers.items()}
        url = f"/api/v1/sales-reports/JY001/{period}"
        answer = self.client.put(url, json=form, headers=self.world.as_phone(who) | named)
        assert answer.status_code == 201, answer.json

    def october(self) -> SalesReport:
        row = SalesReport
        with self.sessions() as session:
            wanted = select(row).where(row.station_id == self.world.stations["JY001"], row.period == 202610)
            return session.scalars(wanted).one()

    def _hear(self, said: ConsoleMessage) -> None:
        # A refusal (409) shows as an error in the console; that is the browser's, not ours.
        if said.type == "error" and "409" not in said.text:
            self.complaints.append(said.text)


def axe(page: Page) -> list[str]:
    """Give what axe finds on the screen."""
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate("axe.run().then((told) => told.violations.map((one) => one.id + ' ' + "
                                     "one.nodes.map((node) => node.target).join(' ')))")  # fmt: skip
    return found
