"""Returned visits on the wire: what the reviewer marked, and the visit as the phone opens it again."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.visits import Strict
from field_app_schema.vocab import PhotoPurpose

PURPOSES = [one.value for one in PhotoPurpose]


class ReturnMarkSchema(Strict):
    """A question (`field`, by its name) or a photo (by its SHA-256) to be looked at again, and why."""

    kind = fields.String(required=True, validate=validate.OneOf(["field", "photo"]))
    name = PlainText(required=True, validate=validate.Length(1, 64))
    note = PlainText(load_default="", validate=validate.Length(max=200))


class NewVisitReturnSchema(Strict):
    """Why a visit goes back, in a sentence its inspector reads; marks may be none."""

    note = PlainText(required=True, validate=[validate.Length(1, 500), validate.Regexp(r"(?s).*\S")])
    marks = fields.List(fields.Nested(ReturnMarkSchema), load_default=list, validate=validate.Length(max=40))


class HeldPhotoSchema(Schema):
    """A photo of a visit that the server has: it may be kept in the new visit without being sent again."""

    sha256 = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    size = fields.Integer(required=True)
    mime = fields.String(required=True)
    taken_at = fields.AwareDateTime(required=True, allow_none=True)


def _words(**more: Any) -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.String(), **more)


class ReturnedVisitSchema(Schema):
    """A visit that came back, whole, so that it can be opened as a draft; the new one names `id` in `replaces`."""

    id = fields.String(required=True)
    station_code = fields.String(required=True)
    returned_at = fields.AwareDateTime(required=True)
    returned_by = fields.String(required=True)
    note = fields.String(required=True)
    marks = fields.List(fields.Nested(ReturnMarkSchema), required=True)
    captured_at = fields.AwareDateTime(required=True)
    method = fields.String(required=True)
    observed_state = fields.String(required=True)
    answers = fields.Dict(keys=fields.String(), required=True)
    checks = _words(required=True)
    not_answered = _words(required=True)
    said = fields.String(required=True, allow_none=True, metadata={"description": "备注 / the visit's own note"})
    photos = fields.List(fields.Nested(HeldPhotoSchema), required=True)
