"""Sheets of enrolment codes on the wire: whom one is printed for, and how many of its codes are still unused."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from field_app_schema.fields import PlainText
from field_app_schema.vocab import Role

# Who works with a phone; offices sign in at a desk.
PHONE_ROLES = (Role.INSPECTOR, Role.OWNER, Role.THIRD_PARTY)


class NewSheetSchema(Schema):
    """Named accounts, or all of some roles in a unit (the caller's own where none is named)."""

    class Meta:
        unknown = RAISE

    account_ids = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 2**31 - 1)), load_default=list,
        validate=validate.Length(0, 300),
    )  # fmt: skip
    roles = fields.List(
        fields.Enum(Role, by_value=True, validate=validate.OneOf(PHONE_ROLES)), load_default=list,
        validate=validate.Length(0, len(PHONE_ROLES)),
    )  # fmt: skip
    unit_code = PlainText(load_default=None, allow_none=True, validate=validate.Length(2, 12))
    without_phone = fields.Boolean(load_default=False)
    days = fields.Integer(load_default=7, strict=True, validate=validate.Range(1, 30))
    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))

    @validates_schema
    def either(self, asked: dict[str, Any], **_: Any) -> None:
        """Refuse both and neither: a sheet for nobody, or one whose reader must guess whom it is for."""
        if bool(asked["account_ids"]) == bool(asked["roles"]):
            raise ValidationError("请在人员和身份中选一项 / give either people or roles", "account_ids")


class SheetSchema(Schema):
    """A sheet in counts; whose code is unused is not told."""

    sheet = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    made_by = fields.String(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True)
    codes = fields.Integer(required=True)
    unused = fields.Integer(required=True)
    used = fields.Integer(required=True)
    expired = fields.Integer(required=True, metadata={"description": "过期或已作废 / ended or withdrawn, never used"})


class WithdrawnSchema(Schema):
    withdrawn = fields.Integer(required=True)
