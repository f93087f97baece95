"""Table of what speaks against visits: derived, and made again whenever something new is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class VisitJudgement(Base):
    """The reasons to look twice at a visit, with their figures; no reason is an answer too."""

    __tablename__ = "visit_judgement"

    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    judged_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    rule_version: Mapped[str] = mapped_column(String(16))
    # How early it comes in the queue: the sum of its reasons' weights.
    weight: Mapped[int] = mapped_column(Integer)
    # [{"code", "weight", "photo": sha256 | null, "figures": {…}}], heaviest first
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # [{"photo": sha256 | null for the visit itself, "not_before", "not_after"}]
    times: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    # The queue asks for the weights of many visits; their reasons it does not read.
    __table_args__ = (Index("ix_visit_judgement_queue", "inspection_id", "weight"),)
