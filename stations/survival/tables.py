"""Tables of survival: quarters as they were published, with every station as it was counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class Snapshot(Base):
    """The figures of a unit and a quarter as published: what they said, on which day, known at which instant."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    # «2026Q3».
    quarter: Mapped[str] = mapped_column(String(6))
    as_of: Mapped[dt.date] = mapped_column(Date)
    taken_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    rule_version: Mapped[str] = mapped_column(String(12))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("unit_code", "quarter"),)


class SnapshotStation(Base):
    """What a snapshot counted one station as, so that a later difference can be explained station by station."""

    __tablename__ = "snapshot_station"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"), primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), primary_key=True)
    listing_status: Mapped[str] = mapped_column(String(12))
    vitality: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))
