"""The one shape of every «no» on the wire; its codes and sentences stand in `refusals.py`."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.refusals import REFUSALS


class RefusedSchema(Schema):
    """A refusal: a stable code for programs, sentences and hints for people, and whether a retry can help."""

    code = fields.String(required=True, validate=validate.OneOf(sorted(REFUSALS)))
    status = fields.Integer(required=True)
    message = fields.String(required=True)
    message_en = fields.String(required=True)
    errors = fields.Dict(required=True, metadata={"description": "按字段的提示 / messages by field"})
    hint_zh = fields.String(required=True)
    hint_en = fields.String(required=True)
    details = fields.Dict(required=True)
    retry = fields.Boolean(required=True)
