"""Table of what was kept aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class KeptAside(Base):
    """A body that could not be accepted, whole, with the reason and, later, who settled it and how."""

    __tablename__ = "kept_aside"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_kind: Mapped[str] = mapped_column(String(16))
    record_id: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    body_sha256: Mapped[str] = mapped_column(String(64))
    refusal_code: Mapped[str] = mapped_column(String(32))
    errors: Mapped[dict[str, Any]] = mapped_column(JSON)
    # A photo's bytes are no row: where the store holds them; `body` is then empty.
    stored_as: Mapped[str | None] = mapped_column(String(120))
    size_bytes: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    # Whose officers see it: the sender's unit.
    unit_path: Mapped[str] = mapped_column(String(80), index=True)
    user_agent: Mapped[str | None] = mapped_column(String(300))
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settlement: Mapped[str | None] = mapped_column(String(24))
    settlement_note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("record_kind", "record_id", "body_sha256"),)
