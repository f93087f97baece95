"""Charts as SVG, from the same answers as the JSON doors."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.charting import SVG, rates_picture, survival_picture, svg, vitality_picture
from api.coverage_figures.asking import asked_coverage
from api.coverage_figures.charts import alignment_picture, funnel_picture, gaps_picture
from field_app_schema.charts import CoverageChartSchema, RatesChartSchema, SurvivalChartSchema, VitalityChartSchema
from stations.coverage.telling.answering import answer_alignment, answer_coverage
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from stations.survival.asking import SurvivalQuestion, survival_of
from stations.survival.history import vitality_history

blp = Blueprint("charts", __name__, description="图 / charts")
PICTURE = {"type": "string", "format": "binary"}


@blp.route("/charts/rates.svg")
@may("figures.read")
@blp.arguments(RatesChartSchema, location="query")
@blp.response(200, PICTURE, content_type=SVG)
def rates(asked: dict[str, Any]) -> Response:
    """Reporting rates over months, as lines. 报送率折线图。"""
    lang, size = asked.pop("lang"), asked.pop("size")
    answer = reporting_rates(session(), caller(), RatesQuestion(**asked), now=now())
    return svg(rates_picture(answer, lang, size))


@blp.route("/charts/survival.svg")
@may("figures.read")
@blp.arguments(SurvivalChartSchema, location="query")
@blp.response(200, PICTURE, content_type=SVG)
def survival(asked: dict[str, Any]) -> Response:
    """Survival curves: earliest, latest, and Turnbull's estimate. 存活曲线。"""
    lang, size = asked.pop("lang"), asked.pop("size")
    answer = survival_of(session(), caller(), SurvivalQuestion(**asked, by=()), now=now())
    return svg(survival_picture(answer, lang, size))


@blp.route("/charts/vitality.svg")
@may("figures.read")
@blp.arguments(VitalityChartSchema, location="query")
@blp.response(200, PICTURE, content_type=SVG)
def vitality(asked: dict[str, Any]) -> Response:
    """Stations by state at each month's end, as stacked bars. 站点状态柱状图。"""
    lang, size = asked.pop("lang"), asked.pop("size")
    answer = vitality_history(session(), caller(), **({"ou": None} | asked), now=now())
    return svg(vitality_picture(answer, lang, size))


@blp.route("/charts/coverage-funnel.svg")
@may("coverage.read")
@blp.arguments(CoverageChartSchema, location="query")
@blp.response(200, PICTURE, content_type=SVG)
def coverage_funnel(asked: dict[str, Any]) -> Response:
    """From built to served: bars of all villages and of poor ones. 覆盖漏斗图。"""
    lang, size = asked.pop("lang"), asked.pop("size")
    answer = answer_coverage(session(), caller(), asked_coverage(asked), now=now())
    return svg(funnel_picture(answer, lang, size))


@blp.route("/charts/coverage-gaps.svg")
@may("coverage.read")
@blp.arguments(CoverageChartSchema, location="query")
@blp.response(200, PICTURE, content_type=SVG)
def coverage_gaps(asked: dict[str, Any]) -> Response:
    """What villages lack, by reason. 空白村原因图。"""
    lang, size = asked.pop("lang"), asked.pop("size")
    answer = answer_coverage(session(), caller(), asked_coverage(asked), now=now())
    return svg(gaps_picture(answer, lang, size))


@blp.route("/charts/alignment.svg")
@may("coverage.read")
@blp.arguments(CoverageChartSchema, location="query")
@blp.response(200, PICTURE, content_type=SVG)
def alignment(asked: dict[str, Any]) -> Response:
    """Stations beside logistics by level, with the limits of the colours. 站点与物流一致率图。"""
    lang, size = asked.pop("lang"), asked.pop("size")
    answer = answer_alignment(session(), caller(), asked_coverage(asked), now=now())
    return svg(alignment_picture(answer, lang, size))
