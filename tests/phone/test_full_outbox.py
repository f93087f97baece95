"""Weeks without a signal: many visits in the outbox. How fast 500 open is measured by `make bench-phone`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import func, select

from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import all_sent

FILL = (Path(__file__).parent / "stand" / "filling.js").read_text()
VISITS, PHOTO_BYTES = 80, 750_000
# Names every table whose rows are read from now on.
LISTEN = """() => {
  window.__read = new Set()
  for (const how of ['get', 'getAll', 'openCursor']) {
    for (const kind of [IDBObjectStore, IDBIndex]) {
      const real = kind.prototype[how]
      kind.prototype[how] = function (...asked) {
        window.__read.add((this.objectStore ?? this).name)
        return real.apply(this, asked)
      }
    }
  }
}"""


def test_a_full_outbox_is_listed_without_its_photos_and_goes_whole_in_bounded_memory(
    stand: Stand, phone: Handset
) -> None:
    page = phone.page
    page.evaluate("location.hash = '#/about'")
    page.evaluate(FILL, [VISITS, PHOTO_BYTES])
    page.evaluate(LISTEN)
    page.evaluate("location.hash = '#/outbox'")
    expect(page.get_by_test_id("outbox-count")).to_have_text(str(VISITS))
    # A list draws no more than is looked at, and reads no picture.
    assert page.locator("[data-testid^=record-]").count() < VISITS
    read = set(page.evaluate("[...window.__read]"))
    assert "records" in read
    assert "photos" not in read
    page.get_by_test_id("sync-now").click()
    expect(page.get_by_test_id("outbox-count")).not_to_have_text(str(VISITS), timeout=60_000)
    held = page.evaluate("performance.memory.usedJSHeapSize")
    all_sent(page, timeout_s=200)
    # The photos weigh 120 MB; one at a time is in memory.
    assert max(held, page.evaluate("performance.memory.usedJSHeapSize")) < 80_000_000
    with stand.sessions() as session:
        made = select(func.count()).where(Inspection.id.like("00000000-0000-4000-8000-%"))
        named = select(Photo.sha256).where(Photo.inspection_id.like("00000000-0000-4000-8000-%"))
        photos = select(func.count()).where(Medium.sha256.in_(named))
        assert (session.scalar(made), session.scalar(photos)) == (VISITS, 2 * VISITS)
