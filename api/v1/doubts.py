"""Doubts: figures that look wrong, facts that contradict each other, closer looks, and stations worth a visit."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from field_app_schema.doubts import (
    ClearQuerySchema,
    ContradictionsQuerySchema,
    ContradictionsSchema,
    FollowUpSchema,
    FollowUpsQuerySchema,
    FollowUpsSchema,
    MarkSchema,
    OutliersQuerySchema,
    OutliersSchema,
    VisitListQuerySchema,
    VisitListSchema,
)
from stations.sales.doubts.contradictions import contradictions
from stations.sales.doubts.following import Mark, clear, follow_ups, mark
from stations.sales.doubts.outliers import OutlierQuestion, outliers
from stations.sales.doubts.visiting import visit_list

blp = Blueprint("doubts", __name__, description="存疑与待查 / doubts and what to look at")
PAGED = {"page": 1, "page_size": 100, "max_page_size": 500}


@blp.route("/outliers")
@may("figures.read")
@blp.arguments(OutliersQuerySchema, location="query")
@blp.response(200, OutliersSchema)
@blp.paginate(**PAGED)
def outliers_of_a_unit(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """Figures far from the station's own past or its peers, and likely slips of unit or digits; nothing is blocked."""
    del asked["algorithm"]
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    answer = outliers(session(), caller(), OutlierQuestion(**asked, offset=first, limit=size), now=now())
    pagination_parameters.item_count = answer["count"]
    return answer


@blp.route("/contradictions")
@may("figures.read")
@blp.arguments(ContradictionsQuerySchema, location="query")
@blp.response(200, ContradictionsSchema)
@blp.paginate(**PAGED)
def contradictions_of_a_unit(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """Stations whose facts do not agree, each with its evidence."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    answer = contradictions(session(), caller(), ou=asked.get("ou"), as_of=asked.get("as_of"), offset=first,
                            limit=size, now=now())  # fmt: skip
    pagination_parameters.item_count = answer["count"]
    return answer


@blp.route("/visit-list")
@may("map.read")
@blp.arguments(VisitListQuerySchema, location="query")
@blp.response(200, VisitListSchema)
@blp.paginate(**PAGED)
def stations_worth_a_visit(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """Stations worth a visit, by township and code, with the reasons and without any figure."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    answer = visit_list(session(), caller(), ou=asked.get("ou"), offset=first, limit=size, now=now())
    pagination_parameters.item_count = answer["count"]
    return answer


@blp.route("/follow-ups")
@may("follow_up.mark")
@blp.arguments(FollowUpsQuerySchema, location="query")
@blp.response(200, FollowUpsSchema)
@blp.paginate(**PAGED)
def follow_ups_of_a_unit(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """What is marked for a closer look, or was, by station code and month."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    found, count = follow_ups(session(), caller(), ou=asked.get("ou"), is_open=asked["open"], offset=first, limit=size)
    pagination_parameters.item_count = count
    return {"follow_ups": found, "count": count}


@blp.route("/follow-ups", methods=["PUT"])
@may("follow_up.mark")
@blp.arguments(MarkSchema)
@blp.response(200, FollowUpSchema)
def mark_for_a_closer_look(asked: dict[str, Any]) -> dict[str, Any]:
    """Mark a figure or a contradiction with a reason; what is marked already gets the new reason and note."""
    return mark(session(), caller(), Mark(**asked), now=now())


@blp.route("/follow-ups/<int:follow_up_id>", methods=["DELETE"])
@may("follow_up.mark")
@blp.arguments(ClearQuerySchema, location="query")
@blp.response(200, FollowUpSchema)
def settle(asked: dict[str, Any], follow_up_id: int) -> dict[str, Any]:
    """Settle a closer look with a word on what was found."""
    return clear(session(), caller(), follow_up_id, asked["note"], now=now())
