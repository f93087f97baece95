"""The phone in Chromium 66, the browser inside Android 9: it keeps a visit, sends it, complains of nothing."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.chain.tables import PhotoSeal
from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.people.enrolling import make_enrolment
from stations.records.days import CHINA
from stations.records.months import SalesReport
from tests.android9.webview import OldPage, old_phone
from tests.browser.conftest import live_server
from tests.conftest import Clock
from tests.stations.sales.filing.building import begin, leave
from tests.world import World

__all__ = ["live_server"]

# What a browser can do does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

# How many colours the map is drawn in.
COLOURS = """(() => {
  const map = document.querySelector('[data-testid=map-canvas]')
  const dots = new Uint32Array(map.getContext('2d').getImageData(0, 0, map.width, map.height).data.buffer)
  return new Set(dots).size
})()"""
# Rolled to its end, the last thing of a screen lies above the doors or the button to save.
BELOW = """(() => {
  window.scrollTo(0, 99999)
  const edge = document.querySelector('nav') || document.querySelector('.save')
  const things = Array.from(document.querySelectorAll('main *')).filter((one) => !edge.contains(one))
  return Math.max(...things.map((one) => one.getBoundingClientRect().bottom)) <= edge.getBoundingClientRect().top
})()"""


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
        # Its key was made, kept in its store and registered, and what it signed holds.
        assert session.scalars(select(PhotoSeal.verdict)).all() == ["valid"]


def test_an_owner_files_nothing_this_month_in_the_browser_of_android_9(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path
) -> None:
    now = dt.datetime.now(dt.UTC)
    last = now.astimezone(CHINA).date().replace(day=1) - dt.timedelta(days=1)
    period = last.year * 100 + last.month
    with sessions.begin() as session:
        begin(session, period)
        # Whatever day the wall says: the county has given leave.
        leave(session, period, until=now + dt.timedelta(days=30))
    with old_phone(tmp_path / "profile") as page:
        enrol(page, live_server, sessions, world, "tang")
        page.see("nav-month")
        for door in ("outbox", "about", "month"):
            page.tap(f"nav-{door}")
        page.run(f"location.hash = '#/month/{period}'")
        page.tap("month-nil")
        page.tap("month-send")
        page.see("month-received")
        assert page.complaints == []
    with sessions() as session:
        filed = session.scalars(select(SalesReport)).one()
        assert (filed.period, filed.is_nil, filed.source) == (period, True, "owner")


def test_a_pin_seals_and_opens_in_the_browser_of_android_9(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path
) -> None:
    with old_phone(tmp_path / "profile") as page:
        enrol(page, live_server, sessions, world, "chen")
        page.tap("nav-about")
        page.tap("pin-begin")
        page.fill("pin-new", "246810")
        page.fill("pin-again", "246810")
        page.tap("pin-set")
        page.see("pin-is-set")
        page.call("Page.reload")
        page.see("locked")
        page.fill("pin", "135791")
        page.tap("pin-open")
        page.see("pin-wrong")
        page.fill("pin", "246810")
        page.tap("pin-open")
        page.see("nav-outbox")
        assert page.complaints == []


def test_the_map_draws_and_a_new_station_is_asked_about_in_the_browser_of_android_9(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path
) -> None:
    with old_phone(tmp_path / "profile") as page:
        enrol(page, live_server, sessions, world, "chen")
        page.tap("nav-map")
        page.tap("map-whole")
        page.tap("map-station-JY002")
        page.see("map-chosen")
        assert page.run(COLOURS) > 5
        page.run("location.hash = '#/found'")
        page.fill("village-search", "夏湾")
        page.tap("village-431125101200")
        page.tap("none-of-these")
        page.tap("save-found")
        page.see("lacks")
        assert page.complaints == []


@pytest.mark.parametrize("screen", ["stations", "outbox", "about", "visit/JY001"])
def test_the_end_of_a_screen_is_not_behind_what_lies_at_its_lower_edge(
    live_server: str, sessions: sessionmaker[Session], world: World, tmp_path: Path, screen: str
) -> None:
    with old_phone(tmp_path / "profile") as page:
        enrol(page, live_server, sessions, world, "chen")
        page.see("station-JY001")
        page.run(f"location.hash = '#/{screen}'")
        page.until(f"document.querySelector('.shell.is-{screen.partition('/')[0]} main').children.length > 0")
        page.until(BELOW)


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
