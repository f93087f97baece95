"""Lines as they are: none, slow, lossy, hijacked, refused, broken after the commit; in the end all is there once."""

from __future__ import annotations

import pytest

from tests.phone.conftest import Stand
from tests.phone.stand.exchanges import Cut, CutAnswer, CutRequest, Fault, Say, Slow
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import held_by, settled, sync

pytestmark = pytest.mark.browser

PLAN, TEXTS, MEDIA = "/api/v1/sync/plan", "/api/v1/inspections/", "/api/v1/media/"
PORTAL = "<html><title>请登录 Wi-Fi</title><form action=/login>手机号</form></html>".encode()

FAULTS: dict[str, list[Fault]] = {
    "no signal": [Cut()],
    "a captive portal that says 200 in HTML": [Say(status=200, body=PORTAL)],
    "a captive portal that says 302": [Say(status=302, headers=("Location: http://127.0.0.1:9/login",))],
    "a proxy that finds texts too large": [Say(method="PUT", path=TEXTS, status=413, body=b"<h1>413</h1>")],
    "a proxy that finds photos too large": [Say(method="PUT", path=MEDIA, status=413, body=b"<h1>413</h1>")],
    "too many requests": [Say(path="/api/", status=429, body=b"slow down", headers=("Retry-After: 7",))],
    "a server that fails at plans": [Say(path=PLAN, status=500, body=b"oops")],
    "a server that fails at texts": [Say(method="PUT", path=TEXTS, status=500, body=b"oops")],
    "a server that fails at all": [Say(path="/api/", status=500, body=b"<h1>500</h1>")],
    "a gateway without its server": [Say(path="/api/", status=502, body=b"<h1>502</h1>")],
    "an answer of nonsense": [Say(path="/api/", status=200, body=b"{}", content_type="application/json")],
    "a line that breaks in the middle of a text": [CutRequest(method="PUT", path=TEXTS, after=300)],
    "an answer of half a receipt": [CutAnswer(method="PUT", path=TEXTS, after=250)],
    "a response lost after the commit of a text": [CutAnswer(method="PUT", path=TEXTS)],
    "a response lost after the commit of a photo": [CutAnswer(method="PUT", path=MEDIA)],
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_line_that_fails_and_heals(stand: Stand, phone: Handset, name: str) -> None:
    held = stand.visit(phone, 1)
    faults = FAULTS[name]
    stand.line.heal()
    stand.line.fail(*faults)
    before = sync(phone.page)
    assert any(fault.reached.wait(30) for fault in faults)
    settled(phone.page, before)
    still = held_by(phone.page)
    assert still.records == held.records, "nothing leaves the phone before its durable receipt"
    stand.line.heal()
    sync(phone.page)
    stand.all_arrived(phone)


def test_a_line_that_drops_three_connections_of_ten(stand: Stand, phone: Handset) -> None:
    """One drop in three comes before the request, one in the middle of it, one before the answer."""
    for photos in (0, 1, 2):
        stand.visit(phone, photos)
    stand.line.heal()
    stand.line.fail(
        Cut(path="/api/", chance=0.1, seed=1),
        CutRequest(path="/api/", chance=0.11, seed=2, after=9_000),
        CutAnswer(path="/api/", chance=0.125, seed=3),
    )
    for _ in range(60):
        before = sync(phone.page)
        settled(phone.page, before)
        if not held_by(phone.page).records:
            break
    assert any(fault.reached.is_set() for fault in stand.line.faults)
    stand.line.heal()
    stand.all_arrived(phone)


def test_a_piece_cut_in_its_middle_goes_on_where_the_server_stands(stand: Stand, phone: Handset) -> None:
    """Bytes are counted: what is sent again is at most one piece."""
    held = stand.visit(phone, 1, (1024, 768))
    [(photo, size)] = held.photos.items()
    stand.line.heal()
    # The preview and the first piece pass; the second breaks when half of it has gone.
    stand.line.fail(CutRequest(method="PUT", path=MEDIA, skip=2, times=1, after=30_000))
    before = sync(phone.page)
    settled(phone.page, before)
    assert held_by(phone.page).records == held.records
    stand.line.heal()
    sync(phone.page)
    stand.all_arrived(phone)
    pieces = [one for one in stand.line.sent("PUT", f"{MEDIA}{photo}") if "/preview" not in one.path]
    largest = max(one.length for one in pieces)
    assert len(pieces) > 2
    assert sum(one.up_body for one in pieces) <= size + largest


def test_a_response_lost_after_commit_is_not_sent_twice(stand: Stand, phone: Handset) -> None:
    """The plan tells that the text is there: its bytes are sent once, whatever became of the answer."""
    held = stand.visit(phone, 0)
    [visit] = held.records
    stand.line.heal()
    stand.line.fail(CutAnswer(method="PUT", path=TEXTS, times=1))
    before = sync(phone.page)
    settled(phone.page, before)
    stand.line.heal()
    sync(phone.page)
    stand.all_arrived(phone)
    assert len(stand.line.sent("PUT", f"{TEXTS}{visit}")) <= 2


def test_two_g(stand: Stand, phone: Handset) -> None:
    """50 kbit/s each way and two seconds before each answer, made by the line itself, not by the browser."""
    stand.visit(phone, 1, (160, 120))
    stand.line.heal()
    stand.line.fail(Slow(latency_s=2.0, bytes_per_s=50_000 / 8))
    sync(phone.page)
    stand.all_arrived(phone)
