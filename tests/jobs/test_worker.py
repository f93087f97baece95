"""The worker: results and progress are kept, a refusal is not tried again, the day's work is asked for once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.job_loop import JobContext, Worker
from db import writing
from field_app_schema.refusals import Refusal
from tests.conftest import Clock


def measure(_sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
    context.progress(payload["rows"], payload["rows"])
    return {"at": context.now().isoformat()}


def stumble(_sessions: sessionmaker[Session], payload: dict[str, Any], _context: JobContext) -> None:
    if payload.get("for_good"):
        raise Refusal("PHOTO_FORMAT")
    raise OSError("no space left")


def only_job(sessions: sessionmaker[Session]) -> jobs.Job:
    with sessions() as session:
        return session.scalars(select(jobs.Job)).one()


def work(sessions: sessionmaker[Session], clock: Clock, **daily: tuple[str, ...]) -> Worker:
    worker = Worker(sessions, {"measure": measure, "stumble": stumble}, clock, **daily)
    worker.serve(until_empty=True)
    return worker


def test_a_job_done_keeps_its_result_and_progress(sessions: sessionmaker[Session], clock: Clock) -> None:
    with writing(sessions) as session:
        jobs.ask(session, "measure", {"rows": 12}, now=clock(), unique_key="m")
    work(sessions, clock)
    job = only_job(sessions)
    assert (job.state, job.progress_done, job.progress_total, job.unique_key) == ("done", 12, 12, None)
    assert job.result == {"at": "2026-11-20T04:00:00+00:00"}
    assert job.finished_at == clock()


def test_a_failure_waits_for_its_turn_and_then_runs_again(sessions: sessionmaker[Session], clock: Clock) -> None:
    with writing(sessions) as session:
        jobs.ask(session, "stumble", {}, now=clock())
    work(sessions, clock)
    assert (only_job(sessions).state, only_job(sessions).attempt) == ("waiting", 1)
    assert only_job(sessions).last_error == "OSError: no space left"
    work(sessions, clock)
    assert only_job(sessions).attempt == 1
    clock.forward(seconds=10)
    work(sessions, clock)
    assert only_job(sessions).attempt == 2


def test_what_no_retry_can_help_is_buried_at_once(sessions: sessionmaker[Session], clock: Clock) -> None:
    with writing(sessions) as session:
        jobs.ask(session, "stumble", {"for_good": True}, now=clock())
    work(sessions, clock)
    assert (only_job(sessions).state, only_job(sessions).last_error) == ("dead", "PHOTO_FORMAT")


def test_the_days_work_is_asked_for_once_by_however_many_workers(sessions: sessionmaker[Session], clock: Clock) -> None:
    for _ in range(2):
        worker = work(sessions, clock, daily=("measure",))
        worker.ask_daily()
        worker.ask_daily()
    assert only_job(sessions).payload == {"as_of": "2026-11-20"}
    clock.forward(hours=12)  # midnight has passed in Beijing, not in UTC
    worker.ask_daily()
    with sessions() as session:
        days = session.scalars(select(jobs.Job).order_by(jobs.Job.id)).all()
    assert [job.payload["as_of"] for job in days] == ["2026-11-20", "2026-11-21"]
