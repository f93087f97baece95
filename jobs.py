"""Work that is done later: one lease table on the ground (ask, claim, renew, finish, fail, bury).

A job is written in the transaction of the change that asks for it. Delivery is at least once, so what the worker calls
must be harmless when done twice; a claim carries a fence (`attempt`), so a worker whose lease ran out cannot finish
what another has taken over. Why no ready-made queue: docs/decisions.md «Jobs».
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


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
    # Asking twice for the same thing while it waits is asking once.
    unique_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    unit_path: Mapped[str] = mapped_column(String(80), default="")
    asked_by: Mapped[int | None] = mapped_column(Integer)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_job_due", "state", "priority", "run_at"),)


def ask(
    session: Any,
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
    raise NotImplementedError
