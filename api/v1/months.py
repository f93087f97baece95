"""The month at a glance, for a county, a prefecture or a province."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.county_returns import MonthSchema, UnitQuerySchema
from stations.records.periods import parse_period
from stations.sales.returns.glance import month_at_a_glance

blp = Blueprint("months", __name__, description="一月一览 / the month at a glance")


@blp.route("/months/<string:period>")
@may("figures.read")
@blp.arguments(UnitQuerySchema, location="query")
@blp.response(200, MonthSchema)
def month(query: dict[str, Any], period: str) -> dict[str, Any]:
    """A unit's month: who reported, whom to ring, the sums, the county's return."""
    return month_at_a_glance(session(), caller(), query["ou"], parse_period(period), now=now())
