"""The phone as an installed app: it can be installed, opens without a line, and updates itself keeping a draft."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from inspections.visits.tables import Inspection
from tests.phone.conftest import Stand
from tests.phone.stand.deaths import NEW_QUESTION
from tests.phone.stand.handset import Handset
from tests.phone.stand.server import BUILT
from tests.phone.stand.visiting import add_photo, begin_visit, choose, held_by, save_visit, settled, sync

pytestmark = pytest.mark.browser


def test_the_browser_finds_nothing_against_installing_it(phone: Handset) -> None:
    devtools = phone.page.context.new_cdp_session(phone.page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/app/manifest.webmanifest")
    assert devtools.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}


def test_it_opens_without_a_line_from_its_worker(stand: Stand, phone: Handset) -> None:
    stand.line.cut()
    phone.kill()
    passed = len(stand.line.exchanges)
    page = phone.open()
    expect(page.get_by_test_id("station-JY001")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert {one.status for one in stand.line.exchanges[passed:]} <= {0}, "something came over a line that is cut"


def test_an_update_keeps_a_draft(stand: Stand, phone: Handset, tmp_path: Path) -> None:
    code = stand.station()
    begin_visit(phone.page, code)
    choose(phone.page, "observed_state", "closed_at_visit")
    add_photo(phone.page, "closed_door", stand.picture())
    before = held_by(phone.page).draft_at(code)
    stand.server.start(phone=next_build(tmp_path / "dist"))
    try:
        # Opening the app is what makes the browser look for a new worker; the old version goes on until it is taken.
        phone.page.reload()
        assert build_of(phone.page) == "A"
        phone.page.get_by_test_id("take-new-version").click()
        expect(phone.page.locator("meta[name=build]")).to_have_count(1)
        assert build_of(phone.page) == "B"
        assert held_by(phone.page).draft_at(code) == before
        expect(phone.page.get_by_test_id("shot-closed_door")).to_have_count(1)
        save_visit(phone.page)
        stand.remember(held_by(phone.page))
        stand.all_arrived(phone)
    finally:
        stand.server.start(phone=BUILT)


def test_a_draft_begun_on_a_form_is_finished_on_it(stand: Stand, phone: Handset) -> None:
    code = stand.station()
    begin_visit(phone.page, code)
    choose(phone.page, "observed_state", "not_assessed")
    draft = held_by(phone.page).draft_at(code)
    stand.server.start(form_mark="-next")
    settled(phone.page, sync(phone.page))
    begin_visit(phone.page, stand.station())
    expect(phone.page.get_by_test_id(f"field-{NEW_QUESTION}")).to_be_visible()

    begin_visit(phone.page, code)
    expect(phone.page.get_by_test_id("field-observed_state")).to_be_visible()
    expect(phone.page.get_by_test_id(f"field-{NEW_QUESTION}")).to_have_count(0)
    save_visit(phone.page)
    stand.server.start()
    stand.remember(held_by(phone.page))
    sync(phone.page)
    stand.all_arrived(phone)
    with stand.sessions() as session:
        arrived = session.scalars(select(Inspection).where(Inspection.id == draft["id"])).one()
    assert arrived.form_version == draft["form_version"]
    assert not arrived.form_version.endswith("-next")


def build_of(page: Page) -> str:
    return "B" if page.locator("meta[name=build]").count() else "A"


def next_build(folder: Path) -> Path:
    """Give the same build with another mark: another page, and so another revision in the worker's list."""
    shutil.copytree(BUILT, folder)
    shell = folder / "index.html"
    shell.write_text(shell.read_text().replace("<head>", '<head><meta name="build" content="B">', 1))
    worker = folder / "sw.js"
    named, count = re.subn(
        r'("revision":")[0-9a-f]{32}(","url":"index.html")', rf"\g<1>{'b' * 32}\2", worker.read_text()
    )
    assert count == 1
    worker.write_text(named)
    return folder
