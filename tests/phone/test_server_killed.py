"""The server is killed at named points under a sync: after its restart everything arrives once, byte for byte."""

from __future__ import annotations

import pytest

from tests.phone.conftest import Stand
from tests.phone.stand.deaths import DEATHS
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import held_by, settled, sync

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("point", DEATHS)
def test_a_server_killed_at_a_named_point(stand: Stand, phone: Handset, point: str) -> None:
    held = stand.visit(phone, 1)
    stand.server.start(point)
    stand.line.heal()
    before = sync(phone.page)
    stand.server.wait_dead()
    settled(phone.page, before)
    still = held_by(phone.page)
    assert still.records.keys() == held.records.keys(), "what got no receipt must still be on the phone"
    stand.server.start()
    sync(phone.page)
    stand.all_arrived(phone)


def test_a_server_killed_under_a_batch(stand: Stand, phone: Handset) -> None:
    """Several texts travel as one; dead after their commit, all of them are sent again and none stands twice."""
    for photos in (0, 1, 0):
        held = stand.visit(phone, photos)
    assert len(held.records) == 3
    stand.server.start("after the record's commit")
    stand.line.heal()
    before = sync(phone.page)
    stand.server.wait_dead()
    assert stand.line.sent("POST", "/api/v1/sync/records")
    settled(phone.page, before)
    stand.server.start()
    sync(phone.page)
    stand.all_arrived(phone)
