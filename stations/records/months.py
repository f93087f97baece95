"""Tables of the months (domain model F1, F4): who owes a report, what was reported, what was decided about it.

A month is the whole number yyyymm. Money is whole fen (1 元 = 100 fen), so that sums are exact on both databases.
Nothing is overwritten but `SalesReport`, which caches where a station's month stands; its history are the rows below.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class ReportingStart(Base):
    """From which month the stations of a county owe reports: a month in which nobody could report is not owed."""

    __tablename__ = "reporting_start"

    county_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), primary_key=True)
    first_period: Mapped[int] = mapped_column(Integer)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ReportValues:
    """The five figures of the form (F4), each empty where it was not filled in; a mixin of the two tables below."""

    online_sales_out_fen: Mapped[int | None] = mapped_column(BigInteger)
    purchase_agency_fen: Mapped[int | None] = mapped_column(BigInteger)
    upstream_sales_fen: Mapped[int | None] = mapped_column(BigInteger)
    parcels_in: Mapped[int | None] = mapped_column(Integer)
    parcels_out: Mapped[int | None] = mapped_column(Integer)
    is_nil: Mapped[bool]
    # owner, proxy, import or feed: who or what spoke (vocab_months.ReportSource).
    source: Mapped[str] = mapped_column(String(8))


class SalesReport(ReportValues, Base):
    """Where the month of a station stands: the newest version's figures, its state and its timeliness, cached.

    `state` is submitted, returned or accepted; not_due, open, locked and excused follow from the clock and other rows.
    `timeliness` is that of the first version (policy: a resubmission keeps the first `received_at`).
    `is_expected` says that an obligation touches the month and no excuse stands; it is renewed with either.
    """

    __tablename__ = "sales_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    period: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    timeliness: Mapped[str] = mapped_column(String(12))
    is_expected: Mapped[bool]
    # Money or parcels above nothing: what the alive rule asks.
    has_activity: Mapped[bool]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    first_received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # The last change of anything here; with `version` it makes the ETag.
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("station_id", "period"),
        # Everything a rate asks stands in the index, so that a province's year is read without its rows.
        Index("ix_sales_report_rates", "station_id", "period", "is_expected", "timeliness", "is_nil", "source", "state",
              "has_activity"),
        Index("ix_sales_report_period", "period", "state"),
    )  # fmt: skip


class SalesReportVersion(ReportValues, Base):
    """One filing of a station's month, as sent; never changed."""

    __tablename__ = "sales_report_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("sales_report.id"))
    version: Mapped[int] = mapped_column(Integer)
    # The Idempotency-Key: a repeat of it with the same content gets the first answer again.
    client_uuid: Mapped[str] = mapped_column(String(36), unique=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    # Why it replaces an earlier version; the first has none.
    reason: Mapped[str | None] = mapped_column(Text)
    timeliness: Mapped[str] = mapped_column(String(12))
    captured_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # Phone clock minus server clock at the sync, in seconds; None where no phone was used.
    clock_offset_s: Mapped[int | None] = mapped_column(Integer)
    # What the phone knew of the time when it was filled in, the server's signed time among it; None without a phone.
    clock: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (UniqueConstraint("report_id", "version"),)


class ReportStateChange(Base):
    """One change of a report's state, with who, why and, for a return, which fields; appended, never changed."""

    __tablename__ = "report_state_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("sales_report.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    from_state: Mapped[str | None] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    reason_code: Mapped[str | None] = mapped_column(String(24))
    note: Mapped[str | None] = mapped_column(Text)
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PeriodExcuse(Base):
    """A month of a station that leaves the denominator, with the reason; withdrawn, never deleted."""

    __tablename__ = "period_excuse"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    period: Mapped[int] = mapped_column(Integer)
    reason_code: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)
    # None: the rule itself (opened after the 20th, automatic feed).
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_period_excuse_station", "station_id", "period"),
        Index("ix_period_excuse_period", "period"),
    )


class LockException(Base):
    """Leave to file or correct a locked month: for a unit or one station, with reason, granter and expiry (C1)."""

    __tablename__ = "lock_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    period: Mapped[int] = mapped_column(Integer, index=True)
    reason: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


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
