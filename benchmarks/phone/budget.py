"""What a day costs: ten visits with twenty photos of a busy street, sent and synced, every byte counted at the line."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from benchmarks.phone._stand import camera_options, phone_stand, wait_for_stations
from benchmarks.phone.taps import Counted
from tests.phone.conftest import Stand

MOST_UP, MOST_DOWN, MOST_AGAIN = 8_000_000, 200_000, 2_000
VISITS = 10


def run() -> None:
    """Print the bytes of the first sync, of a day's work, and of a sync with nothing new."""
    with phone_stand() as stand:
        phone = stand.phone("chen", "chen", *camera_options(stand.folder))
        page = phone.page
        wait_for_stations(page)
        _sync(stand, page)
        print(f"  first sync, 3,000 stations: {_passed(stand)}", flush=True)
        for number in range(VISITS):
            hand = Counted(page)
            page.evaluate(f"location.hash = '#/visit/B{number:05}'")
            hand.tap("field-observed_state-open_operating")
            hand.tap("field-services-parcel")
            hand.tap("field-sign_wording-national")
            hand.photograph("sign")
            hand.photograph("inside")
            hand.tap("save-visit")
            expect(page.get_by_test_id("outbox-count")).to_be_visible(timeout=30_000)
        _sync(stand, page)
        up, down = _bytes(stand)
        print(f"  {VISITS} visits, {2 * VISITS} photos: {up / 1e6:.2f} MB up (bound {MOST_UP / 1e6:.0f}), "
              f"{down / 1e3:.0f} kB down (bound {MOST_DOWN / 1e3:.0f})", flush=True)  # fmt: skip
        stand.line.exchanges.clear()
        _sync(stand, page)
        up, down = _bytes(stand)
        print(f"  a sync with nothing new: {up + down} bytes in {len(stand.line.exchanges)} requests, heads included "
              f"(bound {MOST_AGAIN})")  # fmt: skip


def _sync(stand: Stand, page: Page) -> None:
    page.evaluate("location.hash = '#/outbox'")
    page.get_by_test_id("sync-now").click()
    expect(page.get_by_test_id("outbox-count")).to_have_text("0", timeout=300_000)
    expect(page.get_by_test_id("sync-now")).to_have_attribute("aria-disabled", "false", timeout=60_000)


def _bytes(stand: Stand) -> tuple[int, int]:
    return sum(one.up for one in stand.line.exchanges), sum(one.down for one in stand.line.exchanges)


def _passed(stand: Stand) -> str:
    """Say what passed the line so far, and forget it; the app's own files are not counted."""
    of_sync = [one for one in stand.line.exchanges if one.path.startswith("/api/")]
    up, down = sum(one.up for one in of_sync), sum(one.down for one in of_sync)
    stand.line.exchanges.clear()
    return f"{up / 1e3:.0f} kB up, {down / 1e3:.0f} kB down"
