"""Review on the wire: the queue, one visit with all that is known of it, decisions, findings."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import SHA256, PlainText
from field_app_schema.inspections import InspectionSchema
from field_app_schema.refusals import REFUSALS
from field_app_schema.visits import LEFT_OPEN, AnswersSchema, SignWording, Strict, VisitCheck
from field_app_schema.vocab import CheckAnswer
from field_app_schema.vocab_evidence import ChannelLevel, SignPosition

MOST = 200
WHY = [validate.Length(1, 500), validate.Regexp(r"(?s).*\S")]


class ReviewQueueQuerySchema(Strict):
    """Which part of the queue; `after` is the `cursor` of the last visit one has."""

    ou = PlainText(load_default=None, validate=validate.Length(max=12))
    reason = PlainText(load_default=None, validate=validate.Regexp(r"[a-z][a-z0-9_]{0,39}\Z"))
    after = PlainText(load_default=None, validate=validate.Length(max=100))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))


class ReviewCountsQuerySchema(Strict):
    """Of which unit; without one, of all in scope."""

    ou = PlainText(load_default=None, validate=validate.Length(max=12))


class WaitingSchema(Schema):
    """A visit of the queue; `judged` false: nothing was checked yet, which is not clean.

    `completed_at` null: photos it waits for came and could not be accepted; it can only be sent back.
    """

    id = fields.String(required=True)
    station_code = fields.String(required=True)
    station_name = fields.String(required=True)
    county = fields.String(required=True)
    observed_state = fields.String(required=True)
    captured_at = fields.AwareDateTime(required=True)
    completed_at = fields.AwareDateTime(required=True, allow_none=True)
    judged = fields.Boolean(required=True)
    weight = fields.Integer(required=True)
    reasons = fields.List(fields.String(), required=True)
    cursor = fields.String(required=True)


class ReviewQueueSchema(Schema):
    """The next visits: those that can only be sent back, the doubtful, those not checked yet, then the rest.

    Of two alike the longest waiting comes first.
    """

    waiting = fields.List(fields.Nested(WaitingSchema), required=True)


class ReviewCountsSchema(Schema):
    """How many wait; `own` are the asker's visits, on which another reviewer decides.

    `refused`: those whose photos could not be accepted.
    """

    total = fields.Integer(required=True)
    doubtful = fields.Integer(required=True)
    unjudged = fields.Integer(required=True)
    own = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class ReviewedStationSchema(Schema):
    """The station as the register has it."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    county = fields.String(required=True, allow_none=True)
    township = fields.String(required=True, allow_none=True)
    village = fields.String(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    coord_quality = fields.String(required=True)
    services = fields.List(fields.String(), required=True)


def _plain_rows() -> fields.List[Any]:
    return fields.List(fields.Dict(keys=fields.String()), required=True)


class JudgementSchema(Schema):
    """What speaks against a visit, heaviest first, and between which instants each photo was taken."""

    reasons = _plain_rows()
    times = _plain_rows()


class RequiredSchema(Schema):
    """What one rule asks of the sign."""

    code = fields.String(required=True)
    wording = fields.String(required=True)
    document = fields.String(required=True)
    quote = fields.String(required=True, allow_none=True)
    must_show_report_channel = fields.Boolean(required=True)
    channel_levels = fields.List(fields.String(), required=True)


class SuggestionSchema(Schema):
    """What the machine read; a person decides."""

    sign_class = fields.String(required=True, allow_none=True)
    wording = fields.String(required=True, allow_none=True)
    confidence = fields.Float(required=True)
    is_sure = fields.Boolean(required=True)
    channels = _plain_rows()
    engine = fields.String(required=True)
    read_at = fields.AwareDateTime(required=True)
    has_crop = fields.Boolean(required=True)


class HeldSignSchema(Schema):
    """The sign as a person holds it; `by` null: the inspector's answer, on which nobody decided yet.

    `counts_as` is the class, or `not_required` where no sign is there and none is asked for.
    """

    sign_class = fields.String(required=True)
    counts_as = fields.String(required=True)
    wording = fields.String(required=True, allow_none=True)
    position = fields.String(required=True, allow_none=True)
    channel_levels = fields.List(fields.String(), required=True, allow_none=True)
    source = fields.String(required=True)
    by = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True, allow_none=True)


class ShownSignSchema(Schema):
    """The sign of a visit; `duty` says why rules bind it or none does."""

    photo = fields.String(required=True, allow_none=True)
    suggestion = fields.Nested(SuggestionSchema, required=True, allow_none=True)
    duty = fields.String(required=True)
    rules = fields.List(fields.Nested(RequiredSchema), required=True)
    held = fields.Nested(HeldSignSchema, required=True, allow_none=True)
    verdicts = _plain_rows()


class BeforeSchema(Schema):
    """The visit before this one, and the photo shown of it."""

    inspection_id = fields.String(required=True)
    captured_at = fields.AwareDateTime(required=True)
    observed_state = fields.String(required=True)
    photo = fields.Function(lambda last: last.photo and {"sha256": last.photo.sha256, "purpose": last.photo.purpose},
                            metadata={"type": ["object", "null"]})  # fmt: skip


class PastActSchema(Schema):
    """A decision, or an edit (`edited`)."""

    kind = fields.String(required=True)
    version = fields.Integer(required=True)
    by = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    why = fields.String(required=True, allow_none=True)
    details = fields.Dict(keys=fields.String(), required=True)


class FixPointSchema(Schema):
    """Where the phone was, in CGCS2000 degrees; metres, null where the phone did not say how good the fix is."""

    lon = fields.Float(required=True)
    lat = fields.Float(required=True)
    accuracy_m = fields.Float(required=True, allow_none=True)


class RefusedPhotoSchema(Schema):
    """A photo that the visit waits for, which came and could not be accepted; why, Chinese and English."""

    sha256 = fields.String(required=True)
    code = fields.String(required=True)
    why = fields.Function(lambda photo: {"zh": REFUSALS[photo["code"]].zh, "en": REFUSALS[photo["code"]].en},
                          metadata={"type": "object"})  # fmt: skip


class ReviewItemSchema(Schema):
    """One visit with all that is known of it; `judgement` null: nothing was checked yet, which is not clean."""

    visit = fields.Nested(InspectionSchema, required=True)
    station = fields.Nested(ReviewedStationSchema, required=True)
    fix = fields.Nested(FixPointSchema, required=True, allow_none=True)
    on_site_radius_m = fields.Float(required=True)
    judgement = fields.Nested(JudgementSchema, required=True, allow_none=True)
    sign = fields.Nested(ShownSignSchema, required=True)
    last_visit = fields.Nested(BeforeSchema, required=True, allow_none=True)
    refused_photos = fields.List(fields.Nested(RefusedPhotoSchema), required=True)
    shown = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)
    decisions = fields.List(fields.Nested(PastActSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class ApproveSchema(Strict):
    """A word on it, if there is one."""

    why = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=500))


class ReopenSchema(Strict):
    """Why the approval is taken back."""

    why = PlainText(required=True, validate=WHY)


class NewSignSchema(Strict):
    """What the sign is, seen on `photo` (the visit's first of the sign without one).

    `channel_levels`: whose report channels stand on it; null: nobody looked.
    """

    sign_class = fields.Enum(SignWording, by_value=True, required=True)
    wording = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=100))
    position = fields.Enum(SignPosition, by_value=True, load_default=None, allow_none=True)
    channel_levels = fields.List(
        fields.Enum(ChannelLevel, by_value=True), load_default=None, allow_none=True, validate=validate.Length(max=3)
    )
    photo = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(SHA256.pattern + r"\Z"))
    why = PlainText(required=True, validate=WHY)


class VisitEditSchema(Strict):
    """Answers set right; what is left out stays as it is. What was seen of the station is another visit."""

    answers = fields.Nested(AnswersSchema)
    checks = fields.Dict(
        keys=fields.Enum(VisitCheck, by_value=True), values=fields.Enum(CheckAnswer, by_value=True)
    )
    note = PlainText(allow_none=True, validate=validate.Length(max=500))
    not_answered = fields.Dict(
        keys=PlainText(validate=validate.Length(1, 40)), values=fields.String(validate=validate.OneOf(LEFT_OPEN)),
        validate=validate.Length(max=40),
    )  # fmt: skip
    why = PlainText(required=True, validate=WHY)
