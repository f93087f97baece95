"""A phone that is lost, enrolled over a bad line, opened twice or given no storage, in real Chromium."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import func, select

from stations.people.devices import revoke_device
from stations.people.tables import Device
from tests.phone.conftest import Stand
from tests.phone.stand.exchanges import CutAnswer
from tests.phone.stand.handset import Handset
from tests.phone.stand.sealed import ask_raw, read_all
from tests.phone.stand.visiting import last_round, settled
from tests.phone.test_pin import begin_pin, give_pin, set_pin

pytestmark = pytest.mark.browser

# As a phone without room does it: nothing of the transaction is written.
NOT_KEPT = """() => {
  const put = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = function (...given) {
    const asked = put.apply(this, given)
    if (given[1] === 'enrolment') this.transaction.abort()
    return asked
  }
}"""
NO_STORAGE = "IDBFactory.prototype.open = () => { throw new DOMException('no storage here', 'UnknownError') }"


@pytest.fixture
def fresh(stand: Stand, playwright: Playwright) -> Iterator[Handset]:
    """A handset that nobody enrolled."""
    phone = Handset(playwright, stand.folder / "fresh", stand.line.address)
    yield phone
    phone.kill()
    shutil.rmtree(phone.folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def afresh(stand: Stand, phone: Handset) -> Iterator[None]:
    """The next test begins with another phone."""
    yield
    phone.kill()
    shutil.rmtree(phone.folder)


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_locked_phone_is_erased_at_its_next_contact(stand: Stand, phone: Handset, is_lost: bool) -> None:
    stand.visit(phone, 1)
    device = int(ask_raw(phone.page, "enrolment.device_id"))
    set_pin(phone.page)
    phone.kill()
    with stand.sessions.begin() as session:
        now, jiang = dt.datetime.now(dt.UTC), stand.world.callers["jiang"]
        revoke_device(session, jiang, device, now=now, erase_unsent=is_lost)
    # Without a line it cannot know; at its first it does, though nobody gives the PIN.
    page = phone.open()
    expect(page.get_by_test_id("locked")).to_be_visible()
    assert "何家湾服务站" in read_all(page)
    stand.line.heal()
    page.evaluate("dispatchEvent(new Event('online'))")
    if is_lost:
        expect(page.get_by_test_id("revoked")).to_be_visible()
        assert ask_raw(page, "records") == []
    else:
        expect(page.get_by_test_id("locked-revoked")).to_be_visible()
        give_pin(page, "246810")
        expect(page.get_by_test_id("revoked-unsent")).to_be_visible()
        assert len(ask_raw(page, "records")) == 1
    assert "何家湾服务站" not in read_all(page)
    stand.visits.clear()
    stand.photos.clear()


def test_an_answer_lost_after_the_commit_burns_no_code(stand: Stand, fresh: Handset) -> None:
    code, before = stand.code_for("chen"), count_devices(stand)
    page = fresh.open()
    page.get_by_test_id("enrol-code").fill(code)
    stand.line.fail(CutAnswer(method="POST", path="/api/v1/devices", times=1))
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("enrol-problem")).to_be_visible()
    assert count_devices(stand) == before + 1
    fresh.kill()
    # As after the battery was empty: the same code once more.
    page = fresh.open()
    page.get_by_test_id("enrol-code").fill(code.lower())
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("station-JY001")).to_be_visible()
    assert count_devices(stand) == before + 1


def test_a_token_that_cannot_be_kept_is_said_and_the_same_code_is_taken_again(stand: Stand, fresh: Handset) -> None:
    code = stand.code_for("chen")
    page = fresh.open()
    page.evaluate(NOT_KEPT)
    page.get_by_test_id("enrol-code").fill(code)
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("enrol-problem")).to_have_text(re.compile("手机存储出了问题.*用同一个码再试"))
    expect(page.get_by_test_id("enrol-submit")).to_have_attribute("aria-disabled", "false")
    fresh.kill()
    page = fresh.open()
    page.get_by_test_id("enrol-code").fill(code)
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("station-JY001")).to_be_visible()


def test_a_phone_without_storage_says_what_to_do_in_both_languages(fresh: Handset) -> None:
    page = fresh.open()
    expect(page.get_by_test_id("enrol-code")).to_be_visible()
    page.context.add_init_script(NO_STORAGE)
    page.reload()
    expect(page.get_by_test_id("no-store")).to_have_text(
        re.compile("打不开手机的存储.*storage does not open", re.DOTALL)
    )
    expect(page.get_by_test_id("no-store-again")).to_be_visible()


def test_a_pin_set_in_one_window_shuts_the_other(phone: Handset) -> None:
    one = phone.page
    assert phone.context is not None
    other = phone.context.new_page()
    other.goto(f"{phone.address}/app/#/about")
    begin_pin(other)
    set_pin(one)
    expect(other.get_by_test_id("locked")).to_be_visible()
    give_pin(other, "246810")
    expect(other.get_by_test_id("pin-is-set")).to_be_visible()


def test_after_five_wrong_pins_no_calendar_and_no_reload_shortens_the_wait(phone: Handset) -> None:
    page = phone.page
    set_pin(page)
    page.reload()
    for _ in range(5):
        give_pin(page, "000000")
        expect(page.get_by_test_id("pin-open")).to_have_attribute("aria-disabled", "false")
        expect(page.get_by_test_id("pin")).to_have_value("")
    expect(page.get_by_test_id("pin-wait")).to_have_text(re.compile("0 分 (30|2[0-9]) 秒"))
    page.evaluate("(now => { Date.now = () => now })(Date.now() + 86_400_000)")
    refused(page)
    page.reload()
    expect(page.get_by_test_id("pin-wait")).to_have_text(re.compile("0 分 (30|2[0-9]) 秒"))
    refused(page)


def test_a_phone_with_a_pin_that_changes_hands_says_that_it_has_none_now(stand: Stand, phone: Handset) -> None:
    page = phone.page
    set_pin(page)
    page.goto(f"{phone.address}/app/#enrol={stand.code_for('jiang')}")
    before = last_round(page)
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("pin-handed-over")).to_be_visible()
    settled(page, before)
    page.reload()
    expect(page.get_by_test_id("pin-begin")).to_be_visible()


def refused(page: Page) -> None:
    give_pin(page, "246810")
    expect(page.get_by_test_id("pin")).to_have_value("")
    expect(page.get_by_test_id("locked")).to_be_visible()


def count_devices(stand: Stand) -> int:
    with stand.sessions() as session:
        return session.scalar(select(func.count(Device.id))) or 0
