"""A worker process of the kill test: `python -m tests.jobs.counting URL LEASE_MS`; says on stdout what it begins.

A job's function writes one row a job id (twice is once), in two steps with a pause for the killer between them.
"""

from __future__ import annotations

import datetime as dt
import select
import sys
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from api.app import wall_clock
from api.job_loop import JobContext, Worker
from db import make_engine, session_factory, writing

COUNT = "insert into counted (n, attempt) values (:n, :attempt) on conflict (n) do nothing"


def count(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
    """Write the row of one number."""
    sys.stdout.write(f"{payload['n']}\n")
    sys.stdout.flush()
    select.select([], [], [], 0.03)  # the work itself: long enough to be killed in
    with writing(sessions) as session:
        session.execute(text(COUNT), {"n": payload["n"], "attempt": context.held.attempt})
    return {"n": payload["n"]}


if __name__ == "__main__":
    engine = make_engine(sys.argv[1])
    lease = dt.timedelta(milliseconds=int(sys.argv[2]))
    Worker(session_factory(engine), {"count": count}, wall_clock, lease=lease, idle_s=0.1, daily=()).serve(threads=2)
