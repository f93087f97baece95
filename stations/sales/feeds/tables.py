"""Tables of the automatic feeds: who sends transactions, and each transaction as it was sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class Feed(Base):
    """A sender of transactions (a platform, a till): its name, its area and the secret with which it signs."""

    __tablename__ = "feed"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    secret: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class FeedTransaction(Base):
    """One transaction as a feed sent it, named by the feed's own id; a repeat changes nothing."""

    __tablename__ = "feed_transaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feed.id"))
    external_id: Mapped[str] = mapped_column(String(80))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    period: Mapped[int] = mapped_column(Integer)
    occurred_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # sale_out, purchase_agency, upstream_sale, parcel_in, parcel_out (vocab_months.TransactionKind).
    kind: Mapped[str] = mapped_column(String(16))
    # Below zero for goods returned; 0 for parcels.
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int] = mapped_column(Integer)
    content_sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("feed_id", "external_id"),
        Index("ix_feed_transaction_month", "station_id", "period"),
    )


class FeedRejection(Base):
    """A transaction that could not be taken in, kept whole with the reason; settled when the same is taken in later.

    Its own table: quarantine stands above the stations, and the audit trail is no place to look things up. The same
    item sent again is one row, so that a sender that repeats its mistake fills nothing.
    """

    __tablename__ = "feed_rejection"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[str] = mapped_column(ForeignKey("feed.id"))
    external_id: Mapped[str] = mapped_column(String(80))
    content_sha256: Mapped[str] = mapped_column(String(64))
    # As it was sent.
    item: Mapped[dict[str, Any]] = mapped_column(JSON)
    # A row of the table of refusals.
    code: Mapped[str] = mapped_column(String(24))
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("feed_id", "external_id", "content_sha256"),)
