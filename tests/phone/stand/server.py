"""The server as in production (gunicorn, threads, two processes) in a group of its own, on files that outlive it.

It listens on a socket file, so that no other program can take its place while it is dead. It is only ever killed.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import http.client
import json
import multiprocessing
import os
import shutil
import signal
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from api.app import create_app
from api.config import Config
from api.pages import files
from api.serving import Server as Gunicorn
from tests.phone.stand.deaths import arm

ROOT = Path(__file__).resolve().parents[3]
# The phone client that is served: what `make ready` built, unless a test run names another build.
BUILT = Path(os.environ.get("CUNZHAN_TEST_PHONE", ROOT / "field_app/dist"))
# Forked from one process that has already imported everything: a new start takes a third of a second.
_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload([__name__])
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True)
class Place:
    """The files a server works on and how it is reached; `form_mark` is put behind the version of the visit's form."""

    database_url: str
    var: Path
    socket: str
    phone: Path
    ahead_s: float = 0.0
    dies: str | None = None
    form_mark: str = ""


def _run(place: Place, ready: Connection) -> None:
    os.setsid()
    # A test run that is broken off must leave no server behind.
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    log = os.open(place.var / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    config = Config(database_url=place.database_url, var_dir=place.var, photo_store_url=(place.var / "photos").as_uri())
    files.PHONE = place.phone
    ahead = dt.timedelta(seconds=place.ahead_s)
    app = create_app(config, clock=lambda: dt.datetime.now(dt.UTC) + ahead)
    arm(app, place.dies, place.form_mark)
    server = Gunicorn(app, config)
    server.cfg.set("bind", f"unix:{place.socket}")
    server.cfg.set("loglevel", "critical")
    server.cfg.set("when_ready", lambda _server: ready.send("ready"))
    server.run()


class KillableServer:
    """`start` (naming where it shall die), `kill`, `start` again: on the same files, at the same address."""

    def __init__(self, database_url: str, var: Path, ahead_s: float = 0.0) -> None:
        # A socket's name has at most 107 signs; folders of tests are longer.
        self.folder = Path(tempfile.mkdtemp(prefix="cunzhan-"))
        self.place = Place(database_url, var, str(self.folder / "s"), BUILT, ahead_s)
        self.process: Any = None

    def start(self, dies: str | None = None, *, phone: Path | None = None, form_mark: str = "") -> None:
        """Start it, or start it again; `dies` is a name of `deaths.DEATHS`."""
        self.kill()
        place = self.place
        self.place = replace(place, phone=phone or place.phone, dies=dies, form_mark=form_mark)
        ready, told = _FORKED.Pipe(duplex=False)
        self.process = _FORKED.Process(target=_run, args=(self.place, told))
        self.process.start()
        told.close()
        try:
            if not ready.poll(60):
                raise RuntimeError("the server did not start within a minute")
            ready.recv()
        except EOFError as ended:
            log = self.place.var / "server.log"
            raise RuntimeError(log.read_text() if log.exists() else "the server ended before it began") from ended
        finally:
            ready.close()

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        if self.process is None:
            return
        # It may have died already at its named point.
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join(30)
        self.process.close()
        self.process = None

    def is_dead(self) -> bool:
        return self.process is None or self.process.exitcode is not None

    def wait_dead(self) -> None:
        """Wait until it has died at its named point; fails after 30 seconds."""
        self.process.join(30)
        assert self.process.exitcode is not None, f"the server never came to {self.place.dies!r}"

    def ask(self, path: str, headers: dict[str, str]) -> tuple[int, Any]:
        """GET a path as JSON, past every line: how a desk in the county sees the server."""
        connection = _OverSocketFile(self.place.socket)
        try:
            connection.request("GET", f"/api/v1{path}", headers=headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)


class _OverSocketFile(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(self.path)
