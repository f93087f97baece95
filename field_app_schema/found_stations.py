"""Stations that were found and are on no list, on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from field_app_schema.fields import Instant, PlainText, VersionMark
from field_app_schema.inspections import PagedQuery
from field_app_schema.messages import in_both_languages
from field_app_schema.records import check_photos, parse_record
from field_app_schema.refusals import Refusal
from field_app_schema.sync import PhotoReceiptSchema
from field_app_schema.visits import ClockSchema, FixSchema, PhotoClaimSchema, PhotoRule, Strict
from field_app_schema.vocab import PhotoPurpose, StationKind

# Offered, never demanded: a picture of the sign spares the county a journey.
FOUND_PHOTO_RULES = (PhotoRule(PhotoPurpose.SIGN, (), is_demanded=False),)
FOUND_STATES = ["open", "proposed", "same_as", "dismissed"]


class FoundStationSchema(Strict):
    """A station somebody met: `nearby` are the codes shown as near before, none of which it is."""

    name = PlainText(required=True, validate=validate.Length(1, 120), metadata={"asked": 1})
    village_code = PlainText(load_default=None, allow_none=True, validate=validate.Length(12, 12),
                             metadata={"asked": 2, "kind": "village"})  # fmt: skip
    kind = fields.Enum(StationKind, by_value=True, required=True, metadata={"asked": 3})
    note = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=500), metadata={"asked": 4})
    captured_at = Instant(required=True)
    fix = fields.Nested(FixSchema, required=True, allow_none=True)
    nearby = fields.List(PlainText(validate=validate.Length(1, 40)), required=True, validate=validate.Length(max=50))
    photos = fields.List(fields.Nested(PhotoClaimSchema), required=True, validate=validate.Length(max=4))
    clock = fields.Nested(ClockSchema, required=True)
    form_version = VersionMark(required=True, metadata={"type": ["string", "integer"]})


# Made once: it holds nothing of any one record.
_FOUND = FoundStationSchema()


def read_found(body: bytes, corrections: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Read a found station from its bytes, `corrections` laid over its top-level fields; refuses like `read_visit`."""
    content = {**parse_record(body, lenient=corrections is not None), **(corrections or {})}
    try:
        found: dict[str, Any] = _FOUND.load(content)
    except ValidationError as error:
        raise Refusal("BAD_INPUT", errors=in_both_languages(error.messages_dict)) from error
    check_photos(found)
    return found


class FoundReceiptSchema(Schema):
    """The server holds it for good."""

    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(FOUND_STATES))
    received_at = fields.AwareDateTime(required=True)
    sha256 = fields.String(required=True)
    durable = fields.Boolean(required=True)
    photos = fields.List(fields.Nested(PhotoReceiptSchema), required=True)


class FoundSchema(Schema):
    """As the county reads it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    village_code = fields.String(required=True, allow_none=True)
    village_name = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    nearby = fields.List(fields.String(), required=True)
    found_by = fields.String(required=True)
    captured_at = fields.AwareDateTime(required=True)
    received_at = fields.AwareDateTime(required=True)
    photos = fields.List(fields.Nested(PhotoReceiptSchema), required=True)
    state = fields.String(required=True, validate=validate.OneOf(FOUND_STATES))
    station_code = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_note = fields.String(required=True, allow_none=True)


class FoundPageSchema(Schema):
    found = fields.List(fields.Nested(FoundSchema), required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)


class FoundQuerySchema(PagedQuery):
    state = fields.String(load_default=None, validate=validate.OneOf(FOUND_STATES))


class FoundDecisionSchema(Strict):
    """`proposed` enters it as a proposed station (village and host type wanted), `same_as` names a listed one."""

    decision = fields.String(required=True, validate=validate.OneOf(FOUND_STATES[1:]))
    station_code = PlainText(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    village_code = PlainText(load_default=None, allow_none=True, validate=validate.Length(12, 12))
    host_type = PlainText(load_default=None, allow_none=True, validate=validate.Length(1, 24))
    note = PlainText(required=True, validate=[validate.Length(1, 500), validate.Regexp(r"(?s).*\S")])
