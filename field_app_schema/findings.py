"""Findings on the wire: what approved visits found wrong."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import Day, PlainText
from field_app_schema.problems import problem_of
from field_app_schema.visits import Strict
from field_app_schema.vocab_evidence import FindingKind


class _Which(Strict):
    ou = PlainText(load_default=None, validate=validate.Length(max=12))
    kind = fields.Enum(FindingKind, by_value=True, load_default=None)
    # Without it those that stand; null is both.
    open = fields.Boolean(load_default=True, allow_none=True)
    since = Day(load_default=None)


class FindingsQuerySchema(_Which):
    """Which findings; `open=false` are those whose approval was taken back."""


class FindingsFileSchema(_Which):
    """The same as a file."""

    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))
    format = fields.String(load_default="csv", validate=validate.OneOf(["csv", "xlsx"]))


class FindingSchema(Schema):
    """One thing wrong; `problem` says it in a sentence, Chinese and English."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    rule = fields.String(required=True, allow_none=True)
    details = fields.Dict(keys=fields.String(), required=True)
    station_code = fields.String(required=True)
    station_name = fields.String(required=True)
    county = fields.String(required=True)
    township = fields.String(required=True)
    inspection_id = fields.String(required=True)
    captured_at = fields.AwareDateTime(required=True)
    created_at = fields.AwareDateTime(required=True)
    created_by = fields.String(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    problem = fields.Function(lambda line: problem_of(line.kind, line.details), metadata={"type": "object"})


class FindingsSchema(Schema):
    """A page of findings, newest first, and how many there are."""

    findings = fields.List(fields.Nested(FindingSchema), required=True)
    count = fields.Integer(required=True)
