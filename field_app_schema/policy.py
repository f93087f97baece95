"""Policy rules on the wire: which are asked for, and each with its document and the words it comes from."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.words.policy import WORDS

KINDS = [key.removeprefix("policy_kind.") for key in WORDS]


class RulesQuerySchema(Schema):
    """Filters; one left out filters nothing."""

    kind = fields.String(validate=validate.OneOf(KINDS), metadata={"description": "规则种类 / kind of rule"})
    province = PlainText(
        validate=validate.Regexp(r"[0-9]{2}\Z"),
        metadata={"description": "省级代码,含全国规则 / code of a province; national rules come along"},
    )
    on = fields.Date(metadata={"description": "当日有效 / in force on this day"})
    batch_year = fields.Integer(
        validate=validate.Range(2014, 2100), metadata={"description": "示范批次年度 / batch year"}
    )


class PolicyRuleSchema(Schema):
    """One rule; what is this product's own and in no notice has `is_proposal`."""

    code = fields.String(required=True)
    kind = fields.String(required=True)
    parameters = fields.Dict(required=True, metadata={"description": "份额和分数为文字 / shares and scores are text"})
    province_code = fields.String(required=True, allow_none=True)
    batch_years = fields.List(fields.Integer(), required=True)
    effective_from = fields.Date(required=True, allow_none=True)
    effective_to = fields.Date(required=True, allow_none=True)
    source_doc = fields.String(required=True, metadata={"description": "文号和标题 / document number and title"})
    quote = fields.String(required=True, metadata={"description": "原文 / the document's own words"})
    is_proposal = fields.Boolean(required=True)
    updated_at = fields.AwareDateTime(required=True, allow_none=True)


class PolicyRulePageSchema(Schema):
    rules = fields.List(fields.Nested(PolicyRuleSchema), required=True)
    total = fields.Integer(required=True)
