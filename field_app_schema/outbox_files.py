"""A phone's export file on the wire: what became of each record in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.messages import in_both_languages
from field_app_schema.records import parse_record
from field_app_schema.refusals import Refusal
from field_app_schema.sales_reports import ReportFormSchema

OUTCOMES = ("new", "same", "kept_aside", "refused")
WHAT = ("visit", "month", "found", "draft", "photo", "damaged", "unreadable")
_MONTH = ReportFormSchema()


class OutboxQuerySchema(Schema):
    class Meta:
        unknown = RAISE

    dry_run = fields.Boolean(load_default=False)
    name = PlainText(load_default="", validate=validate.Length(0, 200))


class OutboxReasonSchema(Schema):
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), required=True)


class OutboxCountsSchema(Schema):
    new = fields.Integer(required=True)
    same = fields.Integer(required=True)
    kept_aside = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class OutboxEntrySchema(Schema):
    """One line of the file, with the photos that belong to it; a photo stands by itself only where it has no record."""

    line = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(WHAT))
    id = fields.String(required=True, allow_none=True)
    station_code = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    reason = fields.Nested(OutboxReasonSchema, required=True, allow_none=True)
    quarantine_id = fields.Integer(required=True, allow_none=True)
    photos = fields.Nested(OutboxCountsSchema, required=True)


class OutboxReportSchema(Schema):
    """What came of a file; a trial changes nothing. `is_whole`: its end is there and no line is damaged."""

    dry_run = fields.Boolean(required=True)
    sha256 = fields.String(required=True)
    version = fields.Integer(required=True, allow_none=True)
    exported_at = fields.String(required=True, allow_none=True)
    is_whole = fields.Boolean(required=True)
    lines = fields.Integer(required=True)
    counts = fields.Nested(OutboxCountsSchema, required=True)
    photos = fields.Nested(OutboxCountsSchema, required=True)
    entries = fields.List(fields.Nested(OutboxEntrySchema), required=True)


def read_month(body: bytes) -> Mapping[str, Any]:
    """Read a month's form from its bytes; refuses like `read_visit`."""
    content = parse_record(body, lenient=False)
    try:
        form: dict[str, Any] = _MONTH.load(content)
    except ValidationError as error:
        raise Refusal("BAD_INPUT", errors=in_both_languages(error.messages_dict)) from error
    return form
