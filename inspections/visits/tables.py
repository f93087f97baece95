"""Tables of the visits (domain model F1, F5)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, LonLatPoint, UtcDateTime


class Inspection(Base):
    """One visit, named by the phone's own UUID; `body` is what the phone sent, byte for byte."""

    __tablename__ = "inspection"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    body_sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    method: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(16), index=True)
    observed_state: Mapped[str] = mapped_column(String(24))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    checks: Mapped[dict[str, str]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Text)
    form_version: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    captured_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    completed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    clock: Mapped[dict[str, Any]] = mapped_column(JSON)
    fix_lon: Mapped[float | None] = mapped_column(Float)
    fix_lat: Mapped[float | None] = mapped_column(Float)
    fix_point: Mapped[tuple[float, float] | None] = mapped_column(LonLatPoint)
    fix_raw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    fix_accuracy_m: Mapped[float | None] = mapped_column(Float)
    distance_m: Mapped[float | None] = mapped_column(Float)
    on_site: Mapped[str] = mapped_column(String(12))
    # {question: not_seen | not_applicable}: left open on purpose, which is not the same as forgotten.
    not_answered: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    # The visit that was returned and is made good by this one.
    replaces_id: Mapped[str | None] = mapped_column(String(36), index=True)
    # phone | file: staff read it in from the phone's last-resort export, so nobody saw that phone's token.
    arrived_by: Mapped[str] = mapped_column(String(8), default="phone", server_default="phone")
    # The newest server time the phone could prove to have heard before the visit; null when it proved none.
    clock_signed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # One more with each edit; decisions name the version they were made on.
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    __table_args__ = (
        Index("ix_inspection_station", "station_id", "captured_at"),
        # All that the order of the review queue needs, so that no row with its body is read for it.
        Index("ix_inspection_queue", "state", "station_id", "account_id", "completed_at", "id"),
    )


class InspectionStep(Base):
    """One change of a visit's state, appended."""

    __tablename__ = "inspection_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    from_state: Mapped[str | None] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(40))


class Photo(Base):
    """A photo a visit names: expected before its bytes arrive, received when the medium of its hash is complete."""

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    purpose: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int] = mapped_column(Integer)
    mime: Mapped[str] = mapped_column(String(24))
    taken_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # What the file that was chosen said of itself before it was shrunk for sending.
    exif: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # How the phone judged it (sharpness, brightness, tilt, kept anyway) and the SHA-256 and size before shrinking.
    capture: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # The copy with time, place, inspector and code written into it.
    marked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class TimeKey(Base):
    """The one key with which the server signs its time for phones; in the database, so that all who serve share it."""

    __tablename__ = "time_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
