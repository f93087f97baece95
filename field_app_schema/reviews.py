"""The county's decisions about reports on the wire: accepted or returned, one or many, and a month's workbook."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from field_app_schema.fields import PlainText
from field_app_schema.ledgers import LedgerProblemSchema, is_file
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import ReportField, ReportState, ReturnReason

ALL, OBJECT = "ALL", "OBJECT"
MOST_STATIONS = 5000


class ReturnReportSchema(Strict):
    """Why a report goes back to its owner; a sentence is needed where the reason is `other`."""

    reason_code = fields.Enum(ReturnReason, by_value=True, required=True)
    note = PlainText(allow_none=True, load_default=None, validate=validate.Length(max=500))
    fields_marked = fields.List(
        fields.Enum(ReportField, by_value=True), load_default=list, data_key="fields",
        validate=validate.Length(max=len(ReportField)),
        metadata={"description": "请站长核对的栏 / the figures to look at"},
    )  # fmt: skip

    @validates_schema
    def _other_says_why(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("reason_code") is ReturnReason.OTHER and not (data.get("note") or "").strip():
            raise ValidationError("请写明原因 / say why", "note")


class AcceptManySchema(Strict):
    """Which reports to accept: a unit's (`ou`) or those of named stations; ALL: all of them or none."""

    period = fields.String(required=True, validate=validate.Length(max=6))
    ou = PlainText(validate=validate.Length(2, 12))
    stations = fields.List(PlainText(validate=validate.Length(1, 40)), validate=validate.Length(1, MOST_STATIONS))
    atomic_mode = fields.String(load_default=OBJECT, validate=validate.OneOf([ALL, OBJECT]))
    dry_run = fields.Boolean(load_default=False)

    @validates_schema
    def _one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        if ("ou" in data) == ("stations" in data):
            raise ValidationError("ou 与 stations 二选一 / give ou or stations, one of them", "ou")


class ReviewPermissionsSchema(Schema):
    may_accept = fields.Boolean(required=True)
    may_return = fields.Boolean(required=True)


class ReviewedReportSchema(Schema):
    """A report after the decision; the ETag is its version."""

    station = fields.String(required=True)
    period = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(ReportState)))
    changed_at = fields.AwareDateTime(required=True)
    permissions = fields.Nested(ReviewPermissionsSchema, required=True)


class AcceptConflictSchema(Schema):
    station = fields.String(required=True)
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class AcceptSummarySchema(Schema):
    """`imported`: accepted now; `ignored`: accepted before; `conflicts`: not accepted, and why."""

    imported = fields.Integer(required=True)
    ignored = fields.Integer(required=True)
    conflicts = fields.List(fields.Nested(AcceptConflictSchema), required=True)
    dry_run = fields.Boolean(required=True)


class MonthWorkbookQuerySchema(Schema):
    class Meta:
        unknown = RAISE

    county = PlainText(load_default=None, validate=validate.Length(2, 12))


class MonthImportFormSchema(Schema):
    """A filled workbook; by default nothing is saved."""

    class Meta:
        unknown = RAISE

    file = fields.Raw(required=True, validate=is_file, metadata={"type": "string", "format": "binary"})
    county = PlainText(load_default=None, validate=validate.Length(2, 12))
    dry_run = fields.Boolean(load_default=True)


class MonthImportSummarySchema(Schema):
    """Counts of rows: `ignored` says what stands already, `blank` says nothing; the list names at most 500 errors."""

    dry_run = fields.Boolean(required=True)
    saved = fields.Boolean(required=True)
    rows = fields.Integer(required=True)
    imported = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    ignored = fields.Integer(required=True)
    blank = fields.Integer(required=True)
    wrong_rows = fields.Integer(required=True)
    error_count = fields.Integer(required=True)


class MonthImportSchema(Schema):
    period = fields.String(required=True)
    summary = fields.Nested(MonthImportSummarySchema, required=True)
    errors = fields.List(fields.Nested(LedgerProblemSchema), required=True)
