"""Months that came as lines of text, on the wire."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.refused import RefusedSchema
from field_app_schema.sales_reports import ReportFiguresSchema
from field_app_schema.visits import Strict


class ReportLinesSchema(Strict):
    """Lines such as «JY001 202006 销12000 件35»; `station` stands for lines that name nobody."""

    text = PlainText(required=True, validate=[validate.Length(1, 20_000), validate.Regexp(r"(?s).*\S")])
    station = PlainText(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    dry_run = fields.Boolean(load_default=True)


class LineFiguresSchema(ReportFiguresSchema):
    """The figures as they were understood, money as decimal strings in 元."""

    class Meta:
        exclude = ("source",)


class LineToldSchema(Schema):
    """What became of a line, by its number from 1; what was understood of it stands there also when it was refused."""

    line = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["ready", "filed", "same", "refused"]))
    station = fields.String(required=True, allow_none=True)
    station_name = fields.String(required=True, allow_none=True)
    period = fields.String(required=True, allow_none=True)
    figures = fields.Nested(LineFiguresSchema, required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    refusal = fields.Nested(RefusedSchema, required=True, allow_none=True)


class LinesToldSchema(Schema):
    dry_run = fields.Boolean(required=True)
    lines = fields.List(fields.Nested(LineToldSchema), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


def count_by_status(lines: list[Any]) -> dict[str, int]:
    """Count the lines of each status; pure."""
    return {status: sum(line.status == status for line in lines) for status in ("ready", "filed", "same", "refused")}
