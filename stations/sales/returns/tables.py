"""Tables of the county's return: what was sent upwards, and the columns of its export."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class CountyReturn(Base):
    """A county's month as sent to the province: sums of accepted figures with their coverage line, frozen."""

    __tablename__ = "county_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    county_path: Mapped[str] = mapped_column(String(80))
    period: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    # sent, accepted or returned (vocab_months.ReturnState).
    state: Mapped[str] = mapped_column(String(12))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    coverage: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Text)
    timeliness: Mapped[str] = mapped_column(String(12))
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("county_code", "period", "version"),)


class ReturnColumn(Base):
    """One column of the export for the ministry's system: heading, our figure, its unit; the customer's to edit."""

    __tablename__ = "return_column"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    position: Mapped[int] = mapped_column(Integer)
    heading: Mapped[str] = mapped_column(String(120))
    # A figure of ours (vocab_months.ReturnFigure) or `constant`, whose text stands in `constant`.
    figure: Mapped[str] = mapped_column(String(32))
    # yuan, wan_yuan, pieces, text (vocab_months.FigureUnit).
    unit: Mapped[str] = mapped_column(String(12))
    constant: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (UniqueConstraint("unit_code", "position"),)
