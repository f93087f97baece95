"""The export for the ministry's system and its columns on the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.county_returns import UnitQuerySchema
from field_app_schema.fields import PlainText
from field_app_schema.frames import FrameSchema
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import FigureUnit, ReturnFigure


class ExportQuerySchema(UnitQuerySchema):
    """One month, `202610` or LAST_MONTH, a row for each county or each station."""

    pe = PlainText(load_default="LAST_MONTH", validate=validate.Length(max=20))
    format = fields.String(load_default="json", validate=validate.OneOf(["json", "csv", "xlsx"]))
    by = fields.String(load_default="county", validate=validate.OneOf(["county", "station"]))


class ReturnColumnSchema(Strict):
    """One column: its heading, what it holds, the unit; the text of a constant one."""

    heading = PlainText(required=True, validate=validate.Length(1, 120))
    figure = fields.Enum(ReturnFigure, by_value=True, required=True)
    unit = fields.Enum(FigureUnit, by_value=True, required=True)
    constant = PlainText(load_default=None, allow_none=True, validate=validate.Length(1, 200))


class ReturnColumnsToldSchema(Strict):
    """The whole table of columns, in order; an empty one gives way to that of the unit above."""

    columns = fields.List(fields.Nested(ReturnColumnSchema), required=True, validate=validate.Length(max=60))


class ColumnChoiceSchema(Schema):
    figure = fields.String(required=True)
    units = fields.List(fields.String(), required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class ColumnPermissionsSchema(Schema):
    may_edit = fields.Boolean(required=True)


class ReturnColumnsSchema(Schema):
    """The columns in force for a unit; `set_by` is the unit whose they are, null for those shipped with the product."""

    unit = fields.String(required=True)
    set_by = fields.String(required=True, allow_none=True)
    note_zh = fields.String(required=True, allow_none=True)
    note_en = fields.String(required=True, allow_none=True)
    columns = fields.List(fields.Nested(ReturnColumnSchema), required=True)
    choices = fields.List(fields.Nested(ColumnChoiceSchema), required=True)
    permissions = fields.Nested(ColumnPermissionsSchema, required=True)


class ExportSchema(Schema):
    """The export as JSON: cells in the order of the columns, money as decimal strings in the column's unit."""

    frame = fields.Nested(FrameSchema, required=True)
    set_by = fields.String(required=True, allow_none=True)
    notes_zh = fields.List(fields.String(), required=True)
    columns = fields.List(fields.Nested(ReturnColumnSchema), required=True)
    rows = fields.List(fields.List(fields.Raw(allow_none=True)), required=True)
