"""The table of reminders asked for, so that none is sent twice."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class ReminderSent(Base):
    """A reminder asked for, once for each station, month and kind; the sending is a job of the same transaction."""

    __tablename__ = "reminder_sent"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    period: Mapped[int] = mapped_column(Integer)
    # before_due, due_day (vocab_months.ReminderKind).
    kind: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("station_id", "period", "kind"),)
