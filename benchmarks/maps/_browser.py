"""One page in Chromium: when it is idle, its longest task, its heap, a zoom, a pan; and a first look on a slow line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

# Watched from the first moment: long tasks, and when our canvas was first drawn.
WATCH = """
window.watched = {longest: 0, last: 0, drawn: 0};
new PerformanceObserver((list) => { for (const task of list.getEntries()) {
  watched.longest = Math.max(watched.longest, task.duration);
  watched.last = Math.max(watched.last, task.startTime + task.duration);
} }).observe({type: 'longtask', buffered: true});
new MutationObserver(() => { const canvas = document.querySelector('.stations-canvas');
  if (canvas && canvas.dataset.state === 'drawn' && !watched.drawn) watched.drawn = performance.now() })
  .observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-state']});
"""
# Idle is the end of the last long task, answer or first drawing after which all was quiet for 0.7 s.
QUIET = """() => { const ends = performance.getEntriesByType('resource').map((one) => one.responseEnd);
  const load = performance.getEntriesByType('navigation')[0].loadEventEnd;
  const last = Math.max(watched.last, watched.drawn, load, ...ends);
  return load > 0 && performance.now() - last > 700 ? last : 0 }"""
# Until everything is drawn that belongs to the new view: our canvas says so, Leaflet's own layers at the next frame.
MOVE = """(move) => new Promise((done) => {
  const map = window.cunzhanMap ?? window[Object.keys(window).find((name) => name.startsWith('map_'))];
  const canvas = document.querySelector('.stations-canvas');
  const before = canvas && canvas.dataset.drawn; const began = performance.now();
  const isDrawn = () => !canvas || (canvas.dataset.drawn !== before && canvas.dataset.state === 'drawn');
  const look = () => requestAnimationFrame(() => {
    if (isDrawn()) requestAnimationFrame(() => done(performance.now() - began));
    else look();
  });
  if (move === 'zoom') map.setZoom(map.getZoom() + 2, {animate: false});
  else map.panBy([300, 200], {animate: false});
  look() })"""


@dataclass(frozen=True)
class Seen:
    """What one load of a page cost: seconds, milliseconds, megabytes."""

    idle_s: float
    longest_ms: float
    heap_mb: float
    zoom_ms: float
    pan_ms: float


def look(browser: Browser, url: str, cookies: list[Any]) -> Seen:
    """Load a page in a fresh context and measure it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.add_cookies(cookies)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load", timeout=120_000)
    idle = page.wait_for_function(QUIET, timeout=120_000, polling=100).json_value()
    longest = page.evaluate("watched.longest")
    heap = _heap(page)
    zoom = page.evaluate(MOVE, "zoom")
    page.wait_for_timeout(800)
    pan = page.evaluate(MOVE, "pan")
    context.close()
    return Seen(idle / 1000, longest, heap, zoom, pan)


def _heap(page: Page) -> float:
    """Give what JavaScript holds after a collection, array buffers included, in MB."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    told = session.send("Runtime.getHeapUsage")
    return float(told["usedSize"] + told.get("backingStorageSize", 0)) / 1e6


def first_useful(browser: Browser, url: str, cookies: list[Any]) -> float:
    """Give the seconds until our map is first drawn, cold, on a CPU slowed fourfold at 400 kbit/s and 100 ms."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.add_cookies(cookies)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000,
    })  # fmt: skip
    page.goto(url, wait_until="commit", timeout=120_000)
    drawn = page.wait_for_function("() => window.watched && watched.drawn", timeout=120_000, polling=100).json_value()
    context.close()
    return float(drawn) / 1000
