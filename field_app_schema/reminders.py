"""Reminders on the wire: what was asked for and when, and the address of a county's office."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.county_returns import UnitQuerySchema, period
from field_app_schema.frames import FrameSchema
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import ReminderKind


class RemindersQuerySchema(UnitQuerySchema):
    period = period(required=True)
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=200, validate=validate.Range(1, 1000))


class ReminderSchema(Schema):
    """One reminder asked for; `message_id` is the delivery id under which the gateway received it."""

    station = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(ReminderKind)))
    asked_at = fields.AwareDateTime(required=True)
    message_id = fields.String(required=True)


class RemindersSchema(Schema):
    frame = fields.Nested(FrameSchema, required=True)
    reminders = fields.List(fields.Nested(ReminderSchema), required=True)
    count = fields.Integer(required=True)


class MailboxToldSchema(Strict):
    """The office's address; null sends no letter."""

    address = fields.Email(required=True, allow_none=True, validate=validate.Length(max=254))


class MailboxPermissionsSchema(Schema):
    may_edit = fields.Boolean(required=True)


class MailboxSchema(Schema):
    county = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)
    set_at = fields.AwareDateTime(required=True, allow_none=True)
    permissions = fields.Nested(MailboxPermissionsSchema, required=True)
