"""Wire shapes of the administrative units."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import Instant
from field_app_schema.visits import Strict
from field_app_schema.vocab import CoordQuality, UnitLevel, VillageClass

CODE = validate.Regexp(r"(CN|[0-9]{2,12})\Z")


class UnitQuerySchema(Strict):
    """Which units."""

    parent = fields.String(validate=CODE)
    level = fields.Enum(UnitLevel, by_value=True)
    updated_since = Instant()
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))
    page_size = fields.Integer(load_default=100, validate=validate.Range(min=1, max=500))


class ResolveQuerySchema(Strict):
    """A name or code as printed, with the province and the year of the document where they are known."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=80))
    province = fields.String(validate=validate.Length(min=1, max=40))
    as_of = fields.Integer(validate=validate.Range(min=1949, max=2100))


class UnitSchema(Schema):
    """One unit as it is called today."""

    code = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(list(UnitLevel)))
    name = fields.String(required=True)
    parent_code = fields.String(required=True, allow_none=True)
    path = fields.String(required=True)
    village_class = fields.String(allow_none=True, validate=validate.OneOf(list(VillageClass)))
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    coord_quality = fields.String(validate=validate.OneOf(list(CoordQuality)))
    base_year_from = fields.Integer(allow_none=True)
    base_year_to = fields.Integer(allow_none=True)


class UnitPageSchema(Schema):
    """One page of units."""

    units = fields.List(fields.Nested(UnitSchema), required=True)
    total = fields.Integer(required=True)


class FormerSchema(Schema):
    """A name or code the unit had."""

    former_name = fields.String(required=True)
    former_code = fields.String(allow_none=True)
    kind = fields.String(required=True)
    valid_from = fields.Date(allow_none=True)
    valid_to = fields.Date(allow_none=True)
    source = fields.String(required=True)


class DenominatorSchema(Schema):
    """How many villages the unit had in a base year, frozen."""

    base_year = fields.Integer(required=True)
    villages = fields.Integer(required=True)
    admin_villages = fields.Integer(required=True)


class WholeUnitSchema(Schema):
    """A unit with its former names and its frozen counts."""

    unit = fields.Nested(UnitSchema, required=True)
    former = fields.List(fields.Nested(FormerSchema), required=True)
    denominators = fields.List(fields.Nested(DenominatorSchema), required=True)


class PlainUnitSchema(Schema):
    """A unit in the answer of a look-up."""

    code = fields.String(required=True)
    level = fields.String(required=True)
    name = fields.String(required=True)
    path = fields.String(required=True)


class ResolutionSchema(Schema):
    """What a printed name came to; `unit` is set when one is meant, else `candidates`."""

    asked = fields.String(required=True)
    outcome = fields.String(required=True)
    matched_by = fields.String(required=True, allow_none=True)
    unit = fields.Nested(PlainUnitSchema, required=True, allow_none=True)
    name_then = fields.String(allow_none=True)
    code_then = fields.String(allow_none=True)
    candidates = fields.List(fields.Nested(PlainUnitSchema), required=True)
    also = fields.List(fields.Nested(PlainUnitSchema), required=True)
