"""One state of a screen judged in both lights and at both sizes: by axe, by a thumb, by an eye in the sun."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import missing
from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset
from tests.phone.stand.server import ROOT

AXE = ROOT / "field_app/node_modules/axe-core/axe.min.js"
JUDGES = Path(__file__).with_suffix(".js")
NARROW, WIDER = {"width": 360, "height": 800}, {"width": 412, "height": 915}
# The dark light changes colours and nothing else.
_IN_THE_DARK = "{ runOnly: ['color-contrast'] }"
_FAULTS = """axe.run(document, %s).then((told) => told.violations.map((one) =>
    `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`))"""


class Judge:
    """Looks at a page where the test stops it; `wrong` is what was found, by the state's name, light and width."""

    def __init__(self, page: Page, lang: str) -> None:
        if not AXE.is_file():
            missing("axe-core (npm ci in field_app)")
        self.page, self.lang = page, lang
        self.wrong: dict[str, list[str]] = {}
        self.states: list[str] = []

    def look(self, name: str) -> None:
        """Judge what is on the screen now, light first; the page is left light and narrow."""
        page = self.page
        if not page.evaluate("'axe' in window && '__wrong' in window"):
            # Through the debugger, which the page's policy does not bind.
            page.evaluate(AXE.read_text() + ";0")
            page.evaluate(JUDGES.read_text() + ";0")
        self.states.append(name)
        self._note(f"{name}, light", page.evaluate(_FAULTS % "{}") + page.evaluate("__wrong()"))
        if page.evaluate("document.documentElement.lang") != self.lang:
            self._note(name, [f"not in {self.lang}"])
        page.set_viewport_size(WIDER)  # type: ignore[arg-type]  # its own kind of dictionary
        self._note(f"{name}, wider", page.evaluate("__wrong()"))
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark")
        self._note(f"{name}, dark", page.evaluate(_FAULTS % _IN_THE_DARK) + page.evaluate("__wrong()"))
        page.emulate_media(color_scheme="light")

    def _note(self, where: str, found: list[str]) -> None:
        if found:
            self.wrong[where] = found

    def assert_nothing(self) -> None:
        """Fail with everything that was found on the whole walk."""
        assert self.wrong == {}, json.dumps(self.wrong, ensure_ascii=False, indent=1)


def begin_walk(stand: Stand, name: str, lang: str, *options: str) -> tuple[Handset, Judge]:
    """Give a phone that nobody is enrolled on yet, in the wished language, and its judge."""
    phone = stand.phones[name] = Handset(stand.playwright, stand.folder / name, stand.line.address, *options)
    phone.ahead_s = stand.ahead_s
    page = phone.open()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.get_by_test_id(f"language-{lang}").click()
    expect(page.get_by_test_id(f"language-{lang}")).to_have_attribute("aria-pressed", "true")
    return phone, Judge(page, {"zh": "zh-CN", "en": "en"}[lang])


def show(page: Page, screen: str) -> None:
    """Go to a screen by its address."""
    page.evaluate(f"location.hash = '#/{screen}'")


def see(page: Page, *testids: str) -> None:
    """Wait until all of these are on the screen."""
    for testid in testids:
        expect(page.get_by_test_id(testid).first).to_be_visible()


def tap(page: Page, *testids: str) -> None:
    for testid in testids:
        page.get_by_test_id(testid).click()
