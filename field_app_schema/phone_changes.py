"""What a phone keeps of the register, brought down as changes since a cursor; and the ground it draws."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.stations import PhoneStationSchema
from field_app_schema.visit_returns import PURPOSES, ReturnedVisitSchema
from field_app_schema.visit_tasks import MyTaskSchema


class ChangesQuerySchema(Schema):
    """`cursor` as the last answer gave it, none at the beginning."""

    cursor = PlainText(load_default=None, validate=validate.Length(max=120))
    limit = fields.Integer(load_default=500, validate=validate.Range(1, 1000))


class LastPhotoSchema(Schema):
    sha256 = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))


class LastVisitSchema(Schema):
    """What was found last time, to stand beside the new answers; no name of who went."""

    inspection_id = fields.String(required=True)
    captured_at = fields.AwareDateTime(required=True)
    observed_state = fields.String(required=True)
    answers = fields.Dict(keys=fields.String(), required=True)
    checks = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    photo = fields.Nested(LastPhotoSchema, required=True, allow_none=True)


class KeptStationSchema(PhoneStationSchema):
    """A station as a phone keeps it; `last_visit` null for an owner and where nobody went."""

    class Meta:
        fields = (*PhoneStationSchema.Meta.fields, "last_visit")

    last_visit = fields.Nested(LastVisitSchema, required=True, allow_none=True)


class ChangesSchema(Schema):
    """Apply in this order: `reset` (forget all of it), removals, then what is given; go on from `cursor` while `more`.

    A task or a returned visit that is done, withdrawn or answered stands in `closed_tasks` or `closed_returns`.
    """

    cursor = fields.String(required=True)
    more = fields.Boolean(required=True)
    reset = fields.Boolean(required=True)
    stations = fields.List(fields.Nested(KeptStationSchema), required=True)
    removed = fields.List(fields.String(), required=True)
    tasks = fields.List(fields.Nested(MyTaskSchema), required=True)
    closed_tasks = fields.List(fields.Integer(), required=True)
    returned = fields.List(fields.Nested(ReturnedVisitSchema), required=True)
    closed_returns = fields.List(fields.String(), required=True)
    as_of = fields.Date(required=True)


class OutlineSchema(Schema):
    """A unit's outline: rings of [lon, lat] in CGCS2000 degrees, simplified."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True)
    rings = fields.List(fields.List(fields.List(fields.Float())), required=True)


class GroundVillageSchema(Schema):
    """A village; a place in CGCS2000 degrees, null where nobody knows it."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    township_name = fields.String(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)


class GroundSchema(Schema):
    """What the phone draws its map from; too many villages for a phone are left out whole, and that is said."""

    outlines = fields.List(fields.Nested(OutlineSchema), required=True)
    villages = fields.List(fields.Nested(GroundVillageSchema), required=True)
    villages_left_out = fields.Integer(required=True)
    approval_no = fields.String(required=True, metadata={"description": "审图号 / approval number of the outlines"})
