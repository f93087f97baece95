"""What a filing says: the five figures or an explicit nil, what makes it refusable, and what it is remembered by.

Pure: no clock, no database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from field_app_schema.money import yuan_of
from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportField

# The form's fields (F4) and the columns that hold them: money in whole fen, parcels in pieces.
COLUMNS: dict[ReportField, str] = {
    ReportField.ONLINE_SALES_OUT: "online_sales_out_fen",
    ReportField.PURCHASE_AGENCY_AMOUNT: "purchase_agency_fen",
    ReportField.UPSTREAM_SALES: "upstream_sales_fen",
    ReportField.PARCELS_IN: "parcels_in",
    ReportField.PARCELS_OUT: "parcels_out",
}
MONEY = frozenset({ReportField.ONLINE_SALES_OUT, ReportField.PURCHASE_AGENCY_AMOUNT, ReportField.UPSTREAM_SALES})


class HoldsFigures(Protocol):
    """A row with the five columns."""

    @property
    def online_sales_out_fen(self) -> int | None: ...
    @property
    def purchase_agency_fen(self) -> int | None: ...
    @property
    def upstream_sales_fen(self) -> int | None: ...
    @property
    def parcels_in(self) -> int | None: ...
    @property
    def parcels_out(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Figures:
    """The five figures, None where nothing was filled in; a zero is a figure."""

    online_sales_out_fen: int | None = None
    purchase_agency_fen: int | None = None
    upstream_sales_fen: int | None = None
    parcels_in: int | None = None
    parcels_out: int | None = None

    @classmethod
    def of(cls, row: HoldsFigures) -> Figures:
        """Read the figures of a row that has the five columns."""
        return cls(**{column: getattr(row, column) for column in COLUMNS.values()})

    @classmethod
    def named(cls, values: Mapping[str, int | None]) -> Figures:
        """Read figures by the form's names, money in fen; what is not named was not filled in."""
        return cls(**{column: values.get(field) for field, column in COLUMNS.items()})

    @property
    def is_blank(self) -> bool:
        """Say whether nothing at all was filled in."""
        return all(value is None for value in asdict(self).values())

    @property
    def has_activity(self) -> bool:
        """Say whether any figure is above nothing: what the alive rule asks."""
        return any(value is not None and value > 0 for value in asdict(self).values())

    def on_the_wire(self) -> dict[str, str | int | None]:
        """Give the figures by the form's names, money as decimal strings in 元."""
        told: dict[str, str | int | None] = {}
        for field, column in COLUMNS.items():
            value: int | None = getattr(self, column)
            told[field] = yuan_of(value) if value is not None and field in MONEY else value
        return told


@dataclass(frozen=True, slots=True)
class Filed:
    """One filing as told by an owner, a proxy, a workbook's row or a feed's month.

    `client_uuid` names it for ever (the Idempotency-Key). `captured_at` None: filled in where no phone keeps the time,
    so it is the instant of arrival. `clock_offset_s` is phone clock minus server clock at the sync; None: unknown.
    `reason` says why it replaces an earlier version; `seen_version` is the version its author had before the eyes.
    """

    client_uuid: str
    figures: Figures
    is_nil: bool = False
    note: str | None = None
    reason: str | None = None
    captured_at: dt.datetime | None = None
    clock_offset_s: int | None = None
    # The phone's own account of the time, kept as it was told; it decides nothing and is no part of the content.
    clock: dict[str, Any] | None = None
    seen_version: int | None = None
    # «If-Match: *»: whatever stands there now may be replaced.
    replaces_any: bool = False


def check_filed(told: Filed) -> None:
    """Refuse what F4 forbids in a form: REPORT_EMPTY, REPORT_NIL_WITH_VALUES, REPORT_UPSTREAM_EXCEEDS.

    Nil excludes every figure, even a zero. Upstream sales are a part of online sales, so they may equal them.
    """
    figures = told.figures
    if told.is_nil and not figures.is_blank:
        raise Refusal("REPORT_NIL_WITH_VALUES")
    if not told.is_nil and figures.is_blank:
        raise Refusal("REPORT_EMPTY")
    if (figures.upstream_sales_fen or 0) > (figures.online_sales_out_fen or 0):
        said = "不能大于网络销售额 / must not exceed online sales"
        raise Refusal("REPORT_UPSTREAM_EXCEEDS", errors={ReportField.UPSTREAM_SALES.value: [said]})


def content_sha256(station_id: int, period: int, told: Filed) -> str:
    """Give what two filings under one key must share to be the same: all that was said, not when it was sent."""
    captured = None if told.captured_at is None else told.captured_at.astimezone(dt.UTC).isoformat()
    said: list[Any] = [
        station_id, period, asdict(told.figures), told.is_nil, told.note, told.reason, captured,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
