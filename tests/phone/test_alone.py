"""What the phone does where nobody looks, and where no room is left."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import func, select

from inspections.visits.tables import Inspection
from tests.phone.conftest import Stand
from tests.phone.stand.arrived import read_arrived
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import begin_visit, choose, fill_visit, held_by, save_visit

# The smallest write there is.
_REFUSED = """() => new Promise((done, fail) => {
  const asked = indexedDB.open('cunzhan')
  asked.onerror = () => fail(asked.error)
  asked.onsuccess = () => {
    const change = asked.result.transaction('settings', 'readwrite')
    change.objectStore('settings').put(1, 'probe')
    change.oncomplete = () => { asked.result.close(); done('written') }
    change.onabort = () => { asked.result.close(); done(change.error.name) }
  }
})"""


def test_a_full_phone_says_that_the_photo_was_not_kept_and_loses_nothing_before_it(
    stand: Stand, phone: Handset
) -> None:
    page, code = phone.page, stand.station()
    begin_visit(page, code)
    choose(page, "observed_state", "closed_at_visit")
    used = page.evaluate("navigator.storage.estimate().then((room) => room.usage)")
    # The browser remembers for minutes how much room there was; it forgets when nobody has the store open. So this
    # comes before the test in which the worker opens it.
    page.goto("about:blank")
    page.wait_for_timeout(3000)
    browser = page.context.new_cdp_session(page)
    full = {"origin": stand.line.address, "quotaSize": used + 400_000}
    browser.send("Storage.overrideQuotaForOrigin", full)
    page.goto(f"{stand.line.address}/app/#/visit/{code}")
    picture = stand.picture((1600, 1200))
    page.get_by_test_id("photo-closed_door-file").set_input_files(picture)
    expect(page.get_by_test_id("not-kept")).to_contain_text("手机空间满了")
    browser.send("Storage.overrideQuotaForOrigin", {"origin": stand.line.address})
    page.goto("about:blank")
    page.wait_for_timeout(3000)
    page.goto(f"{stand.line.address}/app/#/visit/{code}")
    page.get_by_test_id("photo-closed_door-file").set_input_files(picture)
    expect(page.get_by_test_id("shot-closed_door")).to_have_count(1)
    expect(page.get_by_test_id("field-observed_state-closed_at_visit").locator("input")).to_be_checked()
    phone.complaints.clear()  # the refused write is named in the console as well


def test_a_phone_without_any_room_sends_all_it_has_and_empties_its_outbox(stand: Stand, phone: Handset) -> None:
    for count in (2, 1, 0):
        stand.visit(phone, count, (1600, 1200))
    page = phone.page
    held = held_by(page)
    photos = set().union(*(held.of_visit.get(visit, set()) for visit in held.records))
    assert (len(held.records), len(photos)) == (3, 3)
    page.goto("about:blank")
    page.wait_for_timeout(3000)
    browser = page.context.new_cdp_session(page)
    # Less than what is in use: every put fails, even the smallest; deletions pass.
    browser.send("Storage.overrideQuotaForOrigin", {"origin": stand.line.address, "quotaSize": 1})
    stand.line.heal()
    page.goto(f"{stand.line.address}/app/#/outbox")
    expect(page.get_by_test_id("outbox-count")).to_be_visible()
    assert page.evaluate(_REFUSED) == "QuotaExceededError"
    page.get_by_test_id("sync-now").click()
    expect(page.get_by_test_id("outbox-count")).to_have_text("0")
    expect(page.get_by_test_id("sync-now")).to_have_attribute("aria-disabled", "false")
    assert "连不上服务器" not in page.get_by_test_id("sync-state").inner_text()
    assert page.evaluate(_REFUSED) == "QuotaExceededError"
    arrived = read_arrived(stand.sessions, stand.server.place.var / "photos")
    assert (arrived.visits, arrived.photos) == (held.records, photos)
    left = held_by(page)
    # What is left is the photo of a draft that another test began.
    assert (left.records, photos & set(left.photos)) == ({}, set())
    browser.send("Storage.overrideQuotaForOrigin", {"origin": stand.line.address})
    page.goto("about:blank")
    page.wait_for_timeout(3000)
    page.goto(f"{stand.line.address}/app/")
    phone.complaints.clear()  # what had no room is named in the console


def test_the_worker_sends_what_waits_when_no_page_is_open(stand: Stand, phone: Handset) -> None:
    page, code = phone.page, stand.station()
    known: list[dict[str, str]] = []
    watch = page.context.new_cdp_session(page)
    watch.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    watch.send("ServiceWorker.enable")
    fill_visit(page, code, [])
    stand.line.cut()
    save_visit(page)
    expect(page.get_by_test_id(f"record-{code}")).to_have_attribute("data-state", "ready")
    (visit,) = held_by(page).records
    page.goto("about:blank")
    stand.line.heal()
    # Playwright's Chromium grants no page the right to ask for Background Sync; the system's call itself can be made.
    browser = page.context.new_cdp_session(page)
    browser.send("ServiceWorker.enable")
    worker = next(one["registrationId"] for one in known if one["scopeURL"].endswith("/app/"))
    wish = {"origin": stand.line.address, "registrationId": worker, "tag": "cunzhan-outbox", "lastChance": False}
    browser.send("ServiceWorker.dispatchSyncEvent", wish)
    for _turn in range(100):
        with stand.sessions() as session:
            arrived = session.scalar(select(func.count()).where(Inspection.id == visit))
        if arrived:
            break
        page.wait_for_timeout(100)
    assert arrived == 1
    page.goto(f"{stand.line.address}/app/#/outbox")
    expect(page.get_by_test_id("outbox-count")).to_have_text("0")
    phone.complaints.clear()  # an empty page has no crypto for the stand's own stops
