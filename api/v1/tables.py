"""Tables of figures as files, XLSX or CSV, from the same answers as the JSON doors."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.coverage_figures.asking import asked_coverage
from api.coverage_figures.tables import alignment_table, coverage_table, delivery_table, villages_table
from api.figure_tables import (
    contradictions_table,
    month_table,
    outliers_table,
    rates_table,
    survival_table,
    vitality_table,
)
from api.sheets import sheet_answer
from field_app_schema.charts import (
    AlignmentFileSchema,
    ContradictionsFileSchema,
    CoverageFileSchema,
    CoverageVillagesFileSchema,
    DeliveryFileSchema,
    MonthFileSchema,
    OutliersFileSchema,
    RatesFileSchema,
    SurvivalFileSchema,
    VitalityFileSchema,
)
from stations.coverage.telling.answering import answer_alignment, answer_coverage, answer_delivery, answer_villages
from stations.records.periods import parse_period
from stations.register.ledger.writing_sheet import XLSX
from stations.sales.doubts.contradictions import contradictions
from stations.sales.doubts.outliers import OutlierQuestion, outliers
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from stations.sales.returns.glance import month_at_a_glance
from stations.survival.asking import SurvivalQuestion, survival_of
from stations.survival.history import vitality_history

blp = Blueprint("tables", __name__, description="表格文件 / tables as files")
FILE = {"type": "string", "format": "binary"}
# A province's stations fit; a spreadsheet of more is nobody's to read.
MOST_ROWS = 20_000
# A province has some thirty thousand administrative villages.
MOST_VILLAGES = 60_000


@blp.route("/tables/reporting-rates")
@may("figures.read")
@blp.arguments(RatesFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def rates(asked: dict[str, Any]) -> Response:
    """Reporting rates by month, unit or station. 报送率表。"""
    lang, form = asked.pop("lang"), asked.pop("format")
    answer = reporting_rates(session(), caller(), RatesQuestion(**asked, limit=MOST_ROWS), now=now())
    return sheet_answer(rates_table(answer, lang, asked["by"]), form)


@blp.route("/tables/months/<string:period>")
@may("figures.read")
@blp.arguments(MonthFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def month(asked: dict[str, Any], period: str) -> Response:
    """One list of a month: whom to ring, what is late, returned or waits, or the counties. 月报名单。"""
    answer = month_at_a_glance(session(), caller(), asked["ou"], parse_period(period), now=now())
    return sheet_answer(month_table(answer, asked["lang"], asked["list"]), asked["format"])


@blp.route("/tables/survival")
@may("figures.read")
@blp.arguments(SurvivalFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def survival(asked: dict[str, Any]) -> Response:
    """Survival, headline and groups. 存活表。"""
    lang, form = asked.pop("lang"), asked.pop("format")
    answer = survival_of(session(), caller(), SurvivalQuestion(**asked), now=now())
    return sheet_answer(survival_table(answer, lang), form)


@blp.route("/tables/vitality-history")
@may("figures.read")
@blp.arguments(VitalityFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def vitality(asked: dict[str, Any]) -> Response:
    """Stations by state at each month's end. 各月站点状态表。"""
    lang, form = asked.pop("lang"), asked.pop("format")
    answer = vitality_history(session(), caller(), **({"ou": None} | asked), now=now())
    return sheet_answer(vitality_table(answer, lang), form)


@blp.route("/tables/outliers")
@may("figures.read")
@blp.arguments(OutliersFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def outlying(asked: dict[str, Any]) -> Response:
    """Figures out of line. 异常值表。"""
    lang, form, _ = asked.pop("lang"), asked.pop("format"), asked.pop("algorithm")
    answer = outliers(session(), caller(), OutlierQuestion(**asked, limit=MOST_ROWS), now=now())
    return sheet_answer(outliers_table(answer, lang), form)


@blp.route("/tables/contradictions")
@may("figures.read")
@blp.arguments(ContradictionsFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def contradicting(asked: dict[str, Any]) -> Response:
    """Stations whose facts do not agree. 互相矛盾表。"""
    lang, form, told = asked.pop("lang"), asked.pop("format"), {"ou": None, "as_of": None} | asked
    answer = contradictions(session(), caller(), **told, offset=0, limit=MOST_ROWS, now=now())
    return sheet_answer(contradictions_table(answer, lang), form)


@blp.route("/tables/coverage")
@may("coverage.read")
@blp.arguments(CoverageFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def coverage(asked: dict[str, Any]) -> Response:
    """Every figure of coverage, or the units below. 覆盖指标表。"""
    lang, form, which = asked.pop("lang"), asked.pop("format"), asked.pop("list")
    answer = answer_coverage(session(), caller(), asked_coverage(asked), now=now())
    return sheet_answer(coverage_table(answer, lang, which), form)


@blp.route("/tables/coverage/villages")
@may("coverage.read")
@blp.arguments(CoverageVillagesFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def coverage_villages(asked: dict[str, Any]) -> Response:
    """Villages one by one, of one reason or all. 村名单。"""
    lang, form, reason = asked.pop("lang"), asked.pop("format"), asked.pop("reason")
    whole = {"reason": reason, "page": 1, "page_size": MOST_VILLAGES}
    answer = answer_villages(session(), caller(), asked_coverage(asked), **whole, now=now())
    return sheet_answer(villages_table(answer, lang), form)


@blp.route("/tables/alignment")
@may("coverage.read")
@blp.arguments(AlignmentFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def alignment(asked: dict[str, Any]) -> Response:
    """Stations beside logistics: levels, pairs or orphans. 站点与物流一致表。"""
    lang, form, which = asked.pop("lang"), asked.pop("format"), asked.pop("list")
    answer = answer_alignment(session(), caller(), asked_coverage(asked), named=MOST_VILLAGES, now=now())
    return sheet_answer(alignment_table(answer, lang, which), form)


@blp.route("/tables/delivery-days")
@may("coverage.read")
@blp.arguments(DeliveryFileSchema, location="query")
@blp.response(200, FILE, content_type=XLSX)
def delivery(asked: dict[str, Any]) -> Response:
    """Days from county to village, by village. 到村时效表。"""
    lang, form = asked.pop("lang"), asked.pop("format")
    answer = answer_delivery(session(), caller(), asked_coverage(asked), page=1, page_size=MOST_VILLAGES, now=now())
    return sheet_answer(delivery_table(answer, lang), form)
