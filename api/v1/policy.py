"""Policy rules over HTTP: every threshold, date and wording with its document and quote."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import may, session
from api.compact import answer_compactly
from field_app_schema.policy import PolicyRulePageSchema, RulesQuerySchema
from stations.policy.reading import page_of_rules

blp = Blueprint("policy", __name__, description="政策规则 / policy rules")


@blp.route("/policy-rules")
@may("policy.read")
@blp.arguments(RulesQuerySchema, location="query")
@blp.response(200, PolicyRulePageSchema)
@blp.alt_response(304, description="Nothing has changed since the tag given in If-None-Match.")
@blp.paginate(page=1, page_size=100, max_page_size=500)
def policy_rules(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> Response:
    """The rules by kind, province, day and batch year, each with its document and quote; ETag. 政策规则。"""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    found = page_of_rules(session(), offset=first, limit=size, **asked)
    pagination_parameters.item_count = found.total
    page = PolicyRulePageSchema().dump({"rules": found.rules, "total": found.total})
    return answer_compactly(("policy-rules", page), lambda: page)
