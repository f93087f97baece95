"""What may be asked of charts and of tables as files: which unit, which months or day, how wide, in which language."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.county_returns import UnitQuerySchema as OneUnitSchema
from field_app_schema.coverage import CoverageQuerySchema
from field_app_schema.doubts import ContradictionsQuerySchema, OutliersQuerySchema
from field_app_schema.rates import RatesQuerySchema
from field_app_schema.survival import HistoryQuerySchema, SurvivalQuerySchema
from field_app_schema.vocab_network import GapReason

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


class CoverageChartSchema(CoverageQuerySchema, _Picture):
    """A picture of coverage."""


class CoverageFileSchema(CoverageQuerySchema, _File):
    """The figures of coverage, or the units below, as a file."""

    list = fields.String(load_default="figures", validate=validate.OneOf(["figures", "units"]))


class CoverageVillagesFileSchema(CoverageQuerySchema, _File):
    """Villages one by one as a file, of one reason or all."""

    reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(list(GapReason)))


class AlignmentFileSchema(CoverageQuerySchema, _File):
    """Levels, pairs or orphans as a file."""

    list = fields.String(load_default="levels", validate=validate.OneOf(["levels", "pairs", "orphans"]))


class DeliveryFileSchema(CoverageQuerySchema, _File):
    """Days by village as a file."""
