"""Table of the stations that were found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class FoundStation(Base):
    """One report of a station that is on no list, named by the phone's own UUID; `body` is what the phone sent."""

    __tablename__ = "found_station"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    body_sha256: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    arrived_by: Mapped[str] = mapped_column(String(8))
    # Of the village that was named, else of the sender's unit.
    unit_path: Mapped[str] = mapped_column(String(80), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("org_unit.code"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    lon: Mapped[float | None] = mapped_column(Float)
    lat: Mapped[float | None] = mapped_column(Float)
    fix_raw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # Codes of the stations the finder had before the eyes as near, and said it was none of them.
    nearby: Mapped[list[str]] = mapped_column(JSON)
    photos: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    clock: Mapped[dict[str, Any]] = mapped_column(JSON)
    captured_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    # open | proposed | same_as | dismissed
    state: Mapped[str] = mapped_column(String(12), index=True)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_note: Mapped[str | None] = mapped_column(Text)
