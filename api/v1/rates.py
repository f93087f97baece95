"""How many of the owed months were reported."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from field_app_schema.rates import RatesQuerySchema, RatesSchema
from stations.sales.rates.asking import RatesQuestion, reporting_rates

blp = Blueprint("rates", __name__, description="月报报送率 / reporting rates")


@blp.route("/reporting-rates")
@may("figures.read")
@blp.arguments(RatesQuerySchema, location="query")
@blp.response(200, RatesSchema)
@blp.paginate(page=1, page_size=100, max_page_size=500)
def reporting_rates_of_a_unit(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """Expected, actual, on time, nil, excused and by source: by month, child unit or station."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    answer = reporting_rates(session(), caller(), RatesQuestion(**asked, offset=first, limit=size), now=now())
    pagination_parameters.item_count = answer["count"]
    return answer
