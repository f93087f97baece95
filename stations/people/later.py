"""The jobs a person of the staff may see and revive: those of the own area; a province also those of the system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import JobState, Role
from jobs import Job, count_by_state, list_jobs, revive
from stations.people.access import Caller, in_scope
from stations.people.audit import note_act


def _visible(caller: Caller) -> ColumnElement[bool]:
    inside = in_scope(caller, Job.unit_path)
    return or_(inside, Job.unit_path == "") if caller.role is Role.PROVINCE else inside


def list_visible_jobs(
    session: Session, caller: Caller, *, state: JobState | None, kind: str | None, limit: int, offset: int
) -> tuple[Sequence[Job], int]:
    """Give one page of the jobs the caller may see, newest first; and how many there are."""
    where = _visible(caller)
    if state is not None:
        where = and_(where, Job.state == state.value)
    if kind is not None:
        where = and_(where, Job.kind == kind)
    return list_jobs(session, where, limit=limit, offset=offset)


def count_visible_jobs(session: Session, caller: Caller) -> dict[str, int]:
    """Give how many of the jobs the caller may see are in each state."""
    return count_by_state(session, _visible(caller))


def find_job(session: Session, caller: Caller, job_id: int) -> Job:
    """Give one job the caller may see; refuses with JOB_UNKNOWN."""
    job = session.scalars(select(Job).where(Job.id == job_id, _visible(caller))).one_or_none()
    if job is None:
        raise Refusal("JOB_UNKNOWN")
    return job


def revive_job(session: Session, caller: Caller, job_id: int, *, now: dt.datetime) -> Job:
    """Let a dead job run again; one that is not dead stays as it is; refuses with JOB_UNKNOWN."""
    job = find_job(session, caller, job_id)
    if revive(session, job, now=now):
        note_act(session, caller, "job.revive", "job", str(job_id), now=now)
    return job
