"""The hands of an inspector on the phone's screens, and what the phone's own storage holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

# Read past the product's own code: hashes of the very bytes that lie in the tables.
_HELD = """async () => {
  const opened = await new Promise((done, fail) => {
    const asked = indexedDB.open('cunzhan')
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  const all = (name) => new Promise((done, fail) => {
    const asked = opened.transaction(name).objectStore(name).getAll()
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  const hash = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map((one) => one.toString(16).padStart(2, '0')).join('')
  const [records, photos, drafts, receipts] = await Promise.all(['records', 'photos', 'drafts', 'receipts'].map(all))
  opened.close()
  return {
    records: await Promise.all(records.map(async (one) => [one.id, await hash(one.body), one.state])),
    photos: await Promise.all(photos.map(async (one) => [one.visit_id, await hash(one.bytes), one.bytes.byteLength])),
    drafts: drafts.map(({ id, station_code, answers, photos, form }) =>
      ({ id, station_code, answers, photos: photos.map((one) => one.sha256), form_version: form.version })),
    receipts: receipts.map((one) => [one.id, one.sha256]),
  }
}"""

_LAST_ROUND = """async () => {
  const opened = await new Promise((done, fail) => {
    const asked = indexedDB.open('cunzhan')
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  const last = await new Promise((done, fail) => {
    const asked = opened.transaction('settings').objectStore('settings').get('last_round')
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  opened.close()
  return last ? last.at : ''
}"""


@dataclass
class Held:
    """What lies on the phone: record id -> SHA-256 of its body, SHA-256 of photo bytes -> their size, drafts."""

    records: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    photos: dict[str, int] = field(default_factory=dict)
    of_visit: dict[str, set[str]] = field(default_factory=dict)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)

    def draft_at(self, code: str) -> dict[str, Any]:
        """Give the one draft at a station."""
        found = [draft for draft in self.drafts if draft["station_code"] == code]
        assert len(found) == 1, found
        return found[0]


def held_by(page: Page) -> Held:
    """Read the phone's storage."""
    read = page.evaluate(_HELD)
    held = Held(drafts=read["drafts"], receipts=dict(read["receipts"]))
    for visit, sha256, state in read["records"]:
        held.records[visit], held.states[visit] = sha256, state
    for visit, sha256, size in read["photos"]:
        held.photos[sha256] = size
        held.of_visit.setdefault(visit, set()).add(sha256)
    return held


def enrol(page: Page, code: str) -> None:
    """Let a phone in with the code staff made for it."""
    page.get_by_test_id("enrol-code").fill(code)
    page.get_by_test_id("enrol-submit").click()
    # The app goes to the list only after it has asked for lasting storage.
    page.wait_for_url(re.compile("/app/#/"), wait_until="commit")
    # The list, or an owner's month: then what there is to bring down has come.
    expect(page.get_by_test_id("station-JY001").or_(page.get_by_test_id("month-due"))).to_be_visible()


def begin_visit(page: Page, code: str) -> None:
    """Open the visit of a station, as a tap in the list does."""
    page.evaluate(f"location.hash = '#/visit/{code}'")
    expect(page.get_by_test_id("save-visit")).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a thing without waiting for what comes of it: the page may stop in the middle."""
    page.get_by_test_id(name).evaluate("one => void setTimeout(() => one.click())")


def choose(page: Page, name: str, value: str) -> None:
    """Tap an answer, and see it chosen."""
    choice = page.get_by_test_id(f"field-{name}-{value}")
    choice.click()
    expect(choice.locator("input")).to_be_checked()


def add_photo(page: Page, purpose: str, path: Path, *, shots: int = 1) -> None:
    """Choose a picture from the phone's gallery, and see it kept."""
    page.get_by_test_id(f"photo-{purpose}-file").set_input_files(path)
    expect(page.get_by_test_id(f"shot-{purpose}")).to_have_count(shots)


def fill_visit(page: Page, code: str, pictures: Sequence[Path]) -> None:
    """Fill a visit, ready to be saved: a plain one without photos, a closed door with one, a gone station with two."""
    begin_visit(page, code)
    choose(page, "observed_state", ("not_assessed", "closed_at_visit", "gone")[len(pictures)])
    purposes = ((), ("closed_door",), ("plaque_removed", "front"))[len(pictures)]
    for purpose, path in zip(purposes, pictures, strict=True):
        add_photo(page, purpose, path)


def save_visit(page: Page) -> None:
    """Press «save», and see the outbox."""
    page.get_by_test_id("save-visit").click()
    expect(page.get_by_test_id("outbox-count")).to_be_visible()


def sync(page: Page) -> str:
    """Press «sync» on the outbox's screen; gives when the round before it ended, for `settled`."""
    page.evaluate("location.hash = '#/outbox'")
    # A press during a round is granted after it, unless that round finds no line.
    expect(page.get_by_test_id("sync-now")).to_have_attribute("aria-disabled", "false")
    before = last_round(page)
    press(page, "sync-now")
    return before


def last_round(page: Page) -> str:
    """Say when the last round of sync ended; empty when there was none."""
    return str(page.evaluate(f"({_LAST_ROUND})()"))


def settled(page: Page, before: str) -> None:
    """Wait until a round has ended after the one that ended at `before`."""
    pause = "await new Promise((done) => setTimeout(done, 20))"
    page.evaluate(f"async (before) => {{ while ((await ({_LAST_ROUND})()) === before) {pause} }}", before)


def all_sent(page: Page, *, timeout_s: float = 60) -> None:
    """Wait until nothing waits in the outbox."""
    page.evaluate("location.hash = '#/outbox'")
    expect(page.get_by_test_id("outbox-count")).to_have_text("0", timeout=timeout_s * 1000)
