"""Stations that were found and are on no list, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api.boundary import caller, json_body_limit, may, now, session
from api.photo_room import photo_answer, photo_store
from api.sent_bytes import whole_text
from api.v1.inspections import kept_answer
from field_app_schema.found_stations import (
    FoundDecisionSchema,
    FoundPageSchema,
    FoundQuerySchema,
    FoundReceiptSchema,
    FoundSchema,
    FoundStationSchema,
    read_found,
)
from field_app_schema.inspections import PhotoQuerySchema
from field_app_schema.sync import KeptReceiptSchema
from inspections.arriving.found_stations import take_in_found
from inspections.found.deciding import FoundDecision, decide_found
from inspections.found.reading import FoundLine, FoundPage, list_found, show_found_photo
from inspections.quarantine.accepting import KeptReceipt

blp = Blueprint("found_stations", __name__, description="新发现的站点 / stations found")
FOUND_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": FoundStationSchema}}}}


@blp.route("/found-stations/<string:found_id>", methods=["PUT"])
@may("visit.record")
@blp.doc(**FOUND_BODY)
@blp.response(201, FoundReceiptSchema)
@blp.alt_response(200, schema=FoundReceiptSchema, description="The same bytes again: the same receipt.")
@blp.alt_response(202, schema=KeptReceiptSchema, description="Kept aside for a person to settle.")
def put_found(found_id: str) -> Response:
    """Take in a station that is on no list, once, whatever the line does. 接收一条新发现的站点。"""
    body = whole_text(json_body_limit())
    taken = take_in_found(session(), caller(), found_id, body, read=read_found, now=now(),
                          user_agent=request.headers.get("User-Agent"))  # fmt: skip
    if isinstance(taken, KeptReceipt):
        told, status = kept_answer(taken)
    else:
        told, status = FoundReceiptSchema().dump(taken), 201 if taken.is_new else 200
    response = jsonify(told)
    response.status_code = status
    return response


@blp.route("/found-stations")
@may("found.read")
@blp.arguments(FoundQuerySchema, location="query")
@blp.response(200, FoundPageSchema)
def found_stations(asked: dict[str, Any]) -> FoundPage:
    """The stations that were found in your area, newest first. 新发现的站点列表。"""
    return list_found(session(), caller(), **asked)


@blp.route("/found-stations/<string:found_id>/photos/<string:sha256>")
@may("found.read")
@blp.arguments(PhotoQuerySchema, location="query")
@blp.response(200, {"type": "string", "format": "binary"}, content_type="image/*")
def found_photo(query: dict[str, Any], found_id: str, sha256: str) -> Response:
    """Show a photo of a found station, small or as it came. 查看新发现站点的照片。"""
    return photo_answer(show_found_photo(session(), photo_store(), caller(), found_id, sha256, query["size"]))


@blp.route("/found-stations/<string:found_id>/decision", methods=["POST"])
@may("found.decide")
@blp.arguments(FoundDecisionSchema)
@blp.response(200, FoundSchema)
def decide(asked: dict[str, Any], found_id: str) -> FoundLine:
    """Decide what it is: a new station to be proposed, one that is listed already, or none. 处理一条新发现的站点。"""
    return decide_found(session(), caller(), found_id, FoundDecision(**asked), now=now())
