"""One server, one line and one phone for a file of tests; each test gets them whole again, whatever died before."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from sqlalchemy.orm import Session, sessionmaker

from db import make_engine, session_factory
from stations.people.enrolling import make_enrolment
from tests.chromium import CHROMIUM, PATIENCE_MS
from tests.conftest import missing
from tests.phone.stand.arrived import read_arrived
from tests.phone.stand.handset import CONTROLLED, Handset
from tests.phone.stand.line import Line
from tests.phone.stand.pictures import put_photograph
from tests.phone.stand.server import BUILT, KillableServer
from tests.phone.stand.visiting import Held, all_sent, enrol, fill_visit, held_by, last_round, save_visit, settled
from tests.world import Row, World, add_stations, build_world

EXTRA_STATIONS = 60


@dataclass
class Stand:
    """Server, line and phones on the same files all along; every visit has a station and pictures of its own."""

    playwright: Playwright
    folder: Path
    server: KillableServer
    line: Line
    sessions: sessionmaker[Session]
    world: World
    phones: dict[str, Handset] = field(default_factory=dict)
    # Seconds by which server and phones are ahead of this machine's clock, where a test needs a certain day.
    ahead_s: float = 0.0
    numbers: Iterator[int] = field(default_factory=itertools.count)
    # The model: every visit made here, id -> SHA-256 of its body, and the hash of every photo taken.
    visits: dict[str, str] = field(default_factory=dict)
    photos: set[str] = field(default_factory=set)
    # Hashes of the files that the gallery gave, in their order.
    taken: list[str] = field(default_factory=list)

    def phone(self, name: str = "chen", person: str = "chen", *options: str) -> Handset:
        """Give an open, enrolled phone; the same name, the same phone."""
        if name not in self.phones:
            self.phones[name] = Handset(self.playwright, self.folder / name, self.line.address, *options)
            self.phones[name].ahead_s = self.ahead_s
        phone = self.phones[name]
        if phone.context is None:
            phone.open()
            expect(phone.page.get_by_test_id("enrol-code").or_(phone.page.get_by_test_id("nav-outbox"))).to_be_visible()
            if phone.page.get_by_test_id("enrol-code").is_visible():
                enrol(phone.page, self.code_for(person))
                # Without this, opening without a line would prove nothing.
                phone.page.evaluate(CONTROLLED)
        return phone

    def code_for(self, person: str) -> str:
        now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self.ahead_s)
        with self.sessions.begin() as session:
            account = self.world.accounts[person].id
            return make_enrolment(session, self.world.callers["jiang"], account, now=now, minutes=15).code

    def station(self) -> str:
        """Give a station that no other test visits."""
        return f"T{next(self.numbers) % EXTRA_STATIONS:02}"

    def picture(self, size: tuple[int, int] = (640, 480)) -> Path:
        """Give a picture that no other test takes, as a file of the phone's gallery."""
        path = put_photograph(self.folder, next(self.numbers) + 1000, size)
        self.taken.append(hashlib.sha256(path.read_bytes()).hexdigest())
        return path

    def visit(self, phone: Handset, photos: int, size: tuple[int, int] = (640, 480)) -> Held:
        """Make and save a visit without a line, and give what the phone holds now."""
        self.line.cut()
        fill_visit(phone.page, self.station(), [self.picture(size) for _ in range(photos)])
        before = last_round(phone.page)
        save_visit(phone.page)
        # The app tries to sync by itself; what a test does next must not fall into that round.
        settled(phone.page, before)
        held = held_by(phone.page)
        self.remember(held)
        return held

    def remember(self, held: Held) -> None:
        """Add to the model what a phone holds."""
        self.visits |= held.records
        self.photos |= set(held.photos)

    def all_arrived(self, phone: Handset) -> None:
        """Wait until the outbox is empty, and see what the phones held at the server: once, byte for byte, alone."""
        all_sent(phone.page)
        arrived = read_arrived(self.sessions, self.server.place.var / "photos")
        assert arrived.visits == self.visits
        assert arrived.photos == self.photos
        assert not arrived.awaited
        assert arrived.aside == []
        left = held_by(phone.page)
        assert (left.records, left.photos) == ({}, {})


@contextmanager
def standing(
    playwright: Playwright, folder: Path, url: str, at: dt.datetime | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Stand]:
    """Set up a stand on a migrated, empty database, as if it were `at`; at its end everything is killed."""
    if CHROMIUM is None:
        missing("chromium")
    if not (BUILT / "index.html").is_file():
        missing(f"the phone client in {BUILT} (make ready)")
    engine = make_engine(url)
    sessions = session_factory(engine)
    now = at or dt.datetime.now(dt.UTC)
    ahead_s = (at - dt.datetime.now(dt.UTC)).total_seconds() if at else 0.0
    with sessions.begin() as session:
        world = build_world(session, now)
        village, path = "431125100201", "/CN/43/4311/431125/431125100/431125100201/"
        rows = [
            Row(f"T{number:02}", f"第{number}服务站", village, path, 111.35 + number / 1000, 25.27)
            for number in range(EXTRA_STATIONS)
        ]
        add_stations(session, rows, now)
    var = folder / "var"
    var.mkdir()
    server = KillableServer(url, var, ahead_s)
    line = Line(server.place.socket, tls)
    # Also where a benchmark brought its own Playwright.
    expect.set_options(timeout=PATIENCE_MS)
    built = Stand(playwright, folder, server, line, sessions, world, ahead_s=ahead_s)
    try:
        server.start()
        yield built
    finally:
        for phone in built.phones.values():
            phone.kill()
        line.close()
        server.remove()
        engine.dispose()


@pytest.fixture(scope="module")
def stand(playwright: Playwright, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """A stand on SQLite, migrated and seeded."""
    folder = tmp_path_factory.mktemp("phone")
    shutil.copyfile(sqlite_template, folder / "server.db")
    with standing(playwright, folder, f"sqlite:///{folder / 'server.db'}") as built:
        yield built


@pytest.fixture
def phone(stand: Stand) -> Iterator[Handset]:
    """Chen's phone on a line that works to a server that lives; nothing of it may have complained at the end."""
    stand.line.heal()
    if stand.server.place.dies or stand.server.is_dead():
        stand.server.start()
    given = stand.phone()
    given.complaints.clear()
    yield given
    assert given.complaints == []
