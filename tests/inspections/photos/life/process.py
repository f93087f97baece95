"""A server and a worker as processes of their own, on files that outlive them; both are only ever killed."""

from __future__ import annotations

import ctypes
import datetime as dt
import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flask import Flask

from api.app import create_app, settle
from api.config import Config
from api.job_loop import JobContext, JobFunction, Worker
from api.photo_room import photo_jobs
from api.serving import Server as Gunicorn
from inspections.photos.store import PhotoStore
from inspections.signage.found import ReadPicture
from inspections.signage.readings import read_sign
from tests.inspections.photos.life.deaths import arm

# Forked from one process that has already imported everything: a new start takes a third of a second.
_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.phone.stand.server", __name__])
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
# A worker of the future finds every lease of the past run out, so no test waits for one.
LATER = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Place:
    """The files that server and worker share."""

    database_url: str
    var: Path
    socket: str
    store_url: str

    @property
    def dies(self) -> Path:
        """Where the point stands at which the next request's process is to die."""
        return self.var / "dies"

    def config(self) -> Config:
        """Give the settings of server and worker on these files."""
        return Config(database_url=self.database_url, var_dir=self.var, photo_store_url=self.store_url)


@dataclass
class Processes:
    """One server, and workers that die. Whichever process dies is a fork of one that is armed with nothing."""

    place: Place
    server: Any = None
    workers: int = 0
    known: dict[str, JobFunction] = field(default_factory=dict)

    def serve(self) -> None:
        """Start the server, or start it again; it listens when this returns."""
        self.kill()
        ready, told = _FORKED.Pipe(duplex=False)
        self.server = _FORKED.Process(target=_serve, args=(self.place, told))
        self.server.start()
        told.close()
        with ready:
            if not ready.poll(60):
                raise RuntimeError("the server did not start within a minute")
            try:
                ready.recv()
            except EOFError as ended:
                raise RuntimeError((self.place.var / "log").read_text()) from ended

    def serve_until(self, point: str) -> None:
        """Let the process that answers the next request die at this point; another takes its place, knowing nothing."""
        told = self.place.dies.with_suffix(".part")
        told.write_text(point)
        # At once: a request that looks meanwhile reads all of it or nothing.
        told.replace(self.place.dies)

    def work(self, kinds: list[str], dies: str | None = None) -> int | None:
        """Let a worker do all that is due; give how it ended: 0, or -9 where it died.

        Each one's clock is ahead of the last one's leases, so that nobody waits for them.
        """
        self.workers += 1
        if dies is None:
            _do(self.place, kinds, self.workers)
            return 0
        worker = _FORKED.Process(target=_die_working, args=(self.place, kinds, dies, self.workers))
        worker.start()
        worker.join(120)
        ended: int | None = worker.exitcode
        worker.kill()
        worker.close()
        return ended

    def kill(self) -> None:
        """End the server and its helpers at once."""
        if self.server is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.join(30)
        self.server.close()
        self.server = None


class BlankReader:
    """Sees no writing anywhere: what is tested here is that the reading is done again, not what is read."""

    def read(self, _body: bytes) -> ReadPicture:
        return ReadPicture([], 1, 1, "blank", 0)


def _do(place: Place, kinds: list[str], after: int, dies: str | None = None) -> None:
    config = place.config()
    app = Flask("worker")
    settle(app, config, lambda: dt.datetime.now(dt.UTC) + after * LATER)
    app.extensions["cunzhan_photo_store"] = PhotoStore(config.photo_store_url)
    known = photo_jobs(app)
    if dies is None:
        known["sign_reading"] = partial(_read_nothing, app.extensions["cunzhan_photo_store"])
    arm(app, dies)
    some = {kind: known[kind] for kind in kinds}
    try:
        Worker(app.extensions["cunzhan_sessions"], some, app.extensions["cunzhan_clock"]).serve(until_empty=True)
    finally:
        app.extensions["cunzhan_engine"].dispose()


def _read_nothing(store: PhotoStore, sessions: Any, payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
    return read_sign(sessions, store, BlankReader(), payload, now=context.now())


def _die_working(place: Place, kinds: list[str], dies: str, after: int) -> None:
    _alone(place)
    _do(place, kinds, after, dies)


def _alone(place: Place) -> None:
    os.setsid()
    # A test run that is broken off must leave nothing behind.
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    log = os.open(place.var / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)


def _serve(place: Place, ready: Connection) -> None:
    _alone(place)
    app = create_app(place.config())

    def look() -> None:
        with suppress(FileNotFoundError):
            point = place.dies.read_text()
            place.dies.unlink()
            arm(app, point)

    app.before_request(look)
    server = Gunicorn(app, place.config())
    for name, value in (("bind", f"unix:{place.socket}"), ("loglevel", "critical"), ("workers", 1)):
        server.cfg.set(name, value)
    server.cfg.set("when_ready", lambda _server: ready.send("ready"))
    server.run()
