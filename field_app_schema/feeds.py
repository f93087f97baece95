"""Automatic feeds on the wire: who may send, the transactions they send, and what became of them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from field_app_schema.fields import Instant, PlainText
from field_app_schema.money import fen_of
from field_app_schema.stations import code
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import TransactionKind

MOST_TRANSACTIONS = 1000
# More pieces than that are no transaction of a village station, and sums stay far within their column.
MOST_PIECES = 10_000
_PARCELS = (TransactionKind.PARCEL_IN, TransactionKind.PARCEL_OUT)


class SignedYuan(fields.Field[int]):
    """Money as a decimal string in 元, with a minus for goods returned; whole fen inside."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        below = isinstance(value, str) and value.startswith("-")
        fen = fen_of(value.removeprefix("-")) if isinstance(value, str) else None
        if fen is None:
            raise ValidationError("应为金额文字,如 12.50 或 -12.50 / must be a decimal string like 12.50 or -12.50")
        return -fen if below else fen


class TransactionSchema(Strict):
    """One transaction: `amount` in 元 (parcels have none), `quantity` in pieces (parcels need it)."""

    id = PlainText(required=True, validate=validate.Length(1, 80))
    station = code(required=True)
    occurred_at = Instant(required=True)
    kind = fields.Enum(TransactionKind, by_value=True, required=True)
    amount = SignedYuan(metadata={"type": "string", "description": "元,如 12.50 / yuan"})
    quantity = fields.Integer(strict=True, load_default=0, validate=validate.Range(0, MOST_PIECES))

    @validates_schema(skip_on_field_errors=True)
    def _says_what_its_kind_needs(self, data: dict[str, Any], **_: Any) -> None:
        if data["kind"] in _PARCELS:
            if data.get("amount"):
                raise ValidationError("快递没有金额 / parcels have no amount", "amount")
            if not data["quantity"]:
                raise ValidationError("快递要写件数 / say how many parcels", "quantity")
        elif not data.get("amount"):
            raise ValidationError("必填,不能为零 / required, not zero", "amount")

    @post_load
    def _in_fen(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        fen = data.pop("amount", 0)
        return data | {"amount_fen": fen}


class TransactionBatchSchema(Strict):
    transactions = fields.List(
        fields.Nested(TransactionSchema), required=True, validate=validate.Length(1, MOST_TRANSACTIONS)
    )


class FeedFormSchema(Strict):
    """A sender and the unit for whose stations it may speak; the caller's own unit unless said otherwise."""

    name = PlainText(required=True, validate=validate.Length(1, 120))
    unit_code = PlainText(allow_none=True, load_default=None, validate=validate.Length(2, 12))


class FeedSecretSchema(Schema):
    """A new feed with the secret it signs with, told this once."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    unit_code = fields.String(required=True)
    secret = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class FeedSchema(Schema):
    """A feed without its secret; `rejected` are transactions that wait for a person."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    unit_code = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    last_received_at = fields.AwareDateTime(required=True, allow_none=True)
    transactions = fields.Integer(required=True)
    rejected = fields.Integer(required=True)


class FeedListSchema(Schema):
    feeds = fields.List(fields.Nested(FeedSchema), required=True)


class FeedRejectionSchema(Schema):
    """What a feed sent and could not be taken in, whole; settled when the same was taken in later."""

    id = fields.Integer(required=True)
    item = fields.Dict(required=True)
    code = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)


class FeedConflictSchema(Schema):
    id = fields.String(required=True)
    station = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class FeedMonthSchema(Schema):
    """What became of a station's month: collecting, reported, unchanged, or held back for the reason in `code`."""

    station = fields.String(required=True)
    period = fields.String(required=True)
    outcome = fields.String(
        required=True, validate=validate.OneOf(["collecting", "reported", "unchanged", "held_back"])
    )
    code = fields.String(required=True, allow_none=True)


class FeedTakenSchema(Schema):
    """The receipt of a batch: new, known before, not taken in, and the months they touched."""

    accepted = fields.Integer(required=True)
    repeated = fields.Integer(required=True)
    conflicts = fields.List(fields.Nested(FeedConflictSchema), required=True)
    months = fields.List(fields.Nested(FeedMonthSchema), required=True)
