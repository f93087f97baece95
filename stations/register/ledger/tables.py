"""Table of the ledger room: each file that was imported or waits to be, with what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from db import Base, UtcDateTime


class LedgerImport(Base):
    """One ledger file: who brought it and when, the file itself, how it was to be read, and the result.

    `result` is None while its job waits. The file stays whole, so that every fact taken from it can be traced.
    """

    __tablename__ = "ledger_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    # dry_run, save_good_rows, coord_system: how the file was asked to be read.
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_ledger_import_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
    )
