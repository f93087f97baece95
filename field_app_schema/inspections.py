"""Visits, forms and what was kept aside, as staff and phones read them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.sync import PhotoReceiptSchema
from field_app_schema.visit_returns import ReturnMarkSchema
from field_app_schema.visits import Strict
from field_app_schema.vocab import InspectionState

SETTLEMENTS = ("accepted", "rejected", "superseded")


class PagedQuery(Strict):
    """Which page, and how many on it."""

    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=1_000_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(min=1, max=500))


class VisitQuerySchema(PagedQuery):
    """Which visits."""

    station = PlainText(load_default=None, validate=validate.Length(max=40))
    state = fields.Enum(InspectionState, by_value=True, load_default=None)


class VisitPhotoSchema(PhotoReceiptSchema):
    """A photo of a visit; `preview`: the photo is not here yet and its preview is shown, which is no evidence."""

    taken_at = fields.AwareDateTime(required=True, allow_none=True)
    exif = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    capture = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    preview = fields.Boolean(required=True)


class ShownReturnSchema(Schema):
    """Why a visit went back, and the visit that answered it, if one did."""

    note = fields.String(required=True)
    marks = fields.List(fields.Nested(ReturnMarkSchema), required=True)
    returned_by = fields.String(required=True)
    returned_at = fields.AwareDateTime(required=True)
    answered_by = fields.String(required=True, allow_none=True)


class InspectionSchema(Schema):
    """A visit; instants in UTC, distance in metres, `fix` as the phone gave it.

    When it began is told to nobody: how long a visit takes is nobody's business (domain §5).
    """

    id = fields.String()
    state = fields.String()
    station_code = fields.String()
    method = fields.String()
    observed_state = fields.String()
    answers = fields.Dict(keys=fields.String())
    checks = fields.Dict(keys=fields.String(), values=fields.String())
    note = fields.String(allow_none=True)
    inspector = fields.String()
    captured_at = fields.AwareDateTime()
    received_at = fields.AwareDateTime()
    completed_at = fields.AwareDateTime(allow_none=True)
    fix = fields.Dict(keys=fields.String(), allow_none=True)
    on_site = fields.String()
    distance_m = fields.Float(allow_none=True)
    sha256 = fields.String()
    form_version = fields.String()
    not_answered = fields.Dict(keys=fields.String(), values=fields.String())
    replaces = fields.String(allow_none=True, metadata={"description": "更正了哪次检查 / the visit it answers"})
    photos = fields.List(fields.Nested(VisitPhotoSchema))
    returned = fields.Nested(ShownReturnSchema, allow_none=True)
    version = fields.Integer(metadata={"description": "每次更正加一 / one more with each edit"})
    revision = fields.Integer(metadata={"description": "If-Match"})
    reasons = fields.List(
        fields.Dict(keys=fields.String()), allow_none=True,
        metadata={"description": "{code, photo, figures}, heaviest first; null: not compared yet, or not to be told"},
    )  # fmt: skip
    times = fields.List(
        fields.Dict(keys=fields.String()), allow_none=True,
        metadata={"description": "{photo, not_before, not_after} as proved; photo null: the visit itself"},
    )  # fmt: skip


class InspectionPageSchema(Schema):
    """A page of visits, newest first."""

    inspections = fields.List(fields.Nested(InspectionSchema))
    total = fields.Integer()
    page = fields.Integer()
    page_size = fields.Integer()


class PhotoQuerySchema(Strict):
    """`full` is the original to the byte; `thumb` (320 px), `screen` and `marked` (1600 px) are made of it, no EXIF.

    `sign` is the piece of it on which a sign was read (1200 px).
    """

    size = fields.String(load_default="thumb", validate=validate.OneOf(["thumb", "screen", "full", "marked", "sign"]))


class KeptQuerySchema(PagedQuery):
    """Settled ones, open ones, or both."""

    settled = fields.Boolean(load_default=None, allow_none=True)


class KeptSchema(Schema):
    """What was kept aside and why; `refusal_code` is a row of the table of refusals."""

    id = fields.Integer()
    record_kind = fields.String()
    record_id = fields.String()
    sha256 = fields.String(attribute="body_sha256")
    size_bytes = fields.Integer()
    refusal_code = fields.String()
    errors = fields.Dict(keys=fields.String())
    unit_path = fields.String()
    user_agent = fields.String(allow_none=True)
    received_at = fields.AwareDateTime()
    settled_at = fields.AwareDateTime(allow_none=True)
    settlement = fields.String(allow_none=True)
    settlement_note = fields.String(allow_none=True)


class KeptWholeSchema(KeptSchema):
    """The same with its body as text; bytes that are no UTF-8 show as �, the download gives them unaltered."""

    body = fields.Function(lambda kept: kept.body.decode("utf-8", "replace"), metadata={"type": "string"})


class KeptPageSchema(Schema):
    """A page of what was kept aside, newest first."""

    kept = fields.List(fields.Nested(KeptSchema))
    total = fields.Integer()
    page = fields.Integer()
    page_size = fields.Integer()


class SettlementSchema(Strict):
    """What an officer decides; `corrections` lays top-level fields over what the phone sent, for `accepted` only."""

    decision = fields.String(required=True, validate=validate.OneOf(SETTLEMENTS))
    note = PlainText(required=True, validate=validate.Length(min=1, max=500))
    corrections = fields.Dict(keys=fields.String(), load_default=dict)
