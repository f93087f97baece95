"""Accounts, sign-in, enrolment and phones on the wire (F9)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.vocab import Role

USERNAME = validate.Regexp(
    r"\A[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]\Z", error="3–60 个小写字母、数字、. _ - / 3-60 of a-z 0-9 . _ -"
)
# 256 bits in base64url.
DEVICE_SECRET = validate.Regexp(r"\A[A-Za-z0-9_-]{43}\Z", error="43 个字符 A-Z a-z 0-9 - _ / 43 of A-Z a-z 0-9 - _")
STAFF_ROLES = [role.value for role in Role if role is not Role.PUBLIC]


class PersonSchema(Schema):
    """Who somebody is, for that person's own screen."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(STAFF_ROLES))
    unit_code = fields.String(required=True)
    unit_name = fields.String(required=True)


class SignInSchema(Schema):
    username = fields.String(required=True, validate=validate.Length(1, 60))
    password = fields.String(required=True, load_only=True, validate=validate.Length(1, 200))


class SessionSchema(Schema):
    """Who is signed in and what the role may do; `csrf_token` goes back as X-CSRF-Token, null for a phone."""

    account = fields.Nested(PersonSchema, required=True)
    permissions = fields.List(fields.String(), required=True)
    csrf_token = fields.String(required=True, allow_none=True)


class NewAccountSchema(Schema):
    username = fields.String(required=True, validate=USERNAME)
    display_name = PlainText(required=True, validate=validate.Length(1, 60))
    role = fields.Enum(Role, by_value=True, required=True)
    unit_code = fields.String(required=True, validate=validate.Length(1, 12))
    station_code = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    password = fields.String(load_default=None, allow_none=True, load_only=True, validate=validate.Length(1, 200))


class NewAccountsSchema(Schema):
    accounts = fields.List(fields.Nested(NewAccountSchema), required=True, validate=validate.Length(1, 200))


class NewPasswordSchema(Schema):
    password = fields.String(required=True, load_only=True, validate=validate.Length(1, 200))


class AccountSchema(Schema):
    id = fields.Integer(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(STAFF_ROLES))
    unit_code = fields.String(required=True)
    unit_name = fields.String(required=True)
    station_id = fields.Integer(required=True, allow_none=True)
    has_password = fields.Boolean(required=True)
    created_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    phones = fields.Integer(required=True, metadata={"description": "这个人现在可用的手机数 / phones let in today"})


class AccountQuerySchema(Schema):
    """Whose accounts: of a role, and with a part of the name or user name."""

    role = fields.Enum(Role, by_value=True, load_default=None)
    q = PlainText(load_default="", validate=validate.Length(0, 60))


class NewEnrolmentSchema(Schema):
    account_id = fields.Integer(required=True, strict=True)


class EnrolmentSchema(Schema):
    """The one-time code, shown this once: as text to type, as a link, and as a picture for <img src>."""

    id = fields.Integer(required=True)
    account_id = fields.Integer(required=True)
    code = fields.String(required=True)
    link = fields.String(required=True)
    qr_svg = fields.String(required=True, metadata={"description": "data:image/svg+xml address of the QR code"})
    expires_at = fields.AwareDateTime(required=True)


class NewDeviceSchema(Schema):
    """A phone with a code; with a `secret` of its own (32 random bytes) it may ask again when an answer was lost."""

    code = fields.String(required=True, validate=validate.Length(1, 60))
    device_label = PlainText(required=True, validate=validate.Length(1, 80))
    secret = fields.String(load_default=None, allow_none=True, load_only=True, validate=DEVICE_SECRET)
    public_key = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=400))


class AdmittedSchema(Schema):
    """What the phone keeps; the tokens are never shown again. `watch_token` only asks whether the phone is revoked."""

    token = fields.String(required=True)
    watch_token = fields.String(required=True)
    device_id = fields.Integer(required=True)
    account = fields.Nested(PersonSchema, required=True)
    server_time = fields.AwareDateTime(required=True)


class NewKeySchema(Schema):
    """The public half of the key that a phone signs its photos with: SubjectPublicKeyInfo, P-256, base64."""

    public_key = fields.String(required=True, validate=validate.Length(1, 400))


class RegisteredKeySchema(Schema):
    device_id = fields.Integer(required=True)
    registered_at = fields.AwareDateTime(required=True)


class DeviceSchema(Schema):
    id = fields.Integer(required=True)
    label = fields.String(required=True)
    account_id = fields.Integer(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    unit_code = fields.String(required=True)
    enrolled_at = fields.AwareDateTime(required=True)
    last_sync_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    erases_unsent = fields.Boolean(required=True)


class WatchedSchema(Schema):
    """Whether this phone's access was taken back, and whether it is to erase also what it never sent."""

    revoked = fields.Boolean(required=True)
    erase_unsent = fields.Boolean(required=True)


class DeviceQuerySchema(Schema):
    account_id = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))


class RevokeQuerySchema(Schema):
    """Whether the phone is lost: then it is told to erase also what it never sent."""

    erase_unsent = fields.Boolean(load_default=False)
