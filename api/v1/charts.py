"""Charts as SVG, from the same answers as the JSON doors."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.charting import SVG, rates_picture, survival_picture, svg, vitality_picture
from field_app_schema.charts import RatesChartSchema, SurvivalChartSchema, VitalityChartSchema
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
