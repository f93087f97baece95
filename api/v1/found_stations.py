"""Stations that were found and are on no list, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import may
from field_app_schema.found_stations import (
    FoundDecisionSchema,
    FoundPageSchema,
    FoundQuerySchema,
    FoundReceiptSchema,
    FoundSchema,
    FoundStationSchema,
)
from field_app_schema.sync import KeptReceiptSchema

blp = Blueprint("found_stations", __name__, description="新发现的站点 / stations found")
FOUND_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": FoundStationSchema}}}}


@blp.route("/found-stations/<string:found_id>", methods=["PUT"])
@may("visit.record")
@blp.doc(**FOUND_BODY)
@blp.response(201, FoundReceiptSchema)
@blp.alt_response(200, schema=FoundReceiptSchema, description="The same bytes again: the same receipt.")
@blp.alt_response(202, schema=KeptReceiptSchema, description="Kept aside for a person to settle.")
def put_found(found_id: str) -> Response:
    """Take in a station that is on no list, once, whatever the line does."""
    raise NotImplementedError


@blp.route("/found-stations")
@may("found.read")
@blp.arguments(FoundQuerySchema, location="query")
@blp.response(200, FoundPageSchema)
def found_stations(asked: dict[str, Any]) -> dict[str, Any]:
    """The stations that were found in your area, newest first."""
    raise NotImplementedError


@blp.route("/found-stations/<string:found_id>/decision", methods=["POST"])
@may("found.decide")
@blp.arguments(FoundDecisionSchema)
@blp.response(200, FoundSchema)
def decide(asked: dict[str, Any], found_id: str) -> dict[str, Any]:
    """Decide what it is: a new station to be proposed, one that is listed already, or none."""
    raise NotImplementedError
