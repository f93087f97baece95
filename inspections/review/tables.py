"""Tables of review: visits that went back, decisions, edits, signs as people hold them, findings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class VisitReturn(Base):
    """A visit sent back, with what is to be looked at again; answered by the visit that replaces it."""

    __tablename__ = "visit_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), unique=True)
    # Whose phone it goes back to.
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    # [{"kind": "field" | "photo", "name": …, "note": …}]
    marks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    returned_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    returned_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(36))
    # Taken from the register's revision at each change: the cursor of phones.
    revision: Mapped[int] = mapped_column(Integer)


class VisitDecision(Base):
    """One thing a reviewer did with a visit: who, when, why; appended."""

    __tablename__ = "visit_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    # The version of the visit that was decided on.
    version: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    why: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class VisitEdit(Base):
    """What was changed in a visit's answers after it had arrived; what the phone sent stays in `inspection.body`."""

    __tablename__ = "visit_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    # The version that it made.
    version: Mapped[int] = mapped_column(Integer)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    edited_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(Text)


class SignFinding(Base):
    """What a person holds a visit's sign to be (domain model F6), and what each rule says of it."""

    __tablename__ = "sign_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    sign_class: Mapped[str] = mapped_column(String(16))
    wording: Mapped[str | None] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(String(20))
    # Levels whose report channel stands on the sign; null: nobody looked.
    channel_levels: Mapped[list[str] | None] = mapped_column(JSON)
    photo_sha256: Mapped[str | None] = mapped_column(String(64))
    # inspector (as the phone said) | reviewer
    source: Mapped[str] = mapped_column(String(12))
    # [{"rule", "wording": pass|fail|cannot_tell, "channel": pass|fail|cannot_tell|null}]
    verdicts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Finding(Base):
    """Something wrong that an approved visit found, ready to become an item of a rectification list."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    inspection_id: Mapped[str] = mapped_column(ForeignKey("inspection.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    # The rule that says so, where one does.
    rule_code: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # The approval it rests on was taken back.
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
