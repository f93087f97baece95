"""Opening without a signal on a slow processor: from the address to the first station on the screen."""

from __future__ import annotations

import statistics
import time

from benchmarks.phone._stand import STATIONS, phone_stand, slowed, wait_for_stations

SLOWER, TIMES, BOUND_MS = 6, 9, 1000
# Notes when the first station stands on the screen, by the wall's clock, which this process reads as well.
FIRST_STATION = """new MutationObserver((_changes, watcher) => {
  if (!document.querySelector('[data-testid^="station-"][href]')) return
  watcher.disconnect()
  requestAnimationFrame(() => requestAnimationFrame(() => { window.__first_station = Date.now() }))
}).observe(document, { childList: true, subtree: true })"""


def run() -> None:
    """Print the time to the first station of 3,000, without a line, on a processor six times slower."""
    with phone_stand() as stand:
        phone = stand.phone()
        page = phone.page
        page.get_by_test_id("station-count").wait_for()
        wait_for_stations(page)
        page.context.add_init_script(FIRST_STATION)
        stand.line.cut()
        slowed(page, SLOWER)
        took_ms = []
        for _time in range(TIMES):
            page.goto("about:blank")
            begun_ms = time.time() * 1000
            page.goto(f"{phone.address}/app/")
            took_ms.append(page.wait_for_function("() => window.__first_station").json_value() - begun_ms)
    typical, worst = statistics.median(took_ms), max(took_ms)
    print(f"  offline, {STATIONS} stations, processor {SLOWER} x slower: first station after {typical:.0f} ms "
          f"(median of {TIMES}, worst {worst:.0f}; bound {BOUND_MS})")  # fmt: skip
