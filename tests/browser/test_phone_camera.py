"""Photos on the phone: what a chosen file says of itself, what the camera doubts, and that a marked copy is a copy."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.visits.tables import Photo
from stations.people.enrolling import make_enrolment
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.test_story import AT_THE_STATION, PICTURES
from tests.conftest import NOON
from tests.world import World

pytestmark = pytest.mark.browser

FILM_PX = (640, 480)


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client built elsewhere may be tried as well."""
    if elsewhere := os.environ.get("CUNZHAN_TEST_PHONE"):
        monkeypatch.setattr("api.pages.files.PHONE", Path(elsewhere))


def write_film(path: Path, picture: Image.Image, *, frames: int = 3) -> Path:
    """Write what Chromium's made-up camera shows: the picture, each frame a shade darker than the last."""
    luma, blue, red = picture.convert("RGB").resize(FILM_PX).convert("YCbCr").split()
    half = (FILM_PX[0] // 2, FILM_PX[1] // 2)
    colours = blue.resize(half).tobytes() + red.resize(half).tobytes()
    shown = [luma.point([max(0, value - turn) for value in range(256)]).tobytes() for turn in range(frames)]
    head = f"YUV4MPEG2 W{FILM_PX[0]} H{FILM_PX[1]} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"".join(b"FRAME\n" + frame + colours for frame in shown))
    return path


def photograph(size: tuple[int, int], *, make: str) -> bytes:
    """Give a JPEG as a phone's own camera app leaves it: with its maker, its time and its place."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = make, "ANE-AL00"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:21 11:40:05"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 16.0, 15.6), 3: "E", 4: (111.0, 20.0, 31.6)})
    out = io.BytesIO()
    Image.open(PICTURES / "gone.jpg").resize(size).save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


@contextmanager
def phone(browser: Browser, folder: Path, film: Path) -> Iterator[BrowserContext]:
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, viewport={"width": 360, "height": 800}, geolocation=AT_THE_STATION,
        args=[*QUIET, *camera, f"--use-file-for-fake-video-capture={film}"], permissions=["geolocation", "camera"],
        locale="zh-CN", timezone_id="Asia/Shanghai",
    )  # fmt: skip
    context.clock.install(time=NOON)
    yield context
    context.close()


@pytest.fixture
def code(sessions: sessionmaker[Session], world: World) -> str:
    with sessions.begin() as session:
        return make_enrolment(session, world.callers["jiang"], world.accounts["chen"].id, now=NOON, minutes=15).code


def begin(context: BrowserContext, address: str, code: str, state: str) -> Page:
    page = context.pages[0]
    page.goto(f"{address}/app/#enrol={code}")
    page.get_by_test_id("enrol-submit").click()
    page.get_by_test_id("station-JY001").click()
    page.get_by_test_id(f"field-observed_state-{state}").click()
    return page


def save_and_sync(page: Page) -> None:
    page.get_by_test_id("save-visit").click()
    expect(page.get_by_test_id("outbox-count")).to_be_visible()
    page.get_by_test_id("sync-now").click()
    expect(page.get_by_test_id("receipt-JY001")).to_be_visible(timeout=30_000)


def test_a_chosen_file_is_shrunk_but_what_it_says_of_itself_travels(
    browser: Browser, live_server: str, sessions: sessionmaker[Session], code: str, tmp_path: Path
) -> None:
    large, small = photograph((2400, 1800), make="HUAWEI"), photograph((800, 600), make="Redmi")
    (tmp_path / "large.jpg").write_bytes(large)
    (tmp_path / "small.jpg").write_bytes(small)
    film = write_film(tmp_path / "film.y4m", Image.open(PICTURES / "gone.jpg"))
    with phone(browser, tmp_path / "phone", film) as context:
        page = begin(context, live_server, code, "gone")
        for purpose, name in (("plaque_removed", "large.jpg"), ("front", "small.jpg")):
            page.get_by_test_id(f"photo-{purpose}-file").set_input_files(tmp_path / name)
            expect(page.get_by_test_id(f"shot-{purpose}")).to_have_count(1)
        save_and_sync(page)
    with sessions() as session:
        front, removed = session.scalars(select(Photo).order_by(Photo.purpose)).all()
    # Small enough: the very bytes that the person chose.
    assert front.sha256 == hashlib.sha256(small).hexdigest()
    assert front.exif is not None
    assert front.exif["tags"]["Make"] == "Redmi"
    assert front.capture is not None
    assert front.capture["original_sha256"] == front.sha256
    assert removed.sha256 != hashlib.sha256(large).hexdigest()
    assert removed.capture is not None
    assert removed.exif is not None
    assert (removed.capture["source"], removed.capture["kept_anyway"]) == ("file", False)
    assert removed.capture["original_sha256"] == hashlib.sha256(large).hexdigest()
    assert removed.capture["original_size"] == len(large)
    tags = removed.exif["tags"]
    assert (tags["Make"], tags["Model"], tags["DateTimeOriginal"]) == ("HUAWEI", "ANE-AL00", "2026:11:21 11:40:05")
    assert (tags["GPSLatitudeRef"][:1], tags["GPSLatitude"][:5], tags["GPSLongitude"][:6]) == ("N", "25.27", "111.34")


def test_a_dark_picture_is_asked_about_and_its_marked_copy_leaves_it_as_it_was(
    browser: Browser, live_server: str, sessions: sessionmaker[Session], code: str, tmp_path: Path
) -> None:
    night = Image.open(PICTURES / "closed.jpg").convert("RGB").point([value // 8 for value in range(256)] * 3)
    film = write_film(tmp_path / "film.y4m", night)
    with phone(browser, tmp_path / "phone", film) as context:
        page = begin(context, live_server, code, "closed_at_visit")
        page.get_by_test_id("photo-closed_door-camera").click()
        shoot(page)
        expect(page.get_by_test_id("doubt-dark")).to_be_visible()
        page.get_by_test_id("photo-again").click()
        shoot(page)
        page.get_by_test_id("photo-keep-anyway").click()
        expect(page.get_by_test_id("shot-closed_door")).to_have_count(1)
        page.get_by_test_id("shot-closed_door-open").click()
        with page.expect_download() as saved:
            page.get_by_test_id("viewer-save").click()
        copy = Path(saved.value.path()).read_bytes()
        assert saved.value.suggested_filename.startswith("JY001-")
        page.get_by_test_id("viewer-close").click()
        save_and_sync(page)
    with sessions() as session:
        photo = session.scalars(select(Photo)).one()
    assert photo.capture is not None
    assert (photo.capture["source"], photo.capture["kept_anyway"], photo.exif) == ("camera", True, None)
    assert photo.capture["brightness"] < 45
    # What arrived is what was taken: its receipt says so by its hash. The copy is another file.
    assert photo.received_at is not None
    assert hashlib.sha256(copy).hexdigest() != photo.sha256
    assert Image.open(io.BytesIO(copy)).size == FILM_PX


def shoot(page: Page) -> None:
    expect(page.get_by_test_id("camera-shoot")).to_have_attribute("aria-disabled", "false", timeout=15_000)
    page.get_by_test_id("camera-shoot").click()
