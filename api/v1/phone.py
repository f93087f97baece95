"""What comes down to a phone: changes since a cursor, the ground of its map, the owner's months."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_once
from field_app_schema.phone_changes import ChangesQuerySchema, ChangesSchema, GroundSchema
from field_app_schema.sales_reports import MyMonthsSchema
from inspections.changes.changing import changes_for
from stations.sales.review.mine import my_months as months_of_owner

blp = Blueprint("phone", __name__, description="手机下载 / what comes down to a phone")


@blp.route("/my/changes")
@may("station.read")
@blp.arguments(ChangesQuerySchema, location="query")
@blp.response(200, ChangesSchema)
def my_changes(asked: dict[str, Any]) -> Response:
    """What changed for this phone since a cursor: stations, assigned visits, returned visits, and what is gone."""
    return answer_once(ChangesSchema().dump(changes_for(session(), caller(), **asked, now=now())))


@blp.route("/my/ground")
@may("station.read")
@blp.response(200, GroundSchema)
@blp.alt_response(304, description="Nothing has changed since the tag given in If-None-Match.")
def my_ground() -> Response:
    """Outlines and villages of your area, for a map without a signal."""
    raise NotImplementedError


@blp.route("/my/months")
@may("report.file")
@blp.response(200, MyMonthsSchema)
@blp.alt_response(304, description="Nothing has changed since the tag given in If-None-Match.")
def my_months() -> Response:
    """The months of an owner's own station, with what was filed, returned, and what is still open."""
    held = months_of_owner(session(), caller(), now=now())
    response = jsonify(MyMonthsSchema().dump(held))
    response.set_etag(held["tag"])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Authorization"
    response.make_conditional(request)
    return response
