"""The columns of the county's return as exported; the return itself, which closes a month, stands with the months."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base


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
