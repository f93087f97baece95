"""kill -9 of server and worker at every step of a photo's life: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from db import make_engine, session_factory
from tests.inspections.photos.life.after import faults, swept_clean, unfinished
from tests.inspections.photos.life.deaths import IN_THE_SERVER, IN_THE_WORKER
from tests.inspections.photos.life.phone import LineDown, Phone
from tests.inspections.photos.life.process import Place, Processes
from tests.visit_making import jpeg
from tests.world import build_world

PICTURES = ["photo_thumbnail", "photo_marking"]
NUMBER_OF = {point: number for number, point in enumerate((*IN_THE_SERVER, *IN_THE_WORKER, "all of it"))}


@dataclass
class Stand:
    """Server and workers on one SQLite file and one folder, for all tests of this file."""

    processes: Processes
    sessions: sessionmaker[Session]
    folder: Path

    def phone(self, point: str) -> Phone:
        number = NUMBER_OF[point]
        photos = [jpeg(number, (700, 500 + number)), jpeg(number, (500 + number, 700))]
        return Phone(self.processes.place.socket, f"0b7c7a52-6c1e-4a53-9d3e-{number:012d}", photos)

    def check(self, phone: Phone, kinds: list[str] = PICTURES) -> None:
        """All is there, and only that."""
        assert faults(self.sessions, self.folder, phone.visit_id, phone.photos, phone.record()) == []
        assert unfinished(self.sessions, kinds) == []
        assert swept_clean(self.sessions, self.folder) == []


@pytest.fixture(scope="module")
def stand(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    var = tmp_path_factory.mktemp("life")
    shutil.copyfile(sqlite_template, var / "server.db")
    url = f"sqlite:///{var / 'server.db'}"
    engine = make_engine(url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        build_world(session, dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
    # A socket's name has at most 107 signs; folders of tests are longer.
    near = Path(tempfile.mkdtemp(prefix="cunzhan-"))
    processes = Processes(Place(url, var, str(near / "s")))
    processes.serve()
    yield Stand(processes, sessions, var / "photos")
    processes.kill()
    engine.dispose()
    shutil.rmtree(near)


@pytest.mark.parametrize("point", IN_THE_SERVER)
def test_the_server_is_killed(point: str, stand: Stand) -> None:
    phone = stand.phone(point)
    stand.processes.serve_until(point)
    with pytest.raises(LineDown):
        phone.send()
    phone.send()
    assert stand.processes.work(PICTURES) == 0
    stand.check(phone)


@pytest.mark.parametrize("point", IN_THE_WORKER)
def test_the_worker_is_killed(point: str, stand: Stand) -> None:
    kinds = [*PICTURES, "sign_reading"] if "sign" in point else PICTURES
    phone = stand.phone(point)
    phone.send()
    if "mark" in point or "sign" in point:
        assert stand.processes.work(["photo_thumbnail"]) == 0
    assert stand.processes.work(kinds, point) == -9
    assert unfinished(stand.sessions, kinds) != []
    assert stand.processes.work(kinds) == 0
    stand.check(phone, kinds)


def test_the_whole_server_is_killed_and_started_again(stand: Stand) -> None:
    phone = stand.phone("all of it")
    stand.processes.serve_until("after a piece, before its answer")
    with pytest.raises(LineDown):
        phone.send()
    stand.processes.kill()
    with pytest.raises(LineDown):
        phone.send()
    stand.processes.serve()
    phone.send()
    assert stand.processes.work(PICTURES) == 0
    stand.check(phone)
