"""What a feed's transactions say of a month: each kind summed into the figure of the form it belongs to. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from field_app_schema.money import yuan_of
from field_app_schema.vocab_months import ReportField, TransactionKind
from stations.records.days import day_in_china
from stations.records.periods import period_of
from stations.sales.filing.figures import Figures

# A farm product sold online is an online sale too: upstream sales are a part of them (F4).
_COUNTS_IN: dict[TransactionKind, tuple[ReportField, ...]] = {
    TransactionKind.SALE_OUT: (ReportField.ONLINE_SALES_OUT,),
    TransactionKind.UPSTREAM_SALE: (ReportField.ONLINE_SALES_OUT, ReportField.UPSTREAM_SALES),
    TransactionKind.PURCHASE_AGENCY: (ReportField.PURCHASE_AGENCY_AMOUNT,),
    TransactionKind.PARCEL_IN: (ReportField.PARCELS_IN,),
    TransactionKind.PARCEL_OUT: (ReportField.PARCELS_OUT,),
}
PARCELS = frozenset({TransactionKind.PARCEL_IN, TransactionKind.PARCEL_OUT})


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction as sent: money in fen (below zero for goods returned; 0 for parcels), or pieces."""

    id: str
    station: str
    occurred_at: dt.datetime
    kind: TransactionKind
    amount_fen: int
    quantity: int

    @property
    def period(self) -> int:
        """Give the month it counts in: that of its day in China."""
        return period_of(day_in_china(self.occurred_at))

    def as_plain(self) -> dict[str, str | int]:
        """Give it as plain values, whole, the amount in 元."""
        return {"id": self.id, "station": self.station, "kind": self.kind.value, "amount": yuan_of(self.amount_fen),
                "quantity": self.quantity, "occurred_at": self.occurred_at.astimezone(dt.UTC).isoformat()}  # fmt: skip

    def sha256(self) -> str:
        """Give what two transactions of one id must share to be the same."""
        said = json.dumps(self.as_plain(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def figures_of(sums: Iterable[tuple[str, int, int]]) -> Figures:
    """Give a month's figures from (kind, sum of fen, sum of pieces); what no transaction was of is not filled in.

    A month in which more was returned than sold is below zero, as it was.
    """
    totals: dict[ReportField, int] = {}
    for kind, fen, pieces in sums:
        name = TransactionKind(kind)
        for field in _COUNTS_IN[name]:
            totals[field] = totals.get(field, 0) + (pieces if name in PARCELS else fen)
    return Figures.named({field.value: total for field, total in totals.items()})
