"""Doubts on the wire: outliers, contradictions, closer looks and the visit list."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.frames import FrameSchema
from field_app_schema.rates import months
from field_app_schema.stations import code
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import FigureUnit, FollowUpReason, ReportField
from field_app_schema.words.doubts import WORDS

CONTRADICTIONS = [key.removeprefix("contradiction.") for key in WORDS if key.startswith("contradiction.")]
SUBJECTS = [*(field.value for field in ReportField), *CONTRADICTIONS]


class OutliersQuerySchema(Schema):
    """Which unit (by default one's own), which months, how far is far."""

    ou = code()
    pe = months(load_default="LAST_MONTH")
    algorithm = PlainText(load_default="MOD_Z_SCORE", validate=validate.OneOf(["MOD_Z_SCORE"]))
    threshold = fields.Float(load_default=3.5, validate=validate.Range(1, 100))


class OpenFollowUpSchema(Schema):
    """A mark that stands."""

    id = fields.Integer(required=True)
    reason_code = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    set_at = fields.AwareDateTime(required=True)


class MayMarkSchema(Schema):
    may_mark = fields.Boolean(required=True)


class OutlierSchema(Schema):
    """A figure far from what is usual; money in 元 as decimal strings, pieces as whole numbers in text.

    `z` is null where all earlier figures are the same and only a slip can be named; `ratio` is value / median.
    """

    station = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    period = fields.String(required=True)
    field = fields.Enum(ReportField, by_value=True, required=True)
    unit = fields.Enum(FigureUnit, by_value=True, required=True)
    value = fields.String(required=True)
    median = fields.String(required=True)
    ratio = fields.Float(required=True)
    n = fields.Integer(required=True, metadata={"description": "与多少个数相比 / compared with how many"})
    z = fields.Float(required=True, allow_none=True)
    basis = fields.String(required=True, validate=validate.OneOf(["own", "peers"]))
    same_month_last_year = fields.String(required=True, allow_none=True)
    slip = fields.String(required=True, allow_none=True, validate=validate.OneOf(["unit_slip", "x100", "x10"]))
    zh = fields.String(required=True, allow_none=True)
    en = fields.String(required=True, allow_none=True)
    follow_up = fields.Nested(OpenFollowUpSchema, required=True, allow_none=True)


class OutliersSchema(Schema):
    """One page, by station code and month, and how many there are."""

    frame = fields.Nested(FrameSchema, required=True)
    outliers = fields.List(fields.Nested(OutlierSchema), required=True)
    count = fields.Integer(required=True)
    permissions = fields.Nested(MayMarkSchema, required=True)


class ContradictionsQuerySchema(Schema):
    """Which unit (by default one's own), from what had ended and been seen by a day."""

    ou = code()
    as_of = fields.Date(metadata={"description": "截至哪天(中国) / the day in China"})


class EvidenceSchema(Schema):
    """One thing a contradiction rests on; `id` names its row, `figures` are those above nothing."""

    kind = fields.String(required=True, validate=validate.OneOf(["report", "visit", "description", "owed_months"]))
    id = fields.String(required=True)
    on = fields.Date(required=True, allow_none=True)
    period = fields.String(required=True, allow_none=True)
    says = fields.String(required=True, allow_none=True)
    station = fields.String(required=True, allow_none=True)
    figures = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ContradictionSchema(Schema):
    """A station whose facts do not agree, why, and the sentence of it."""

    station = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    code = fields.String(required=True, validate=validate.OneOf(CONTRADICTIONS))
    zh = fields.String(required=True)
    en = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)
    follow_up = fields.Nested(OpenFollowUpSchema, required=True, allow_none=True)


class ContradictionsSchema(Schema):
    """One page, by station code, and how many there are."""

    frame = fields.Nested(FrameSchema, required=True)
    contradictions = fields.List(fields.Nested(ContradictionSchema), required=True)
    count = fields.Integer(required=True)
    permissions = fields.Nested(MayMarkSchema, required=True)


class MarkSchema(Strict):
    """What is marked for a closer look, and why; `subject` is a field of the form or a contradiction's code."""

    station = code(required=True)
    period = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=6))
    subject = fields.String(required=True, validate=validate.OneOf(SUBJECTS))
    reason_code = fields.Enum(FollowUpReason, by_value=True, required=True)
    note = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=2000))


class ClearQuerySchema(Schema):
    """What was found."""

    note = PlainText(required=True, validate=validate.Length(1, 2000))


class FollowUpsQuerySchema(Schema):
    """Which unit (by default one's own), and whether open or settled marks are wanted."""

    ou = code()
    open = fields.Boolean(load_default=True)


class FollowUpSchema(OpenFollowUpSchema):
    """A mark, and how it was settled."""

    station = fields.String(required=True)
    period = fields.String(required=True, allow_none=True)
    subject = fields.String(required=True)
    cleared_at = fields.AwareDateTime(required=True, allow_none=True)
    cleared_note = fields.String(required=True, allow_none=True)
    permissions = fields.Nested(MayMarkSchema, required=True)


class FollowUpsSchema(Schema):
    follow_ups = fields.List(fields.Nested(FollowUpSchema), required=True)
    count = fields.Integer(required=True)


class VisitListQuerySchema(Schema):
    """Which unit; by default one's own."""

    ou = code()


class VisitReasonSchema(Schema):
    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class StationToVisitSchema(Schema):
    """A station worth a visit and why; no figure stands here."""

    station = fields.String(required=True)
    name = fields.String(required=True)
    vitality = fields.String(required=True)
    reasons = fields.List(fields.Nested(VisitReasonSchema), required=True)


class TownshipToVisitSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    stations = fields.List(fields.Nested(StationToVisitSchema), required=True)


class VisitListSchema(Schema):
    """One page of stations by township and code, how many there are, and how often each reason stands."""

    frame = fields.Nested(FrameSchema, required=True)
    townships = fields.List(fields.Nested(TownshipToVisitSchema), required=True)
    count = fields.Integer(required=True)
    reasons = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
