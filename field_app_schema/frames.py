"""The frame of every answer with figures, on the wire: unit, day, instant, months, definitions, sources, unknown."""

from __future__ import annotations

from marshmallow import Schema, fields


class FramedUnitSchema(Schema):
    """A unit by code, name and level."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True)


class FrameSchema(Schema):
    """What stands beside every figure."""

    unit = fields.Nested(FramedUnitSchema, required=True)
    as_of = fields.Date(required=True, metadata={"description": "截至哪天(中国) / the day in China"})
    known_at = fields.AwareDateTime(required=True, metadata={"description": "按该时刻已知 / as known at this instant"})
    periods = fields.List(fields.String(), required=True, allow_none=True)
    definitions = fields.List(fields.String(), required=True, metadata={"description": "口径 / codes of definitions"})
    sources = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    unknown_share = fields.Float(required=True, allow_none=True)
    rule_version = fields.String(required=True, allow_none=True)
