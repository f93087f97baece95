"""Table of the visits that were assigned."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class VisitTask(Base):
    """One station that one person is asked to visit; done by a visit of that person, or withdrawn."""

    __tablename__ = "visit_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    method: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    assigned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # Whose officers see it: the unit of who assigned it. An unannounced visit is seen from there up, not below.
    unit_path: Mapped[str] = mapped_column(String(80), index=True)
    assigned_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    inspection_id: Mapped[str | None] = mapped_column(ForeignKey("inspection.id"))
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # done | withdrawn
    closed_why: Mapped[str | None] = mapped_column(String(12))
    # Taken from the register's revision at each change: the cursor of phones.
    revision: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        Index("ix_visit_task_account", "account_id", "revision"),
        Index("ix_visit_task_station", "station_id", "account_id"),
    )
