"""The phone in Chromium 66, the browser inside Android 9: it keeps a visit, sends it, complains of nothing."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.people.enrolling import make_enrolment
from tests.android9.webview import OldPage, old_phone
from tests.browser.conftest import live_server
from tests.conftest import Clock
from tests.world import World

__all__ = ["live_server"]

# What a browser can do does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photo of a closed door, as a phone's gallery would hand it in."""
    drawn = Image.new("RGB", (1200, 900), (120, 110, 100))
    ImageDraw.Draw(drawn).rectangle((300, 100, 900, 850), outline=(20, 20, 20), width=30)
    whole = io.BytesIO()
    drawn.save(whole, "JPEG", quality=80)
    path = tmp_path / "door.jpg"
    path.write_bytes(whole.getvalue())
    return path


@pytest.fixture(autouse=True)
def the_clock_of_the_wall(clock: Clock) -> None:
    """The old browser's clock cannot be set, so the server's is set by the same wall."""
    clock.at = dt.datetime.now(dt.UTC)


def enrol(page: OldPage, address: str, sessions: sessionmaker[Session], world: World, person: str) -> None:
    with sessions.begin() as session:
        account = world.accounts[person].id
        code = make_enrolment(session, world.callers["jiang"], account, now=dt.datetime.now(dt.UTC), minutes=60).code
    page.go(f"{address}/app/")
    page.fill("enrol-code", code)
    page.tap("enrol-submit")


def test_a_visit_made_in_the_browser_of_android_9_arrives(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path, picture: Path
) -> None:
    with old_phone(tmp_path / "profile") as page:
        assert "Chrome/66." in page.run("navigator.userAgent")
        enrol(page, live_server, sessions, world, "chen")
        page.tap("station-JY001")
        page.tap("field-observed_state-closed_at_visit")
        page.choose_file("photo-closed_door-file", picture)
        page.see("shot-closed_door")
        page.tap("save-visit")
        page.see("receipt-JY001")
        assert page.run("navigator.serviceWorker.ready.then((one) => one.active.state)") in ("activating", "activated")
        assert page.complaints == []
    with sessions() as session:
        visit = session.scalars(select(Inspection)).one()
        assert (visit.observed_state, visit.state) == ("closed_at_visit", "complete")
        sha256 = session.scalars(select(Photo.sha256)).one()
        assert session.get(Medium, sha256) is not None


def test_an_owner_sees_the_months_in_the_browser_of_android_9(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path
) -> None:
    with old_phone(tmp_path / "profile") as page:
        enrol(page, live_server, sessions, world, "tang")
        page.see("nav-month")
        for door in ("outbox", "about", "month"):
            page.tap(f"nav-{door}")
        assert page.complaints == []


def test_the_map_and_the_list_open_without_the_server(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path
) -> None:
    with old_phone(tmp_path / "profile") as page:
        enrol(page, live_server, sessions, world, "chen")
        page.see("station-JY001")
        page.run("navigator.serviceWorker.ready.then(() => true)")
        page.call("Network.enable")
        page.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        page.go(f"{live_server}/app/#/stations")
        page.see("station-JY002")
        page.run("location.hash = '#/map'")
        page.see("map-canvas")
