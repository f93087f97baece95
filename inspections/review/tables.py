"""Table of the visits that went back to their inspectors."""

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
