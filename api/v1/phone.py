"""What comes down to a phone: changes since a cursor, the ground of its map, the owner's months."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson
from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_compactly, answer_once
from api.map_asking import config
from field_app_schema.phone_changes import ChangesQuerySchema, ChangesSchema, GroundSchema
from field_app_schema.sales_reports import MyMonthsSchema
from inspections.changes.changing import changes_for
from stations.register.lookup.ground import ground_counties, ground_villages
from stations.sales.review.mine import my_months as months_of_owner
from web_map.outlines import outlines_source
from web_map.phone_ground import phone_rings

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
    counties = ground_counties(session(), caller())
    rings = phone_rings(outlines_source(config().outlines_file), [unit.code for unit in counties])
    villages, left_out = ground_villages(session(), caller())
    told = {
        "outlines": [unit._asdict() | {"rings": rings[unit.code]} for unit in counties if unit.code in rings],
        "villages": [village._asdict() for village in villages], "villages_left_out": left_out,
        "approval_no": config().map_approval_no,
    }  # fmt: skip
    # Nothing smaller names its edition, and it is asked for seldom: the content does.
    body = orjson.dumps(told)
    return answer_compactly((sha256(body).hexdigest(),), lambda: body)


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
