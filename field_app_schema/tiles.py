"""What a vector tile is asked for by."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate


class VectorTileQuerySchema(Schema):
    """Of which unit the stations are; by default the caller's own."""

    class Meta:
        unknown = RAISE

    unit = fields.String(validate=validate.Length(min=2, max=12))
