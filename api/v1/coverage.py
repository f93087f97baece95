"""Which villages are covered, why others are not, how logistics agree, and how soon parcels come."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_by_content
from field_app_schema.coverage import (
    CoverageAnswerSchema,
    CoverageQuerySchema,
    CoverageVillagesQuerySchema,
    CoverageVillagesSchema,
    PagedCoverageQuerySchema,
)
from field_app_schema.coverage_network import AlignmentSchema, DeliverySchema
from stations.coverage.asking import CoverageQuestion
from stations.coverage.telling.answering import answer_alignment, answer_coverage, answer_delivery, answer_villages

blp = Blueprint("coverage", __name__, description="覆盖、布局与配送 / coverage, alignment and delivery")


@blp.route("/coverage")
@may("coverage.read")
@blp.arguments(CoverageQuerySchema, location="query")
@blp.response(200, CoverageAnswerSchema)
def coverage_of_a_unit(asked: dict[str, Any]) -> Response:
    """Funnel, hollow rate, bounds, poor villages, people, access, gaps, single points, units below; ETag."""
    answer = answer_coverage(session(), caller(), _question(asked), now=now())
    return answer_by_content(CoverageAnswerSchema().dump(answer))


@blp.route("/coverage/villages")
@may("coverage.read")
@blp.arguments(CoverageVillagesQuerySchema, location="query")
@blp.response(200, CoverageVillagesSchema)
def villages_of_a_unit(asked: dict[str, Any]) -> Response:
    """Villages one by one, of one reason or all: stages, reason, nearest living station, who serves them; ETag."""
    part = {name: asked.pop(name) for name in ("reason", "page", "page_size")}
    answer = answer_villages(session(), caller(), _question(asked), **part, now=now())
    return answer_by_content(CoverageVillagesSchema().dump(answer))


@blp.route("/alignment")
@may("coverage.read")
@blp.arguments(CoverageQuerySchema, location="query")
@blp.response(200, AlignmentSchema)
def alignment_of_a_unit(asked: dict[str, Any]) -> Response:
    """Stations and logistics paired one to one by level, both lists of orphans, and the three-level chain; ETag."""
    answer = answer_alignment(session(), caller(), _question(asked), now=now())
    return answer_by_content(AlignmentSchema().dump(answer))


@blp.route("/delivery-days")
@may("coverage.read")
@blp.arguments(PagedCoverageQuerySchema, location="query")
@blp.response(200, DeliverySchema)
def delivery_of_a_unit(asked: dict[str, Any]) -> Response:
    """Days from county to village: shares in time, percentiles, legs, promises, villages with the late first; ETag."""
    part = {name: asked.pop(name) for name in ("page", "page_size")}
    answer = answer_delivery(session(), caller(), _question(asked), **part, now=now())
    return answer_by_content(DeliverySchema().dump(answer))


def _question(asked: dict[str, Any]) -> CoverageQuestion:
    services = asked.pop("services", None)
    return CoverageQuestion(**asked, services=None if services is None else tuple(services))
