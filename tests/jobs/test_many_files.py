"""A process with more than a thousand files open works like any other; and none comes to have them by itself."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.job_loop import JobContext, Worker
from db import make_engine, session_factory, writing
from tests.conftest import Clock

# Beyond what select() can look at: FD_SETSIZE is 1,024.
HELD = 1_200


def files_open() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.fixture
def a_thousand_files_open() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, HELD + 400)), hard))
    held = [os.open(os.devnull, os.O_RDONLY)]
    try:
        held += [os.dup(held[0]) for _ in range(HELD)]
        yield
    finally:
        for number in held:
            os.close(number)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("a_thousand_files_open")
def test_a_worker_serves_with_a_thousand_files_open(sessions: sessionmaker[Session], clock: Clock) -> None:
    def count(_sessions: sessionmaker[Session], _payload: dict[str, Any], _context: JobContext) -> dict[str, Any]:
        return {"open": files_open()}

    with writing(sessions) as session:
        jobs.ask(session, "count", {}, now=clock())
    Worker(sessions, {"count": count}, clock).serve(until_empty=True)
    with sessions() as session:
        job = session.scalars(select(jobs.Job)).one()
    assert job.state == "done"
    assert job.result is not None
    assert job.result["open"] > HELD


def test_a_database_that_was_let_go_leaves_no_file_open(sqlite_template: Path, tmp_path: Path, clock: Clock) -> None:
    """The file by which writers take turns used to stay open until the process ended, one for each engine."""
    before = files_open()
    for number in range(5):
        path = tmp_path / f"{number}.db"
        path.write_bytes(sqlite_template.read_bytes())
        engine = make_engine(f"sqlite:///{path}")
        with writing(session_factory(engine)) as session:
            jobs.ask(session, "count", {}, now=clock())
        engine.dispose()
    assert files_open() == before


def test_who_may_not_take_a_turn_asks_the_database(sqlite_template: Path, tmp_path: Path, clock: Clock) -> None:
    """Where the turns' file cannot be made, writing goes on without turns, at once and more than once."""
    path = tmp_path / "test.db"
    path.write_bytes(sqlite_template.read_bytes())
    Path(f"{path}-turn").mkdir()
    engine = make_engine(f"sqlite:///{path}")
    for _ in range(2):
        with writing(session_factory(engine)) as session:
            jobs.ask(session, "count", {}, now=clock())
    with session_factory(engine)() as session:
        assert len(session.scalars(select(jobs.Job)).all()) == 2
    engine.dispose()
