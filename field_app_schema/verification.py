"""What anybody may learn of a photo by the code on its print; nothing of it names a person or a phone's position."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import SHA256

VERIFIED_STATES = ("genuine", "unsealed", "altered", "missing")


class VerifiedPlaceSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    village_name = fields.String(required=True, allow_none=True)
    township_name = fields.String(required=True, allow_none=True)
    county_name = fields.String(required=True, allow_none=True)


class VerifiedPhotoSchema(Schema):
    """A received photo, its place and times to the minute; `likeness` is compared in the browser, nothing is sent."""

    sha256 = fields.String(required=True)
    code = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(VERIFIED_STATES))
    stored = fields.String(required=True, validate=validate.OneOf(("same", "differ", "missing")))
    seal = fields.String(required=True, validate=validate.OneOf(("valid", "none", "no_key", "invalid", "differs")))
    station = fields.Nested(VerifiedPlaceSchema, required=True)
    purpose = fields.String(required=True)
    source = fields.String(required=True, validate=validate.OneOf(("camera", "file", "unknown")))
    on_site = fields.String(required=True)
    taken_at = fields.AwareDateTime(required=True, allow_none=True)
    not_before = fields.AwareDateTime(required=True, allow_none=True)
    not_after = fields.AwareDateTime(required=True)
    likeness = fields.String(
        required=True, allow_none=True,
        metadata={"description": "64 位差异哈希 / 64 bits of a difference hash of the small picture, in hex"},
    )  # fmt: skip


class VerificationSchema(Schema):
    photos = fields.List(fields.Nested(VerifiedPhotoSchema), required=True)


class CoarseQuerySchema(Schema):
    """Which photo, where a code stands for more than one."""

    sha256 = fields.String(load_default=None, validate=validate.Regexp(SHA256.pattern + r"\Z"))
