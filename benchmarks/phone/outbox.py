"""A full outbox: 500 visits with 1,000 photos wait; how the list opens, what memory it takes, how long it sends."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from benchmarks.phone._stand import phone_stand, slowed
from tests.phone.test_full_outbox import FILL

VISITS, SLOWER, BOUND_MS, PHOTO_BYTES = 500, 6, 500, 150_000
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


def run() -> None:
    """Print the time to the first record, the page's memory while it sends, and how long the sync takes."""
    with phone_stand(stations=100) as stand:
        page = stand.phone().page
        page.evaluate(FILL, [VISITS, PHOTO_BYTES])
        page.evaluate(OPEN_MS)
        for rate in (1, SLOWER):
            slowed(page, rate)
            took_ms = sorted(page.evaluate(OPEN_MS) for _turn in range(5))
            print(f"  list of {VISITS} visits, processor {rate} x slower: {took_ms[2]:.0f} ms "
                  f"(median of 5, worst {took_ms[-1]:.0f}; bound {BOUND_MS})", flush=True)  # fmt: skip
        slowed(page, 1)
        begun, most = time.perf_counter(), 0
        page.get_by_test_id("sync-now").click()
        count = page.get_by_test_id("outbox-count")
        while count.inner_text() != "0":
            most = max(most, int(page.evaluate("performance.memory.usedJSHeapSize")))
            expect(count).not_to_have_text(count.inner_text(), timeout=120_000)
        took_s = time.perf_counter() - begun
        sent = sum(one.up for one in stand.line.exchanges)
        print(f"  {2 * VISITS} photos, {sent / 1e6:.0f} MB: sent in {took_s:.0f} s, "
              f"the page's heap at most {most / 1e6:.0f} MB")  # fmt: skip
