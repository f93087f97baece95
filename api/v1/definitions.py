"""Definitions over HTTP: how each published figure is counted, with its rule row and the notice's quote."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import may, session
from field_app_schema.definitions import DefinitionListSchema, DefinitionSchema
from stations.policy.definitions import DefinedFigure, definitions, find_definition

blp = Blueprint("definitions", __name__, description="指标说明 / how figures are counted")


@blp.route("/definitions")
@may("policy.read")
@blp.response(200, DefinitionListSchema)
def all_definitions() -> dict[str, Any]:
    """Every figure's definition, rule and quotes. 全部指标说明。"""
    return {"definitions": definitions(session())}


@blp.route("/definitions/<code>")
@may("policy.read")
@blp.response(200, DefinitionSchema)
def one_definition(code: str) -> DefinedFigure:
    """One figure: numerator, denominator, boundary cases, the rule row and the notice's words. 怎么算的。"""
    return find_definition(session(), code)
