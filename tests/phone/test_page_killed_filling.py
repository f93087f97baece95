"""The browser is killed at named points while a visit is filled and saved: what was shown as kept is there after."""

from __future__ import annotations

from typing import Any

import pytest

from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset, stop_point
from tests.phone.stand.visiting import Held, add_photo, begin_visit, choose, held_by, press, save_visit, sync

pytestmark = pytest.mark.browser

# A position is kept as well, whenever one comes; the point is that of the answer.
GONE = {"answers.observed_state": "gone"}
# name: (where the page stops, what the inspector does last)
POINTS = {
    "after the first tap, before its answer is kept": (stop_point("before put", "drafts", GONE), "tap"),
    "after an answer is put, before the end of its transaction": (stop_point("after put", "drafts", GONE), "tap"),
    "after an answer is kept, before the screen says so": (stop_point("kept put", "drafts", GONE), "tap"),
    "while a photo is hashed": (stop_point("hashing", "photo"), "photo"),
    "with a photo put and its line not": (stop_point("after put", "photos"), "photo"),
    "between two photos": (stop_point("kept put", "photos"), "photo"),
    "while the second photo is hashed": (stop_point("hashing", "photo"), "second photo"),
    "with the record put and the draft still there": (stop_point("after put", "records", {"state": "ready"}), "save"),
    "after it is saved, before it is sent": (stop_point("kept put", "records", {"state": "ready"}), "save"),
}
STEPS = ("tap", "photo", "second photo", "save")


@pytest.mark.parametrize("point", POINTS)
def test_what_was_shown_as_kept_outlives_the_page(stand: Stand, phone: Handset, point: str) -> None:
    stop, last = POINTS[point]
    code = stand.station()
    stand.line.cut()
    begin_visit(phone.page, code)
    for step in STEPS[: STEPS.index(last)]:
        take(stand, phone, step)
    phone.arm(stop)
    take(stand, phone, last, waits=False)
    shown = phone.wait_stopped()["shown"]
    phone.kill()

    phone.open()
    held = held_by(phone.page)
    assert_nothing_half(held)
    if not held.records:
        assert_kept(held, code, shown)
        finish(stand, phone, code)
        held = held_by(phone.page)
    assert len(held.records) == 1
    assert len(held.photos) == 2
    stand.remember(held)
    stand.line.heal()
    sync(phone.page)
    stand.all_arrived(phone)


def test_a_draft_outlives_the_crash_of_its_page_alone(stand: Stand, phone: Handset) -> None:
    code = stand.station()
    stand.line.cut()
    begin_visit(phone.page, code)
    take(stand, phone, "tap")
    take(stand, phone, "photo")
    before = held_by(phone.page).draft_at(code)
    phone.crash()
    phone.new_page()
    assert held_by(phone.page).draft_at(code) == before
    finish(stand, phone, code)
    stand.remember(held_by(phone.page))
    stand.line.heal()
    sync(phone.page)
    stand.all_arrived(phone)


def take(stand: Stand, phone: Handset, step: str, *, waits: bool = True) -> None:
    """Do one step of a visit to a station that is gone: its state, its two photos, «save»."""
    page = phone.page
    match step:
        case "tap" if waits:
            choose(page, "observed_state", "gone")
        case "tap":
            press(page, "field-observed_state-gone")
        case "save":
            press(page, "save-visit")
        case _:
            purpose = "plaque_removed" if step == "photo" else "front"
            if waits:
                add_photo(page, purpose, stand.picture())
            else:
                page.get_by_test_id(f"photo-{purpose}-file").set_input_files(stand.picture())


def finish(stand: Stand, phone: Handset, code: str) -> None:
    """Go on with the visit and save it."""
    begin_visit(phone.page, code)
    choose(phone.page, "observed_state", "gone")
    for purpose in ("plaque_removed", "front"):
        if phone.page.get_by_test_id(f"shot-{purpose}").count() == 0:
            add_photo(phone.page, purpose, stand.picture())
    save_visit(phone.page)


def assert_nothing_half(held: Held) -> None:
    """A record and its draft are never both there, and no photo lies without the draft or record that names it."""
    drafts = {draft["id"]: set(draft["photos"]) for draft in held.drafts}
    assert not set(drafts) & set(held.records)
    for visit, photos in held.of_visit.items():
        assert visit in held.records or drafts[visit] == photos


def assert_kept(held: Held, code: str, shown: dict[str, Any]) -> None:
    """Every answer and every photo that was on the screen as given is in the draft."""
    draft = held.draft_at(code)
    for name in shown["answers"]:
        if name.startswith("field-observed_state-"):
            assert draft["answers"].get("observed_state") == name.removeprefix("field-observed_state-")
    assert len(shown["shots"]) <= len(draft["photos"])
