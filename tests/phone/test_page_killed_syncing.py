"""The browser is killed at named points while it syncs: every visit and photo arrives once, byte for byte."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from stations.records.tables import Station
from stations.register.entry.revising import revise_station
from tests.phone.conftest import Stand
from tests.phone.stand.exchanges import Fault, HoldAnswer, HoldRequest
from tests.phone.stand.handset import Handset, stop_point
from tests.phone.stand.visiting import held_by, sync

pytestmark = pytest.mark.browser

SMALL, LARGE = (640, 480), (1024, 768)
PLAN, TEXTS, MEDIA = "/api/v1/sync/plan", "/api/v1/inspections/", "/api/v1/media/"

# Points in the page's own program.
STOPS: dict[str, dict[str, Any]] = {
    "before the plan is asked for": stop_point("before fetch", f"POST {PLAN}"),
    "with the plan answered": stop_point("answered", f"POST {PLAN}"),
    "with the record marked as sending": stop_point("kept put", "records", {"state": "sending"}),
    "with the receipt read, before it is saved": stop_point("before put", "records", {"state": "acknowledged"}),
    "with the receipt put, before the end of its transaction": stop_point(
        "after put", "records", {"state": "acknowledged"}
    ),
    "between two pieces": stop_point("before fetch", f"PUT {MEDIA}", skip=2),
    "after the last piece, before its receipt is saved": stop_point("before delete", "photos"),
    "with the photo let go, before the visit's receipt is written": stop_point("before put", "receipts"),
    "with the visit's receipt written, before its record goes": stop_point("after put", "receipts"),
}
# Points on the line, where the page waits for something under way.
HOLDS: dict[str, Fault] = {
    "while the plan is under way": HoldAnswer(method="POST", path=PLAN),
    "in the middle of a text": HoldRequest(method="PUT", path=TEXTS, after=300),
    "after the record's commit, before its receipt is read": HoldAnswer(method="PUT", path=TEXTS),
    "with the preview there and its answer not": HoldAnswer(method="PUT", path=MEDIA, suffix="/preview"),
    "in the middle of a piece": HoldRequest(method="PUT", path=MEDIA, skip=1, after=20_000),
    "after a piece is kept, before its answer is read": HoldAnswer(method="PUT", path=MEDIA, skip=1),
}


@pytest.mark.parametrize("point", STOPS)
def test_a_page_killed_at_a_point_of_its_program(stand: Stand, phone: Handset, point: str) -> None:
    # Large enough for three pieces, also of the largest size.
    held = stand.visit(phone, 1, LARGE if point == "between two pieces" else SMALL)
    assert (len(held.records), len(held.photos)) == (1, 1)
    stand.line.heal()
    phone.arm(STOPS[point])
    sync(phone.page)
    phone.wait_stopped()
    phone.kill()
    phone.open()
    stand.all_arrived(phone)


@pytest.mark.parametrize("point", HOLDS)
def test_a_page_killed_while_something_is_under_way(stand: Stand, phone: Handset, point: str) -> None:
    stand.visit(phone, 1)
    stand.line.heal()
    stand.line.fail(HOLDS[point])
    sync(phone.page)
    assert HOLDS[point].reached.wait(30)
    phone.kill()
    stand.line.heal()
    phone.open()
    stand.all_arrived(phone)


def test_a_page_killed_while_changes_are_stored(stand: Stand, phone: Handset) -> None:
    """The list is never half new: what was not stored whole is asked for again."""
    stand.visit(phone, 0)
    # A change that no round can have brought down before the page knows where to stop: there is no line yet.
    now = dt.datetime.now(dt.UTC)
    with stand.sessions.begin() as session:
        station = session.scalars(select(Station).where(Station.code == "T59")).one()
        assert revise_station(session, stand.world.callers["jiang"], station, {"name": "改名服务站"}, now=now)
    phone.page.evaluate("location.hash = '#/outbox'")
    phone.arm(stop_point("after put", "stations"))
    # Pressed until it stops: whichever round is the first to find a line, nothing is asked of a stopped page.
    phone.page.get_by_test_id("sync-now").evaluate("one => void setInterval(() => one.click(), 50)")
    stand.line.heal()
    phone.wait_stopped()
    phone.kill()
    phone.open(stop=stop_point("kept put", "stations"))
    phone.wait_stopped()
    phone.kill()
    phone.open()
    stand.all_arrived(phone)


def test_the_phone_holds_what_it_was_given(stand: Stand, phone: Handset) -> None:
    """The model itself: the pictures in the phone's storage are those of the gallery, to the byte."""
    held = stand.visit(phone, 2)
    assert set(held.photos) == set(stand.taken[-2:])
    stand.line.heal()
    sync(phone.page)
    stand.all_arrived(phone)
    assert held_by(phone.page).receipts.items() >= held.records.items()
