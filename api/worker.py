"""Which function does which kind of job, and the process that does them; how it does them is `job_loop.py`.

Each function is harmless when done twice and opens its own transactions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.job_loop import JobContext, JobFunction, Worker
from api.outgoing.sending import outgoing_jobs
from api.photo_room import photo_jobs
from db import writing
from inspections.plausibility.judging import KIND as JUDGEMENT
from inspections.plausibility.judging import judge_visit
from stations.coverage.studies.asking import KIND as SITING_STUDY
from stations.coverage.studies.running import run_study
from stations.logistics.datums.warning import warn_of_ledger
from stations.register.ledger.running import KIND as LEDGER_IMPORT
from stations.register.ledger.running import run_ledger_import
from stations.sales.feeds.modes import turn_modes
from stations.sales.feeds.months import close_months
from stations.vitality.rechecking import recheck_due
from stations.vitality.recomputing import PREVIEW, RECOMPUTE, run_preview, run_recomputation

# Finished work is kept so long for whoever asks what was done; dead jobs stay until a person settles them.
DONE_KEPT_FOR = dt.timedelta(days=90)


def recheck_vitality(sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, int]:
    """Decide again for every station whose day to look again has come."""
    return asdict(recheck_due(sessions, context.now()))


def sweep_jobs(sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, int]:
    """Remove the rows of work finished long ago."""
    with writing(sessions) as session:
        return {"removed": jobs.remove_done(session, before=context.now() - DONE_KEPT_FOR)}


def feed_months(sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, int]:
    """Let months that feeds collected become reports when they have ended; see for which stations feeds speak."""
    return close_months(sessions, context.now()) | {"turned": turn_modes(sessions, context.now())}


def judge(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
    """Say what asks for a second look at a visit."""
    return judge_visit(sessions, payload, now=context.now())


# Those that need nothing but the database; what needs the application's own rooms joins in `functions_of`.
HANDLERS: dict[str, JobFunction] = {
    "vitality_recheck": recheck_vitality,
    "job_sweep": sweep_jobs,
    "feed_months": feed_months,
    LEDGER_IMPORT: partial(run_ledger_import, guard=warn_of_ledger),
    PREVIEW: run_preview,
    RECOMPUTE: run_recomputation,
    SITING_STUDY: run_study,
    JUDGEMENT: judge,
}


def functions_of(app: Flask) -> dict[str, JobFunction]:
    """Give every kind of job this application knows, with its function."""
    return HANDLERS | photo_jobs(app) | outgoing_jobs(app)


def make_worker(app: Flask) -> Worker:
    """Make the worker of an application: its database, its clock, all kinds of jobs."""
    return Worker(app.extensions["cunzhan_sessions"], functions_of(app), app.extensions["cunzhan_clock"])


def work_until_told(app: Flask, *, threads: int = 2) -> None:
    """Do jobs as they fall due until SIGTERM or SIGINT; what is being done is finished first."""
    make_worker(app).serve(threads=threads)
