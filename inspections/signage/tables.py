"""Table of what the machine read on photos of signs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class SignReading(Base):
    """One reading of one picture by one version of the engine: a suggestion, kept also after a person decided."""

    __tablename__ = "sign_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("medium.sha256"), index=True)
    # Names each of its parts with a version; PostgreSQL holds it to this length.
    engine: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # A value of SignWording; null where the picture could not be read at all (refused_code says why).
    sign_class: Mapped[str | None] = mapped_column(String(16))
    wording: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float] = mapped_column(Float)
    is_sure: Mapped[bool] = mapped_column(Boolean)
    # [{"text", "number", "level"}]
    channels: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # [{"text", "score", "quad"}], so that a better rule can judge again without reading again.
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # Left, top, right, bottom in pixels of the upright picture.
    box: Mapped[list[int] | None] = mapped_column(JSON)
    width_px: Mapped[int] = mapped_column(Integer)
    height_px: Mapped[int] = mapped_column(Integer)
    took_ms: Mapped[int] = mapped_column(Integer)
    crop_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("sha256", "engine", name="uq_sign_reading"),)
