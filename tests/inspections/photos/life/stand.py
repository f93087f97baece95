"""Server, workers and phones on one SQLite file and one store of photos."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from db import make_engine, session_factory
from inspections.photos.store import PhotoStore
from tests.inspections.photos.life.after import faults, swept_clean, unfinished
from tests.inspections.photos.life.phone import Phone
from tests.inspections.photos.life.process import Place, Processes
from tests.visit_making import jpeg
from tests.world import build_world

PICTURES = ["photo_thumbnail", "photo_marking"]


@dataclass
class Stand:
    """All that outlives a death."""

    processes: Processes
    sessions: sessionmaker[Session]
    store: PhotoStore

    def phone(self, number: int) -> Phone:
        """Give a phone with a visit of its own and two photos that nobody else has."""
        photos = [jpeg(number, (700, 500 + number)), jpeg(number, (500 + number, 700))]
        return Phone(self.processes.place.socket, f"0b7c7a52-6c1e-4a53-9d3e-{number:012d}", photos)

    def wrong(self, phone: Phone, kinds: list[str] = PICTURES) -> list[object]:
        """Say what is not there of a visit, what is not done, and what lies there and is nobody's."""
        there = faults(self.sessions, self.store, phone.visit_id, phone.photos, phone.record())
        return [*there, *unfinished(self.sessions, kinds), *swept_clean(self.sessions, self.store)]


@contextmanager
def standing(var: Path, store_url: str = "") -> Iterator[Stand]:
    """Put people into the empty database `var/server.db` and start the server on it; photos in `var`, or elsewhere."""
    url = f"sqlite:///{var / 'server.db'}"
    engine = make_engine(url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        build_world(session, dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
    # A socket's name has at most 107 signs; folders of tests are longer.
    near = Path(tempfile.mkdtemp(prefix="cunzhan-"))
    place = Place(url, var, str(near / "s"), store_url or (var / "photos").as_uri())
    processes = Processes(place)
    try:
        processes.serve()
        yield Stand(processes, sessions, PhotoStore(place.store_url))
    finally:
        processes.kill()
        engine.dispose()
        shutil.rmtree(near)
