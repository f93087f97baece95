"""Definitions of figures on the wire: a sentence, what over what, boundary cases, the rule row and the quotes."""

from __future__ import annotations

from marshmallow import Schema, fields


class QuoteSchema(Schema):
    """Where the word stands, in the notice's own words."""

    document = fields.String(required=True, metadata={"description": "文号和标题 / document number and title"})
    quote = fields.String(required=True, metadata={"description": "原文 / the document's own words"})


class RuleBehindSchema(Schema):
    """The policy rule with the figure's thresholds; `is_shipped`: none is loaded and the shipped values count."""

    code = fields.String(required=True)
    kind = fields.String(required=True)
    parameters = fields.Dict(required=True)
    source_doc = fields.String(required=True)
    quote = fields.String(required=True)
    is_proposal = fields.Boolean(required=True)
    is_shipped = fields.Boolean(required=True)


class DefinitionSchema(Schema):
    """One figure; numerator and denominator are null where it is no share, `is_ours` where no notice defines it."""

    code = fields.String(required=True, attribute="definition.code")
    zh = fields.String(required=True, attribute="definition.zh")
    en = fields.String(required=True, attribute="definition.en")
    numerator_zh = fields.String(required=True, allow_none=True, attribute="definition.numerator_zh")
    numerator_en = fields.String(required=True, allow_none=True, attribute="definition.numerator_en")
    denominator_zh = fields.String(required=True, allow_none=True, attribute="definition.denominator_zh")
    denominator_en = fields.String(required=True, allow_none=True, attribute="definition.denominator_en")
    boundary_zh = fields.String(required=True, attribute="definition.boundary_zh")
    boundary_en = fields.String(required=True, attribute="definition.boundary_en")
    rule_code = fields.String(required=True, allow_none=True, attribute="definition.rule_code")
    is_ours = fields.Boolean(required=True, attribute="definition.is_ours")
    notices = fields.List(fields.Nested(QuoteSchema), required=True, attribute="definition.notices")
    rule = fields.Nested(RuleBehindSchema, required=True, allow_none=True)


class DefinitionListSchema(Schema):
    definitions = fields.List(fields.Nested(DefinitionSchema), required=True)
