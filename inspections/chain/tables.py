"""Tables of the photos' chain: the key of a phone, and what it signed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class DeviceKey(Base):
    """The public half of the key that a phone made and cannot give away; one a phone, for good."""

    __tablename__ = "device_key"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    # SubjectPublicKeyInfo (RFC 5280) of a P-256 key, in base64.
    public_key: Mapped[str] = mapped_column(Text)
    registered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PhotoSeal(Base):
    """What a phone signed when a photo of a visit was taken, to the letter, and whether the signature holds."""

    __tablename__ = "photo_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    # Whose key was tried.
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    payload: Mapped[str] = mapped_column(Text)
    # ECDSA P-256 with SHA-256, the 64 bytes of IEEE P1363 in base64.
    signature: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(12))
    # By the phone's clock; the how-manyth photo of that phone, and the one sealed before it: as the payload says.
    sealed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    number: Mapped[int | None] = mapped_column(Integer)
    previous_sha256: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("inspection_id", "sha256", name="uq_photo_seal"),
        Index("ix_photo_seal_link", "device_id", "number"),
    )
