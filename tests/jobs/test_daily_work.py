"""The day's own work: waiting pieces and finished jobs do not pile up, and nothing that is still needed goes."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.job_loop import DAILY
from api.worker import functions_of, make_worker
from db import writing
from inspections.photos.staging import Piece, Staging
from tests.conftest import NOON, Clock
from tests.world import World

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


def do_the_days_work(app: Flask) -> None:
    worker = make_worker(app)
    worker.ask_daily()
    worker.serve(until_empty=True)


def results(sessions: sessionmaker[Session]) -> dict[str, dict[str, int]]:
    with sessions() as session:
        return {job.kind: job.result or {} for job in session.scalars(select(jobs.Job).where(jobs.Job.state == "done"))}


def touch(path: Path, at: dt.datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_every_kind_asked_for_daily_has_its_function(app: Flask) -> None:
    assert DAILY == (
        "feed_months", "vitality_recheck", "staging_sweep", "preview_sweep", "orphan_sweep", "derivative_catch_up",
        "job_sweep", "reminders",
    )  # fmt: skip
    assert set(DAILY) <= set(functions_of(app))


def test_a_day_on_which_there_is_nothing_to_do(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    do_the_days_work(app)
    assert results(sessions) == {
        "feed_months": {"collecting": 0, "held_back": 0, "reported": 0, "unchanged": 0, "turned": 0},
        "vitality_recheck": {"looked_at": 0, "changed": 0},
        "staging_sweep": {"removed": 0},
        "preview_sweep": {"removed": 0},
        "orphan_sweep": {"looked_at": 0, "strange": 0, "laid_aside": 0, "put_back": 0, "removed": 0,
                         "originals_removed": 0, "halves_removed": 0},
        "derivative_catch_up": {"photos": 0, "visits": 0, "judgements": 0},
        "job_sweep": {"removed": 0},
        "reminders": {"stations": 0, "messages": 0, "counties_without_way": 0},
    }  # fmt: skip


def test_pieces_untouched_for_thirty_days_are_swept(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    folder = app.extensions["cunzhan_config"].staging_dir
    staging = Staging(folder)
    for name, at in (("old", NOON - 30 * DAY - SECOND), ("edge", NOON - 30 * DAY), ("new", NOON - DAY)):
        staging.append(7, name, Piece(0, 10, b"12345"))
        touch(folder / f"7-{name}", at)
    do_the_days_work(app)
    assert results(sessions)["staging_sweep"] == {"removed": 1}
    assert sorted(path.name for path in folder.iterdir()) == ["7-edge", "7-new"]


def test_finished_jobs_go_after_ninety_days_and_all_others_stay(
    app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    long_ago, edge = NOON - 90 * DAY - SECOND, NOON - 90 * DAY
    with writing(sessions) as session:
        kept = {}
        for name, state, finished in (
            ("old done", jobs.DONE, long_ago), ("done at the edge", jobs.DONE, edge), ("old dead", jobs.DEAD, long_ago),
            ("old waiting", jobs.WAITING, None),
        ):  # fmt: skip
            job = jobs.ask(session, "a_kind_nobody_does", {}, now=long_ago)
            job.state, job.finished_at = state, finished
            kept[name] = job
        session.flush()
        names = {job.id: name for name, job in kept.items()}
    do_the_days_work(app)
    assert results(sessions)["job_sweep"] == {"removed": 1}
    with sessions() as session:
        left = session.scalars(select(jobs.Job.id).order_by(jobs.Job.id)).all()
    assert [names[job_id] for job_id in left if job_id in names] == ["done at the edge", "old dead", "old waiting"]


def test_tomorrow_it_is_asked_for_again(
    app: Flask, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    do_the_days_work(app)
    clock.forward(days=1)
    do_the_days_work(app)
    with sessions() as session:
        kinds = session.scalars(select(jobs.Job.kind).order_by(jobs.Job.id)).all()
    assert kinds == [*DAILY, *DAILY]
