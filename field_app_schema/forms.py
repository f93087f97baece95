"""A drawn form on the wire: what `drawing.py` gives and the phone draws, every label in Chinese and English."""

from __future__ import annotations

from marshmallow import fields, validate

from field_app_schema.drawing import NAMED_KINDS, TYPES
from field_app_schema.visits import Strict
from field_app_schema.vocab import PhotoPurpose


class ConditionSchema(Strict):
    """Stands when the answer to `field` is one of `in`; of several answers one is enough."""

    field = fields.String(required=True)
    among = fields.List(fields.String(), required=True, data_key="in")


class ChoiceSchema(Strict):
    """One thing that can be chosen or checked."""

    value = fields.String(required=True)
    label_zh = fields.String(required=True)
    label_en = fields.String(required=True)


class FormFieldSchema(Strict):
    """One question; `choices` for a choice, `items` for a check_map, limits null where there is none."""

    name = fields.String(required=True)
    type = fields.String(required=True, validate=validate.OneOf([*(word for _kind, word in TYPES), *NAMED_KINDS]))
    label_zh = fields.String(required=True)
    label_en = fields.String(required=True)
    required = fields.Boolean(required=True)
    choices = fields.List(fields.Nested(ChoiceSchema))
    items = fields.List(fields.Nested(ChoiceSchema))
    max_length = fields.Integer(required=True, allow_none=True)
    min = fields.Float(required=True, allow_none=True)
    max = fields.Float(required=True, allow_none=True)
    show_when = fields.Nested(ConditionSchema, required=True, allow_none=True)
    left_open = fields.List(fields.String(), required=True, metadata={"description": "没看到、不适用 / may be left"})
    hint_zh = fields.String(required=True, allow_none=True)
    hint_en = fields.String(required=True, allow_none=True)


class PhotoRuleSchema(Strict):
    """A photo that is asked for, when it is demanded (null: only offered), and why."""

    purpose = fields.String(required=True, validate=validate.OneOf([one.value for one in PhotoPurpose]))
    label_zh = fields.String(required=True)
    label_en = fields.String(required=True)
    required_when = fields.Nested(ConditionSchema, required=True, allow_none=True)
    offered_when = fields.Nested(ConditionSchema, required=True, allow_none=True)
    why_zh = fields.String(required=True)
    why_en = fields.String(required=True)


class SlipFactorSchema(Strict):
    """One slip of unit or key: the factor, and whether it is looked for in money only."""

    code = fields.String(required=True)
    factor = fields.Integer(required=True)
    money_only = fields.Boolean(required=True)


class SlipRuleSchema(Strict):
    """When a figure looks like a slip beside the own earlier months; the numbers of `stations.sales.filing.hints`."""

    fewest_months = fields.Integer(required=True)
    room = fields.Float(required=True)
    close = fields.Float(required=True)
    factors = fields.List(fields.Nested(SlipFactorSchema), required=True)


class FormSchema(Strict):
    """One form; its version changes with anything it shows."""

    name = fields.String(required=True)
    version = fields.String(required=True)
    questions = fields.List(fields.Nested(FormFieldSchema), required=True, data_key="fields")
    photo_rules = fields.List(fields.Nested(PhotoRuleSchema), required=True)
    slips = fields.Nested(SlipRuleSchema, required=True, allow_none=True)


class FormsSchema(Strict):
    """Every form a phone draws."""

    forms = fields.List(fields.Nested(FormSchema), required=True)
