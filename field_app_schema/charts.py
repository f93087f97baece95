"""What may be asked of charts and of tables as files: which unit, which months or day, how wide, in which language."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.county_returns import UnitQuerySchema as OneUnitSchema
from field_app_schema.doubts import ContradictionsQuerySchema, OutliersQuerySchema
from field_app_schema.rates import RatesQuerySchema
from field_app_schema.survival import HistoryQuerySchema, SurvivalQuerySchema

MONTH_LISTS = ("missing", "late", "returned", "awaiting", "excused", "counties")


class _Picture(Schema):
    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))
    size = fields.String(
        load_default="wide", validate=validate.OneOf(["wide", "narrow"]),
        metadata={"description": "720 或 360 像素宽 / 720 or 360 px wide"},
    )  # fmt: skip


class _File(Schema):
    lang = fields.String(load_default="zh", validate=validate.OneOf(["zh", "en"]))
    format = fields.String(load_default="xlsx", validate=validate.OneOf(["xlsx", "csv"]))


class RatesChartSchema(RatesQuerySchema, _Picture):
    class Meta(RatesQuerySchema.Meta):
        exclude = ("by",)


class SurvivalChartSchema(SurvivalQuerySchema, _Picture):
    class Meta(SurvivalQuerySchema.Meta):
        exclude = ("by",)


class VitalityChartSchema(HistoryQuerySchema, _Picture):
    """A year of states by default."""


class RatesFileSchema(RatesQuerySchema, _File):
    """The table of rates as a file."""


class SurvivalFileSchema(SurvivalQuerySchema, _File):
    """Headline and groups as a file."""


class VitalityFileSchema(HistoryQuerySchema, _File):
    """States by month as a file."""


class MonthFileSchema(OneUnitSchema, _File):
    """One list of a month as a file."""

    list = fields.String(load_default="missing", validate=validate.OneOf(MONTH_LISTS))


class OutliersFileSchema(OutliersQuerySchema, _File):
    """Outliers as a file."""


class ContradictionsFileSchema(ContradictionsQuerySchema, _File):
    """Contradictions as a file."""
