"""Tables of the policy rules and of the programme they belong to (domain model F1: PolicyRule, CountyProgramme)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class PolicyRule(Base):
    """One threshold, date or wording, with the document and the words it comes from; ours say `[proposal]`."""

    __tablename__ = "policy_rule"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), index=True)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    province_code: Mapped[str | None] = mapped_column(ForeignKey("org_unit.code"))
    batch_years: Mapped[list[int]] = mapped_column(JSON)
    effective_from: Mapped[dt.date | None] = mapped_column(Date)
    effective_to: Mapped[dt.date | None] = mapped_column(Date)
    source_doc: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    is_proposal: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class CountyProgramme(Base):
    """A county's place in one batch of the programme; one county can have two batches (二次申报).

    `batch_year` is None where the notice does not say it.
    """

    __tablename__ = "county_programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    batch_year: Mapped[int | None] = mapped_column(Integer)
    group: Mapped[str] = mapped_column("batch_group", String(80))
    funds_wan: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    status: Mapped[str] = mapped_column(String(24))
    name_as_printed: Mapped[str] = mapped_column(String(80))
    source_doc: Mapped[str] = mapped_column(String(120))

    __table_args__ = (UniqueConstraint("county_code", "batch_year", "batch_group"),)


class Evaluation(Base):
    """A published score of a unit in a year (domain model F1); it may exceed 100."""

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    year: Mapped[int] = mapped_column(Integer)
    unit_as_printed: Mapped[str] = mapped_column(String(80))
    unit_type: Mapped[str] = mapped_column(String(24))
    score: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    grade: Mapped[str] = mapped_column(String(12))
    source_doc: Mapped[str] = mapped_column(String(120))

    __table_args__ = (UniqueConstraint("year", "unit_code", "unit_type"),)
