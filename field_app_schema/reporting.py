"""Around the months on the wire: when reporting begins, which months are excused, who may file a locked one."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from field_app_schema.fields import Instant, PlainText
from field_app_schema.stations import code, word
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import ExcuseReason

GRANTED_REASONS = [ExcuseReason.SUSPENDED.value, ExcuseReason.DISASTER.value, ExcuseReason.OTHER.value]


def period(**more: Any) -> PlainText:
    """A month, «202606»."""
    return PlainText(validate=validate.Length(6, 6), **more)


class NewStartSchema(Strict):
    """From which month the stations of a county owe reports."""

    unit_code = code(required=True)
    first_period = period(required=True)


class StartSchema(Schema):
    unit_code = fields.String(required=True)
    name = fields.String(required=True)
    first_period = fields.String(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    stations = fields.Integer(required=True, allow_none=True)


class StartsSchema(Schema):
    starts = fields.List(fields.Nested(StartSchema), required=True)


class NewExcuseSchema(Strict):
    """A month of some stations that leaves the denominator, and why."""

    stations = fields.List(code(), required=True, validate=validate.Length(1, 500))
    period = period(required=True)
    reason_code = fields.String(required=True, validate=validate.OneOf(GRANTED_REASONS))
    note = PlainText(allow_none=True, validate=validate.Length(max=500))

    @validates_schema(skip_on_field_errors=True)
    def check_note(self, told: dict[str, Any], **_kwargs: Any) -> None:
        """Ask for a sentence where the reason says nothing."""
        if told["reason_code"] == ExcuseReason.OTHER and not (told.get("note") or "").strip():
            raise ValidationError("请写明原因 / say why", "note")


class ExcuseSchema(Schema):
    """An excuse; one that was withdrawn stays to be read."""

    id = fields.Integer(required=True)
    station = fields.String(required=True)
    station_name = fields.String(required=True)
    period = fields.String(required=True)
    reason_code = word(ExcuseReason)
    note = fields.String(required=True, allow_none=True)
    granted_by = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)


class ExcusesSchema(Schema):
    excuses = fields.List(fields.Nested(ExcuseSchema), required=True)


class ExcusePageSchema(ExcusesSchema):
    total = fields.Integer(required=True)


class AroundMonthsQuerySchema(Schema):
    """Of which months, as in 202606 or LAST_3_MONTHS; none named, all."""

    period = PlainText(validate=validate.Length(1, 200))


class ExcuseQuerySchema(AroundMonthsQuerySchema):
    ou = code()


class NewLeaveSchema(Strict):
    """Leave to file a locked month: for a unit or for one station, with a reason and an end within 90 days."""

    unit_code = code()
    station = code()
    period = period(required=True)
    reason = PlainText(required=True, validate=[validate.Length(1, 500), validate.Regexp(r"(?s).*\S")])
    expires_at = Instant(required=True)

    @validates_schema(skip_on_field_errors=True)
    def check_place(self, told: dict[str, Any], **_kwargs: Any) -> None:
        """Take a unit or a station, not both."""
        if ("unit_code" in told) == ("station" in told):
            raise ValidationError("单位或站点,二者填一 / a unit or a station, one of the two", "unit_code")


class LeaveSchema(Schema):
    """A lock exception; `stands` says that it is neither expired nor revoked."""

    id = fields.Integer(required=True)
    unit_code = fields.String(required=True)
    unit_name = fields.String(required=True)
    station = fields.String(required=True, allow_none=True)
    period = fields.String(required=True)
    reason = fields.String(required=True)
    granted_by = fields.String(required=True, allow_none=True)
    granted_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    stands = fields.Boolean(required=True)


class LeavePageSchema(Schema):
    exceptions = fields.List(fields.Nested(LeaveSchema), required=True)
    total = fields.Integer(required=True)
