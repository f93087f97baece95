"""The table of closer looks: what somebody marked, why, and how it was settled."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class FollowUp(Base):
    """A figure or a contradiction that somebody marked for a closer look, with a reason; it blocks nothing."""

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    period: Mapped[int | None] = mapped_column(Integer)
    # A field of the form, or the code of a contradiction.
    subject: Mapped[str] = mapped_column(String(40))
    # festival, live_stream, goods_returned, typing_slip, unit_slip, visit, other (vocab_months.FollowUpReason).
    reason_code: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cleared_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cleared_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    cleared_note: Mapped[str | None] = mapped_column(Text)
