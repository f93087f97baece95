"""What a static picture of a map is asked for by."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from field_app_schema.vocab_network import MapTheme

DRAWN = [theme.value for theme in MapTheme]


class PictureQuerySchema(Schema):
    """Of which theme, unit, day and language the picture is; by default vitality, the caller's unit, today, Chinese."""

    class Meta:
        unknown = RAISE

    theme = fields.String(validate=validate.OneOf(DRAWN), load_default=MapTheme.VITALITY.value)
    unit = fields.String(validate=validate.Length(min=2, max=12))
    as_of = fields.Date()
    known_at = fields.AwareDateTime()
    lang = fields.String(validate=validate.OneOf(["zh", "en"]), load_default="zh")
