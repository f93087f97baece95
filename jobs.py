"""Work that is done later: one lease table on the ground (ask, claim, renew, finish, fail, bury, revive).

A job is written in the transaction of the change that asks for it. Delivery is at least once, so what the worker calls
must be harmless when done twice; a claim carries a fence (`owner`, `attempt`), so a worker whose lease ran out cannot
finish what another has taken over. Nothing here reads the clock. Why no ready-made queue: docs/decisions.md «Jobs».
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, Integer, String, Text, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from db import Base, UtcDateTime

WAITING, RUNNING, DONE, DEAD = "waiting", "running", "done", "dead"
VANISHED = "the worker vanished during the last permitted attempt"
# A killed worker's job is free again after at most this; renewed every quarter of it.
LEASE = dt.timedelta(seconds=40)
FIRST_PAUSE_S, LONGEST_PAUSE_S = 10.0, 3600.0


class Job(Base):
    """One piece of work: what, with which plain values, when, how often tried, and who holds it until when."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12))
    priority: Mapped[int] = mapped_column(Integer, default=0)
    run_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    max_attempts: Mapped[int] = mapped_column(Integer, default=5)
    lease_owner: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    progress_done: Mapped[int] = mapped_column(Integer, default=0)
    progress_total: Mapped[int | None] = mapped_column(Integer)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    last_error: Mapped[str | None] = mapped_column(Text)
    # Asking again for the same thing while it is open is asking once; cleared when the job ends.
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    unit_path: Mapped[str] = mapped_column(String(80), default="")
    asked_by: Mapped[int | None] = mapped_column(Integer)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_job_due", "state", "priority", "run_at"),)


@dataclass(frozen=True)
class Claim:
    """A job in somebody's hands, and the fence (`owner`, `attempt`) that proves it still is."""

    id: int
    kind: str
    payload: dict[str, Any]
    owner: str
    attempt: int
    max_attempts: int


def ask(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    now: dt.datetime,
    run_at: dt.datetime | None = None,
    priority: int = 0,
    max_attempts: int = 5,
    unique_key: str | None = None,
    unit_path: str = "",
    asked_by: int | None = None,
) -> Job:
    """Write a job in the caller's transaction; with a `unique_key` that is still open, give that job instead."""
    job = Job(
        kind=kind, payload=payload, state=WAITING, priority=priority, run_at=run_at or now, attempt=0,
        max_attempts=max_attempts, progress_done=0, unique_key=unique_key, unit_path=unit_path, asked_by=asked_by,
        asked_at=now,
    )  # fmt: skip
    same = select(Job).where(Job.unique_key.is_not(None), Job.unique_key == unique_key)
    if (already := session.scalars(same).one_or_none()) is not None:
        return already
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        # Another transaction asked between the two statements; it has committed, or we would still wait for it.
        if (already := session.scalars(same).one_or_none()) is None:
            raise
        return already
    return job


def was_asked(session: Session, kind: str, *, since: dt.datetime) -> bool:
    """Say whether a job of this kind was asked for at or after `since`, whatever became of it."""
    return session.scalar(select(Job.id).where(Job.kind == kind, Job.asked_at >= since).limit(1)) is not None


def _due(now: dt.datetime, kinds: Collection[str]) -> ColumnElement[bool]:
    ripe = and_(Job.state == WAITING, Job.run_at <= now)
    lost = and_(Job.state == RUNNING, Job.lease_until <= now)
    return and_(or_(ripe, lost), Job.kind.in_(kinds))


def is_due(session: Session, kinds: Collection[str], *, now: dt.datetime) -> bool:
    """Say whether anything waits to be claimed; only reads, so an idle worker never takes SQLite's write lock."""
    return session.scalar(select(Job.id).where(_due(now, kinds)).limit(1)) is not None


def claim(
    session: Session, owner: str, kinds: Collection[str], *, now: dt.datetime, lease: dt.timedelta = LEASE
) -> Claim | None:
    """Take the most urgent due job, or one whose holder's lease ran out; None when there is none.

    A job whose last permitted attempt vanished with its worker is buried here, or it would kill workers for ever.
    """
    vanished = and_(Job.state == RUNNING, Job.lease_until <= now, Job.attempt >= Job.max_attempts)
    ended = {"unique_key": None, "lease_until": None, "finished_at": now, "last_error": VANISHED}
    _change(session, vanished, state=DEAD, **ended)
    chosen = (
        select(Job.id).where(_due(now, kinds)).order_by(Job.priority.desc(), Job.run_at, Job.id)
        .limit(1).with_for_update(skip_locked=True).correlate(None).scalar_subquery()
    )  # fmt: skip
    taken = session.execute(
        update(Job).where(Job.id == chosen)
        .values(state=RUNNING, attempt=Job.attempt + 1, lease_owner=owner, lease_until=now + lease)
        .returning(Job.id, Job.kind, Job.payload, Job.lease_owner, Job.attempt, Job.max_attempts)
        .execution_options(synchronize_session=False)
    ).one_or_none()  # fmt: skip
    return None if taken is None else Claim(*taken)


def _change(session: Session, where: ColumnElement[bool], **values: Any) -> bool:
    done = session.execute(
        update(Job).where(where).values(**values).returning(Job.id).execution_options(synchronize_session=False)
    )
    return done.first() is not None


def _held(held: Claim) -> ColumnElement[bool]:
    return and_(Job.id == held.id, Job.state == RUNNING, Job.lease_owner == held.owner, Job.attempt == held.attempt)


def renew(session: Session, held: Claim, *, now: dt.datetime, lease: dt.timedelta = LEASE) -> bool:
    """Prolong the lease; False when another has taken the job over."""
    return _change(session, _held(held), lease_until=now + lease)


def report_progress(session: Session, held: Claim, done: int, total: int | None) -> bool:
    """Note how far the work has come; False when another has taken the job over."""
    return _change(session, _held(held), progress_done=done, progress_total=total)


def finish(session: Session, held: Claim, result: dict[str, Any] | None, *, now: dt.datetime) -> bool:
    """Mark the job done and free its unique key; False when another has taken it over."""
    ended = {"unique_key": None, "lease_until": None, "finished_at": now, "last_error": None}
    return _change(session, _held(held), state=DONE, result=result, **ended)


def pause_before_retry(attempt: int, seed: int) -> dt.timedelta:
    """Give the pause after the `attempt`-th failure (1 is the first): doubled each time, spread by half, capped."""
    spread = random.Random(seed).uniform(0.5, 1.0)  # noqa: S311 - spreads retries, keeps no secret
    return dt.timedelta(seconds=spread * min(FIRST_PAUSE_S * 2 ** (attempt - 1), LONGEST_PAUSE_S))


def fail(session: Session, held: Claim, error: str, *, now: dt.datetime, seed: int) -> bool:
    """Put the job back for a later attempt, or bury it after the last; False when another has taken it over."""
    if held.attempt >= held.max_attempts:
        return bury(session, held, error, now=now)
    again = now + pause_before_retry(held.attempt, seed)
    return _change(session, _held(held), state=WAITING, run_at=again, lease_until=None, last_error=error)


def bury(session: Session, held: Claim, error: str, *, now: dt.datetime) -> bool:
    """Give the job up, keeping its last error for a person to read; False when another has taken it over."""
    ended = {"unique_key": None, "lease_until": None, "finished_at": now, "last_error": error}
    return _change(session, _held(held), state=DEAD, **ended)


def revive(session: Session, job: Job, *, now: dt.datetime, more_attempts: int = 5) -> bool:
    """Let a dead job run again; attempts go on counting, so an old fence can never fit. False when it is not dead."""
    revived = _change(
        session, and_(Job.id == job.id, Job.state == DEAD), state=WAITING, run_at=now, finished_at=None,
        max_attempts=Job.attempt + more_attempts,
    )  # fmt: skip
    session.refresh(job)
    return revived


def remove_done(session: Session, *, before: dt.datetime) -> int:
    """Remove the jobs that were done before `before` and say how many; dead ones stay for a person."""
    old = and_(Job.state == DONE, Job.finished_at < before)
    gone = delete(Job).where(old).returning(Job.id).execution_options(synchronize_session=False)
    return len(session.execute(gone).all())


def list_jobs(session: Session, where: ColumnElement[bool], *, limit: int, offset: int) -> tuple[Sequence[Job], int]:
    """Give one page of the jobs that meet `where`, newest first, and how many meet it."""
    page = select(Job).where(where).order_by(Job.id.desc()).limit(limit).offset(offset)
    return session.scalars(page).all(), session.scalar(select(func.count()).select_from(Job).where(where)) or 0


def count_by_state(session: Session, where: ColumnElement[bool]) -> dict[str, int]:
    """Give how many of the jobs that meet `where` are in each state; a state without jobs is 0."""
    found = session.execute(select(Job.state, func.count()).where(where).group_by(Job.state))
    return dict.fromkeys((WAITING, RUNNING, DONE, DEAD), 0) | dict(found.all())
