"""Staff try a phone's export, see what is in it, and read it in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.visits.tables import Inspection
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.outbox_making import whole_file
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_cut_off_file_is_tried_and_read_in(
    staff: Staff, world: World, sessions: sessionmaker[Session], size: tuple[int, int]
) -> None:
    lines = whole_file(world.accounts["chen"].id, world.accounts["tang"].id)
    file = {"name": "导出.ndjson", "mimeType": "application/x-ndjson", "buffer": b"".join(lines)[:-80]}
    page = staff.open("/quarantine", size=size)
    settle(page)
    page.get_by_test_id("outbox-open").click()
    page.get_by_test_id("outbox-file").set_input_files(file)
    page.get_by_test_id("outbox-try").click()
    expect(page.get_by_test_id("outbox-said")).to_contain_text("还没有保存任何内容")
    expect(page.get_by_test_id("outbox-cut")).to_be_visible()
    rows = page.get_by_test_id("outbox-entries").locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("新收 2")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    with sessions() as session:
        assert session.scalars(select(Inspection)).all() == []
    page.get_by_test_id("outbox-confirm").click()
    expect(page.get_by_test_id("outbox-said")).to_contain_text("已导入")
    expect(page.get_by_test_id("kept")).to_contain_text("草稿")
    with sessions() as session:
        assert len(session.scalars(select(Inspection)).all()) == 2
