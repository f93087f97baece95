"""Workers killed with SIGKILL in the middle of their work: no job lost, none done twice with effect."""

from __future__ import annotations

import datetime as dt
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import text, true
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import writing
from tests.conftest import Backend

ROOT = Path(__file__).parents[2]
LEASE_MS = 1500
NUMBERS = 60


@contextmanager
def worker(url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.jobs.counting", url, str(LEASE_MS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_lines(process: subprocess.Popen[str], count: int) -> None:
    """Wait until the worker has begun `count` jobs."""
    assert process.stdout is not None
    for _ in range(count):
        assert select.select([process.stdout], [], [], 90)[0], "the worker began nothing for 90 s"
        assert process.stdout.readline()


def counts(sessions: sessionmaker[Session]) -> dict[str, int]:
    with sessions() as session:
        return jobs.count_by_state(session, true())


def test_three_kills_lose_nothing_and_double_nothing(backend: Backend, sessions: sessionmaker[Session]) -> None:
    with writing(sessions) as session:
        session.execute(text("create table counted (n integer primary key, attempt integer not null)"))
        for n in range(NUMBERS):
            jobs.ask(session, "count", {"n": n}, now=dt.datetime.now(dt.UTC), max_attempts=10)
    try:
        for _ in range(3):
            with worker(backend.url) as victim:
                wait_for_lines(victim, 8)
                victim.kill()
                assert victim.wait(10) == -9
        # What the victims held is still there as running: the next worker must wait for the leases, not lose them.
        assert counts(sessions)["running"] >= 1
        with worker(backend.url) as heir:
            deadline = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=20)
            while counts(sessions)["done"] < NUMBERS:
                assert dt.datetime.now(dt.UTC) < deadline, counts(sessions)
                with suppress(subprocess.TimeoutExpired):
                    assert heir.wait(0.2) is None, "the heir ended before its work was done"
            heir.terminate()
            assert heir.wait(10) == 0
        with sessions() as session:
            rows = session.execute(text("select count(*), max(attempt) from counted")).one()
            results = session.scalars(text("select count(*) from job where result is not null")).one()
        assert rows[0] == NUMBERS
        assert rows[1] >= 2, "no job was taken over, so the kills hit nothing"
        assert results == NUMBERS
    finally:
        with writing(sessions) as session:
            session.execute(text("drop table counted"))


def test_told_to_end_a_worker_finishes_what_it_holds(backend: Backend, sessions: sessionmaker[Session]) -> None:
    with writing(sessions) as session:
        session.execute(text("create table counted (n integer primary key, attempt integer not null)"))
        for n in range(NUMBERS):
            jobs.ask(session, "count", {"n": n}, now=dt.datetime.now(dt.UTC))
    try:
        with worker(backend.url) as told:
            wait_for_lines(told, 3)
            told.terminate()
            assert told.wait(10) == 0
        after = counts(sessions)
        assert (after["running"], after["dead"]) == (0, 0)
        assert 3 <= after["done"] < NUMBERS
    finally:
        with writing(sessions) as session:
            session.execute(text("drop table counted"))
