"""Changes of stations on the wire: proposals, revisions, transitions, and the story they leave."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.stations import code
from field_app_schema.vocab import CoordQuality, CoordSystem, HostType, ListingStatus, Service, StationKind


class Strict(Schema):
    """An unknown field is an error: what nobody reads must not be thought stored."""

    class Meta:
        unknown = RAISE


class StationTextSchema(Strict):
    """What is said of a station, each field optional; coordinates in the datum `coord_system` names, in degrees."""

    name = PlainText(validate=validate.Length(1, 120))
    village_code = code()
    host_type = fields.Enum(HostType, by_value=True)
    operator = PlainText(allow_none=True, validate=validate.Length(max=120))
    is_subsidised = fields.Boolean(allow_none=True)
    address = PlainText(allow_none=True, validate=validate.Length(max=200))
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    coord_system = fields.Enum(CoordSystem, by_value=True)
    coord_quality = fields.Enum(CoordQuality, by_value=True)
    services = fields.List(fields.Enum(Service, by_value=True), validate=validate.Length(max=len(Service)))
    head_name = PlainText(allow_none=True, validate=validate.Length(max=60))
    phone = PlainText(allow_none=True, validate=validate.Length(max=40))
    hours = PlainText(allow_none=True, validate=validate.Length(max=60))
    villages_served = fields.List(code(), validate=validate.Length(max=200))
    valid_from = fields.Date(metadata={"description": "从哪天起 / true from this day"})


class ProposalSchema(StationTextSchema):
    """A new station: name, village, kind and host are needed; `nearby_checked` says its neighbours were looked at."""

    name = PlainText(required=True, validate=validate.Length(1, 120))
    village_code = code(required=True)
    kind = fields.Enum(StationKind, by_value=True, required=True)
    host_type = fields.Enum(HostType, by_value=True, required=True)
    nearby_checked = fields.Boolean(load_default=False)


class RevisionSchema(StationTextSchema):
    """What changes; fields not named stay as they are."""


class DeclaredSchema(Strict):
    """Facts that stand in papers outside this register: days, document numbers, words; kept with the transition."""

    acceptance_result = fields.String(validate=validate.OneOf(["passed", "failed"]))
    acceptance_on = fields.Date()
    acceptance_doc_no = PlainText(validate=validate.Length(max=80))
    opened_on = fields.Date()
    funding_project_no = PlainText(validate=validate.Length(max=80))
    claim_code_issued_on = fields.Date()
    expected_end = fields.Date()
    withdrawal_on = fields.Date()
    withdrawal_doc_no = PlainText(validate=validate.Length(max=80))
    judged_unfit_doc_no = PlainText(validate=validate.Length(max=80))
    corrective_deadline = fields.Date()
    owner_notified_on = fields.Date()
    asset_disposition = fields.String(
        validate=validate.OneOf(["returned", "transferred", "kept_by_owner", "scrapped", "none_given"])
    )


class TransitionSchema(Strict):
    """A change of listing status; what it needs is answered, all at once, when it is refused."""

    to = fields.Enum(ListingStatus, by_value=True, required=True)
    effective_on = fields.Date(required=True)
    reason_code = PlainText(required=True, validate=validate.Length(max=40))
    note = PlainText(allow_none=True, validate=validate.Length(max=2000))
    doc_no = PlainText(allow_none=True, validate=validate.Length(max=80))
    evidence_ids = fields.List(code(), load_default=list, validate=validate.Length(max=50))
    successor_code = code(allow_none=True)
    declared = fields.Nested(DeclaredSchema, load_default=dict)


class TransitionAnswerSchema(Schema):
    """The transition that now stands, and what follows from it."""

    id = fields.Integer(required=True)
    station = fields.String(required=True)
    from_status = fields.String(required=True, allow_none=True)
    to_status = fields.String(required=True)
    effective_on = fields.Date(required=True)
    reason_code = fields.String(required=True)
    details = fields.Dict(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    vitality = fields.String(required=True)
    revision = fields.Integer(required=True)


KINDS = ("transition", "version", "observation", "vitality", "report", "excuse", "decision")


class EntrySchema(Schema):
    """One entry of a station's story."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    on = fields.Date(required=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    what = fields.String(required=True)
    before = fields.String(required=True, allow_none=True)
    age_days = fields.Integer(required=True)
    reason = fields.String(required=True, allow_none=True)
    method = fields.String(required=True, allow_none=True)
    confidence = fields.String(required=True, allow_none=True)
    is_independent = fields.Boolean(required=True, allow_none=True)
    observer_unit = fields.String(required=True, allow_none=True)
    rule_version = fields.String(required=True, allow_none=True)
    evidence_ids = fields.List(fields.String(), required=True)
    doc_no = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    details = fields.Dict(required=True)


class TimelineSchema(Schema):
    station = fields.String(required=True)
    entries = fields.List(fields.Nested(EntrySchema), required=True)
    total = fields.Integer(required=True)
    as_of = fields.Date(required=True)


class ObservationSchema(Schema):
    id = fields.Integer(required=True)
    observed_at = fields.AwareDateTime(required=True)
    observed_state = fields.String(required=True)
    evidence_kind = fields.String(required=True)
    method = fields.String(required=True)
    is_independent = fields.Boolean(required=True)
    observer_unit_code = fields.String(required=True)
    source = fields.String(required=True)
    inspection_id = fields.String(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)


class ObservationPageSchema(Schema):
    observations = fields.List(fields.Nested(ObservationSchema), required=True)
    total = fields.Integer(required=True)


class RungSchema(Schema):
    """One kind of evidence; days in China. `is_fresh`: its newest sign of life still counts."""

    kind = fields.String(required=True)
    confidence = fields.String(required=True)
    evidence_id = fields.String(required=True, allow_none=True)
    on = fields.Date(required=True, allow_none=True)
    fresh_until = fields.Date(required=True, allow_none=True)
    is_fresh = fields.Boolean(required=True)
    against_on = fields.Date(required=True, allow_none=True)
    against_state = fields.String(required=True, allow_none=True)


class LadderSchema(Schema):
    """The evidence ladder of a station, the strongest kind first."""

    station = fields.String(required=True)
    as_of = fields.Date(required=True)
    rungs = fields.List(fields.Nested(RungSchema), required=True)
