"""Report channels on the wire: what an office publishes, and what anybody sees."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from field_app_schema.fields import Day, PlainText
from field_app_schema.vocab_evidence import ChannelLevel


class NewChannelSchema(Schema):
    """Where the public reports: the office's name, its number or address, and from when."""

    class Meta:
        unknown = RAISE

    office = PlainText(required=True, validate=[validate.Length(2, 60), validate.Regexp(r"(?s).*\S")])
    phone = PlainText(load_default=None, allow_none=True, validate=validate.Length(3, 40))
    url = PlainText(load_default=None, allow_none=True, validate=validate.Length(8, 300))
    valid_from = Day(required=True)


class ShownChannelSchema(Schema):
    """The channel of one level; `office` null: that unit has told none."""

    level = fields.String(required=True, validate=validate.OneOf([level.value for level in ChannelLevel]))
    unit_code = fields.String(required=True)
    unit_name = fields.String(required=True)
    office = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    valid_from = fields.Date(required=True, allow_none=True)


class ChannelsSchema(Schema):
    """Channels by place, the widest unit first."""

    channels = fields.List(fields.Nested(ShownChannelSchema), required=True)
