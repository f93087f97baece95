"""What a visit asks of the person: taps, photos and time, of a station that is open and of one that is closed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from benchmarks.phone._stand import camera_options, phone_stand, slowed
from tests.phone.stand.scene import FRAMES

# A person looks, decides and taps: M + P + B of the keystroke-level model (Card, Moran & Newell 1980), in seconds.
TAP_S = 1.35 + 1.1 + 0.2
# Walking up to the sign and holding the phone still.
AIM_S = 8.0
SLOWER = 6
SHOTS = itertools.count()
WAIT_FRAMES = """(wanted) => new Promise((done) => {
  const video = document.querySelector('video')
  let seen = 0
  const look = () => { seen += 1; if (seen >= wanted) done(); else video.requestVideoFrameCallback(look) }
  video.requestVideoFrameCallback(look)
})"""


@dataclass
class Counted:
    """A person's hand on a page: every tap is counted."""

    page: Page
    taps: int = 0
    photos: int = 0
    began: float = field(default_factory=time.perf_counter)

    def tap(self, testid: str) -> None:
        self.page.get_by_test_id(testid).first.click()
        self.taps += 1

    def photograph(self, purpose: str) -> None:
        """Two taps: the camera, the shutter; a picture that is sharp and bright is kept at once."""
        self.tap(f"photo-{purpose}-camera")
        expect(self.page.get_by_test_id("camera-shoot")).to_have_attribute("aria-disabled", "false", timeout=30_000)
        # The film begins anew with each opening; a real camera never shows the same twice.
        self.page.evaluate(WAIT_FRAMES, 2 * next(SHOTS) % FRAMES + 1)
        self.tap("camera-shoot")
        expect(self.page.get_by_test_id(f"shot-{purpose}")).to_be_visible(timeout=30_000)
        self.photos += 1

    def said(self, what: str, most_taps: int, most_photos: int) -> str:
        machine_s = time.perf_counter() - self.began
        whole_s = machine_s + self.taps * TAP_S + self.photos * AIM_S
        counted = f"{self.taps} taps (bound {most_taps}), {self.photos} photos (bound {most_photos})"
        return f"  {what}: {counted}, {whole_s:.0f} s (bound 90), machine {machine_s:.1f} s at {SLOWER} x slower"


def open_station(hand: Counted, code: str) -> None:
    """The ordinary visit: open, services and checks answered, the sign and the counter photographed."""
    hand.tap(f"station-{code}")
    hand.tap("field-observed_state-open_operating")
    hand.tap("field-services-purchase_agency")
    hand.tap("field-services-parcel")
    hand.tap("field-sign_wording-national")
    for check in ("staff_present", "online_sales", "parcel_service"):
        hand.tap(f"field-checks-{check}-yes")
    hand.photograph("sign")
    hand.tap("save-visit")


def open_again(hand: Counted, code: str) -> None:
    """The same with what was found last time taken over in one tap each, and both photos."""
    hand.tap(f"station-{code}")
    hand.tap("field-observed_state-open_operating")
    hand.tap("field-services-same")
    hand.tap("field-sign_wording-national")
    hand.tap("field-checks-same")
    hand.photograph("sign")
    hand.photograph("inside")
    hand.tap("save-visit")


def closed_door(hand: Counted, code: str) -> None:
    hand.tap(f"station-{code}")
    hand.tap("field-observed_state-closed_at_visit")
    hand.photograph("closed_door")
    hand.tap("save-visit")


def run() -> None:
    """Print taps, photos and time of three visits, on a processor six times slower, without a line."""
    with phone_stand(stations=100) as stand:
        phone = stand.phone("chen", "chen", *camera_options(stand.folder))
        kinds: list[tuple[str, Callable[[Counted, str], None], int, int]] = [
            ("first visit, open", open_station, 12, 2),
            ("closed door", closed_door, 5, 1),
            ("next visit, open, with two photos", open_again, 12, 2),
        ]
        for what, visit, most_taps, most_photos in kinds:
            page = phone.page
            page.evaluate("location.hash = '#/stations'")
            page.get_by_test_id("station-JY001").first.wait_for()
            slowed(page, SLOWER)
            hand = Counted(page)
            visit(hand, "T00" if visit is closed_door else "JY001")
            expect(page.get_by_test_id("outbox-count")).to_be_visible(timeout=30_000)
            print(hand.said(what, most_taps, most_photos), flush=True)
            slowed(page, 1)
            expect(page.get_by_test_id("outbox-count")).to_have_text("0", timeout=60_000)
            page.evaluate("location.hash = '#/stations'")
