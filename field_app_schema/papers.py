"""What paper is asked for: of which county and month, in which language."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from field_app_schema.fields import PlainText


class PackQuerySchema(Schema):
    """A county (nothing means the caller's own unit) and a month written «202610»."""

    class Meta:
        unknown = RAISE

    county = PlainText(validate=validate.Length(2, 12), load_default=None)
    period = PlainText(required=True, validate=validate.Length(equal=6))


class PlaquesQuerySchema(Schema):
    """Of which unit (nothing means the caller's own), in which language."""

    class Meta:
        unknown = RAISE

    ou = PlainText(validate=validate.Length(2, 12), load_default=None)
    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))


class PaperQuerySchema(PackQuerySchema):
    """The same, and the language of the words."""

    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))
