"""Tables of coverage: a run keeps what was asked, what it rested on and what came out, village by village."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class CoverageRun(Base):
    """One computation that can be made again: parameters, hash of the input, version of the code, and the answer.

    `villages` is the packed outcome of each village (gzip of JSON columns), so that two runs can be explained.
    """

    __tablename__ = "coverage_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    as_of: Mapped[dt.date] = mapped_column(Date)
    known_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    base_year: Mapped[int] = mapped_column(Integer)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    input_sha256: Mapped[str] = mapped_column(String(64))
    code_version: Mapped[str] = mapped_column(String(24))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    villages: Mapped[bytes] = mapped_column(LargeBinary)
    of_run_id: Mapped[int | None] = mapped_column(ForeignKey("coverage_run.id"))
    run_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    run_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_coverage_run_unit_path", "unit_path", "run_at", postgresql_ops={"unit_path": "text_pattern_ops"}),
    )


class SitingStudy(Base):
    """Where the next k stations should stand: asked, computed by a job, kept with its proof of quality."""

    __tablename__ = "siting_study"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    as_of: Mapped[dt.date] = mapped_column(Date)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12))
    input_sha256: Mapped[str | None] = mapped_column(String(64))
    code_version: Mapped[str] = mapped_column(String(24))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_siting_study_unit_path", "unit_path", "asked_at", postgresql_ops={"unit_path": "text_pattern_ops"}),
    )
