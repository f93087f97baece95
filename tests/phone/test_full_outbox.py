"""Months without a signal: 500 visits with 1,000 photos in the outbox."""

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
VISITS, PHOTO_BYTES = 500, 150_000
# From the change of the address to the first record on the screen, the way a tap goes.
OPEN_MS = """async () => {
  location.hash = '#/about'
  await new Promise((done) => {
    const look = () => document.querySelector('[data-testid^=record-]') ? requestAnimationFrame(look) : done()
    look()
  })
  const begun = performance.now()
  location.hash = '#/outbox'
  await new Promise((done) => {
    const look = () => document.querySelector('[data-testid^=record-]') ? done() : requestAnimationFrame(look)
    look()
  })
  return performance.now() - begun
}"""


def test_a_full_outbox_opens_at_once_and_goes_whole_in_bounded_memory(stand: Stand, phone: Handset) -> None:
    page = phone.page
    page.evaluate(FILL, [VISITS, PHOTO_BYTES])
    # The first opening warms the code; the phone's own processor is thought six times slower than this one.
    slow = page.context.new_cdp_session(page)
    page.evaluate(OPEN_MS)
    assert min(page.evaluate(OPEN_MS) for _turn in range(3)) < 500
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    assert min(page.evaluate(OPEN_MS) for _turn in range(3)) < 500
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.get_by_test_id("sync-now").click()
    expect(page.get_by_test_id("outbox-count")).not_to_have_text(str(VISITS), timeout=60_000)
    held = page.evaluate("performance.memory.usedJSHeapSize")
    all_sent(page, timeout_s=400)
    # The photos weigh 150 MB; one at a time is in memory.
    assert max(held, page.evaluate("performance.memory.usedJSHeapSize")) < 100_000_000
    with stand.sessions() as session:
        made = select(func.count()).where(Inspection.id.like("00000000-0000-4000-8000-%"))
        named = select(Photo.sha256).where(Photo.inspection_id.like("00000000-0000-4000-8000-%"))
        photos = select(func.count()).where(Medium.sha256.in_(named))
        assert (session.scalar(made), session.scalar(photos)) == (VISITS, 2 * VISITS)
