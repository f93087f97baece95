"""Tables of the reminders: what was asked for, so that none is sent twice, and where a county's e-mail goes."""

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
    # The message it went out with, as the gateway sees it (delivery id); the job's row goes after some months.
    message_id: Mapped[str] = mapped_column(String(36))

    __table_args__ = (UniqueConstraint("station_id", "period", "kind"),)


class ReminderMailbox(Base):
    """Where the e-mail with a county's reminders goes: one office address, never a person's of a station."""

    __tablename__ = "reminder_mailbox"

    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
