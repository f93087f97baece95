"""How many stations live, how long, and how that changed from month to month."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.survival import HistoryQuerySchema, HistorySchema, SurvivalAnswerSchema, SurvivalQuerySchema
from stations.survival.asking import SurvivalQuestion, survival_of
from stations.survival.history import vitality_history

blp = Blueprint("survival", __name__, description="存活率与存活曲线 / survival")


@blp.route("/survival")
@may("figures.read")
@blp.arguments(SurvivalQuerySchema, location="query")
@blp.response(200, SurvivalAnswerSchema)
def survival_of_a_unit(asked: dict[str, Any]) -> dict[str, Any]:
    """Shares of built and listed with bounds, delisting's effect, curves, 12/24/36 months, groups."""
    if "by" in asked:
        asked["by"] = tuple(asked["by"])
    return survival_of(session(), caller(), SurvivalQuestion(**asked), now=now())


@blp.route("/vitality-history")
@may("figures.read")
@blp.arguments(HistoryQuerySchema, location="query")
@blp.response(200, HistorySchema)
def vitality_by_month(asked: dict[str, Any]) -> dict[str, Any]:
    """Stations by state at each month's end, by today's knowledge or as was said then."""
    told = {"ou": None} | asked
    return vitality_history(session(), caller(), **told, now=now())
