"""The PIN in real Chromium: what lies sealed, what a locked phone does not do, and that nothing is lost behind it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.phone.conftest import Stand
from tests.phone.stand.arrived import read_arrived
from tests.phone.stand.handset import Handset, stop_point
from tests.phone.stand.sealed import ask_raw, read_all, write_note
from tests.phone.stand.visiting import add_photo, all_sent, begin_visit, choose, last_round, press, save_visit, settled

pytestmark = pytest.mark.browser

PIN, ANOTHER = "246810", "135791"
SECRET = "老何说门口的柜子搬走了"
HIDDEN = """(state) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


@pytest.fixture(autouse=True)
def afresh(stand: Stand, phone: Handset) -> Iterator[None]:
    """The next test begins with another phone: one that stayed locked would be of no use to it."""
    yield
    phone.kill()
    shutil.rmtree(phone.folder)


def test_a_killed_phone_asks_for_its_pin_and_holds_everything_behind_it(stand: Stand, phone: Handset) -> None:
    waiting = stand.visit(phone, 1)
    token = ask_raw(phone.page, "enrolment.token")
    assert len(token) > 20
    code = stand.station()
    set_pin(phone.page)
    begin_visit(phone.page, code)
    choose(phone.page, "observed_state", "closed_at_visit")
    write_note(phone.page, SECRET)
    phone.kill()
    # Nor in the browser's own files, where what was written over lies on for a while.
    assert not is_on_the_disk(phone, SECRET)
    assert is_on_the_disk(phone, "何家湾服务站")

    page = phone.open()
    expect(page.get_by_test_id("locked")).to_be_visible()
    raw = read_all(page)
    assert [secret for secret in (SECRET, token, '"observed_state":"closed_at_visit"') if secret in raw] == []
    # The station's own name lies open, so the search above can find what there is.
    assert "何家湾服务站" in raw

    nothing_is_sent(stand, page)
    give_pin(page, "000000")
    expect(page.get_by_test_id("pin-wrong")).to_have_text(re.compile("PIN 不对"))
    give_pin(page, PIN)
    expect(page.get_by_test_id("nav-outbox")).to_be_visible()
    all_sent(page)
    arrived = read_arrived(stand.sessions, stand.server.place.var / "photos")
    assert waiting.records.items() <= arrived.visits.items()
    assert set(waiting.photos) <= arrived.photos

    begin_visit(page, code)
    expect(page.get_by_test_id("field-observed_state-closed_at_visit").locator("input")).to_be_checked()
    expect(page.get_by_test_id("field-note")).to_have_value(SECRET)
    stand.line.cut()
    add_photo(page, "closed_door", stand.picture())
    before = last_round(page)
    save_visit(page)
    settled(page, before)
    # A sealed record says openly what its bytes will be once they are opened.
    [(visit, sha256)] = ask_raw(page, "records")
    assert SECRET not in read_all(page)
    stand.line.heal()
    all_sent_by_hand(page)
    stand.visits[visit] = sha256
    stand.photos.add(stand.taken[-1])
    stand.all_arrived(phone)


def test_a_phone_put_down_is_shut_after_five_minutes(stand: Stand, phone: Handset) -> None:
    page = phone.page
    set_pin(page)
    code = stand.station()
    page.clock.install()
    begin_visit(page, code)
    box = page.get_by_test_id("field-note")
    box.fill("一")
    page.clock.run_for(400)
    # The last sign is typed, and not kept yet, when the phone is put down.
    box.fill(SECRET)
    page.evaluate(HIDDEN, "hidden")
    page.clock.run_for("04:30")
    expect(page.get_by_test_id("locked")).to_have_count(0)
    page.clock.run_for("00:31")
    expect(page.get_by_test_id("locked")).to_be_visible()
    expect(page.get_by_test_id("field-note")).to_have_count(0)
    page.evaluate(HIDDEN, "visible")
    nothing_is_sent(stand, page)
    give_pin(page, PIN)
    expect(page.get_by_test_id("field-note")).to_have_value(SECRET)

    # A phone that slept ran no timers; it is shut when it is looked at again.
    page.evaluate(HIDDEN, "hidden")
    page.evaluate("(now => { Date.now = () => now })(Date.now() + 5 * 60_000)")
    expect(page.get_by_test_id("field-note")).to_be_visible()
    page.evaluate(HIDDEN, "visible")
    expect(page.get_by_test_id("locked")).to_be_visible()
    # A fresh page with the clock of the wall.
    phone.kill()
    phone.open()
    give_pin(phone.page, PIN)
    expect(phone.page.get_by_test_id("nav-outbox")).to_be_visible()


@pytest.mark.parametrize("at", ["drafts", "records", "settings"])
def test_killed_while_it_is_sealed_the_phone_opens_with_the_new_pin_and_seals_the_rest(
    stand: Stand, phone: Handset, at: str
) -> None:
    waiting = stand.visit(phone, 1)
    token = ask_raw(phone.page, "enrolment.token")
    code = stand.station()
    begin_visit(phone.page, code)
    write_note(phone.page, SECRET)
    begin_pin(phone.page)
    # Of the settings the lock itself is written first, the token later.
    phone.arm(stop_point("after put", at, skip=1 if at == "settings" else 0))
    press(phone.page, "pin-set")
    phone.wait_stopped()
    phone.kill()

    page = phone.open()
    give_pin(page, PIN)
    expect(page.get_by_test_id("nav-outbox")).to_be_visible()
    raw = read_all(page)
    assert [secret for secret in (SECRET, token) if secret in raw] == []
    begin_visit(page, code)
    expect(page.get_by_test_id("field-note")).to_have_value(SECRET)
    stand.line.heal()
    all_sent_by_hand(page)
    assert waiting.records.items() <= read_arrived(stand.sessions, stand.server.place.var / "photos").visits.items()
    take_off(page)
    assert ask_raw(page, "enrolment.token") == token


def test_a_forgotten_pin_opens_nothing_and_says_first_what_is_lost(stand: Stand, phone: Handset) -> None:
    page = phone.page
    set_pin(page)
    stand.line.cut()
    begin_visit(page, stand.station())
    choose(page, "observed_state", "not_assessed")
    before = last_round(page)
    save_visit(page)
    settled(page, before)
    begin_visit(page, stand.station())
    write_note(page, SECRET)
    phone.kill()

    page = phone.open()
    page.get_by_test_id("pin-forgotten").click()
    expect(page.get_by_role("alert")).to_contain_text("还有 2 条没传完的会一起清掉")
    page.get_by_test_id("pin-erase-no").click()
    give_pin(page, PIN)
    expect(page.get_by_test_id("nav-count")).to_have_text("1")
    phone.kill()

    page = phone.open()
    page.get_by_test_id("pin-forgotten").click()
    page.get_by_test_id("pin-erase").click()
    expect(page.get_by_test_id("enrol-code")).to_be_visible()
    assert ask_raw(page, "everything") == 0
    assert SECRET not in read_all(page)


def is_on_the_disk(phone: Handset, text: str) -> bool:
    """Say whether a text lies in the files of the browser's database, as JavaScript keeps Chinese."""
    files = [path for path in phone.folder.rglob("*") if path.is_file() and "IndexedDB" in path.parts]
    assert files
    return any(text.encode("utf-16-le") in path.read_bytes() for path in files)


def begin_pin(page: Page) -> None:
    page.evaluate("location.hash = '#/about'")
    page.get_by_test_id("pin-begin").click()
    page.get_by_test_id("pin-new").fill(PIN)
    page.get_by_test_id("pin-again").fill(PIN)


def set_pin(page: Page) -> None:
    page.evaluate("location.hash = '#/about'")
    page.get_by_test_id("pin-begin").click()
    page.get_by_test_id("pin-new").fill(PIN)
    page.get_by_test_id("pin-again").fill(ANOTHER)
    page.get_by_test_id("pin-set").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("两次输的不一样"))
    # The page leads back to the first field; who types sooner types there.
    expect(page.get_by_test_id("pin-new")).to_be_focused()
    page.get_by_test_id("pin-again").fill(PIN)
    page.get_by_test_id("pin-set").click()
    expect(page.get_by_test_id("pin-is-set")).to_be_visible()


def give_pin(page: Page, pin: str) -> None:
    page.get_by_test_id("pin").fill(pin)
    page.get_by_test_id("pin-open").click()


def take_off(page: Page) -> None:
    """Take the PIN off, which asks for it."""
    page.evaluate("location.hash = '#/about'")
    page.get_by_test_id("pin-off").click()
    page.get_by_test_id("pin-old").fill("000000")
    page.get_by_test_id("pin-off-sure").click()
    expect(page.get_by_test_id("pin-wrong")).to_be_visible()
    page.get_by_test_id("pin-old").fill(PIN)
    page.get_by_test_id("pin-off-sure").click()
    expect(page.get_by_test_id("pin-begin")).to_be_visible()


def all_sent_by_hand(page: Page) -> None:
    page.evaluate("location.hash = '#/outbox'")
    press(page, "sync-now")
    all_sent(page)


def nothing_is_sent(stand: Stand, page: Page) -> None:
    """Let the line heal and the browser say so: the round ends, and nothing was asked but whether it is revoked."""
    stand.line.heal()
    asked = len(calls(stand))
    before = last_round(page)
    page.evaluate("dispatchEvent(new Event('online'))")
    settled(page, before)
    assert ask_raw(page, "outcome") == "locked"
    assert len(calls(stand)) == asked


def calls(stand: Stand) -> list[str]:
    paths = [one.path for one in list(stand.line.exchanges)]
    return [path for path in paths if path.startswith("/api/") and path != "/api/v1/my/device"]
