"""A closed door on both databases: five taps and one photo from the page's own camera, synced, seen by the county."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.conftest import Backend
from tests.phone.conftest import Stand, standing
from tests.phone.stand.visiting import held_by

pytestmark = pytest.mark.browser


@pytest.fixture
def both(playwright: Playwright, backend: Backend, tmp_path: Path) -> Iterator[Stand]:
    with standing(playwright, tmp_path, backend.url) as built:
        yield built


def test_a_closed_door_from_the_list_to_the_county(both: Stand) -> None:
    phone = both.phone()
    page = phone.page
    both.line.cut()
    page.get_by_test_id("station-JY001").click()
    page.get_by_test_id("field-observed_state-closed_at_visit").click()
    page.get_by_test_id("photo-closed_door-camera").click()
    shutter = page.get_by_test_id("camera-shoot")
    expect(shutter).to_have_attribute("aria-disabled", "false")
    shutter.click()
    # The made-up camera shows a drawing, of which the phone may well say that it is not sharp.
    anyway = page.get_by_test_id("photo-keep-anyway")
    expect(anyway.or_(page.locator("li[data-testid=shot-closed_door]"))).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(page.locator("li[data-testid=shot-closed_door]")).to_be_visible()
    page.get_by_test_id("save-visit").click()
    expect(page.get_by_test_id("outbox-count")).to_have_text("1")
    held = held_by(page)
    assert (len(held.records), len(held.photos)) == (1, 1)
    both.remember(held)
    both.line.heal()
    page.get_by_test_id("sync-now").click()
    both.all_arrived(phone)
    expect(page.get_by_test_id("receipt-JY001")).to_be_visible()
    _status, listed = both.server.ask("/inspections?station_code=JY001", both.world.as_phone("jiang"))
    assert [(one["id"], one["observed_state"], one["state"]) for one in listed["inspections"]] == [
        (next(iter(held.records)), "closed_at_visit", "complete")
    ]
    assert phone.complaints == []
