"""Tables of the photo media: bytes named by their SHA-256, whoever sent them, and what was made and read of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class Medium(Base):
    """The bytes of one picture; the row exists only after the file and its folder are on the disk."""

    __tablename__ = "medium"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int] = mapped_column(Integer)
    mime: Mapped[str] = mapped_column(String(24))
    width_px: Mapped[int] = mapped_column(Integer)
    height_px: Mapped[int] = mapped_column(Integer)
    stored_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    thumbnail_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    refused_code: Mapped[str | None] = mapped_column(String(32))
    # The picture as a reviewer looks at it, made like the thumbnail.
    screen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # Everything that EXIF says in these very bytes, by name; null until they were read.
    exif: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class PhotoPreview(Base):
    """The small picture a phone sends before the photo itself; shown until the photo is there, and never evidence."""

    __tablename__ = "photo_preview"

    # Of the photo it stands for.
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    # Two phones may claim the same photo; neither may put its picture under the other's name.
    sent_by: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    size_bytes: Mapped[int] = mapped_column(Integer)
    stored_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PhotoFingerprint(Base):
    """Perceptual hashes of one picture, by which it is found again when it was recompressed, cropped or marked."""

    __tablename__ = "photo_fingerprint"

    # Ascending, so that a reader may ask for what is new.
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("medium.sha256"), unique=True)
    # What the bits are, so that a better kind may be added beside.
    kind: Mapped[int] = mapped_column(Integer)
    bits: Mapped[bytes] = mapped_column(LargeBinary)
