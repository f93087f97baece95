"""Assigned visits on the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.inspections import PagedQuery
from field_app_schema.visits import ON_THE_SPOT, Strict

METHODS = [method.value for method in ON_THE_SPOT]


class NewVisitTasksSchema(Strict):
    """Stations that one person is asked to visit, how, and by when (null: no date)."""

    account_id = fields.Integer(required=True, strict=True)
    stations = fields.List(PlainText(validate=validate.Length(1, 40)), required=True, validate=validate.Length(1, 200))
    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    due_on = fields.Date(load_default=None, allow_none=True)
    reason = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=200))


class MyTaskSchema(Schema):
    """A visit somebody is asked to make, as the own phone keeps it."""

    id = fields.Integer(required=True)
    station_code = fields.String(required=True)
    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    reason = fields.String(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    assigned_by = fields.String(required=True, metadata={"description": "谁安排的 / whose name"})
    assigned_at = fields.AwareDateTime(required=True)


class VisitTaskSchema(MyTaskSchema):
    """The same as staff see it."""

    station_name = fields.String(required=True)
    account_id = fields.Integer(required=True)
    inspector = fields.String(required=True)
    inspection_id = fields.String(required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_why = fields.String(required=True, allow_none=True, validate=validate.OneOf(["done", "withdrawn"]))


class VisitTasksSchema(Schema):
    tasks = fields.List(fields.Nested(VisitTaskSchema), required=True)


class VisitTaskPageSchema(VisitTasksSchema):
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)


class VisitTaskQuerySchema(PagedQuery):
    """Open ones, closed ones, or both; of one person or of all."""

    state = fields.String(load_default=None, validate=validate.OneOf(["open", "closed"]))
    account_id = fields.Integer(load_default=None)
