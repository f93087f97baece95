"""Administrative units: lists, one unit, and the way from a printed name to today's unit."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api.boundary import may, session
from field_app_schema.units import (
    ResolutionSchema,
    ResolveQuerySchema,
    UnitPageSchema,
    UnitQuerySchema,
    WholeUnitSchema,
)
from stations.units.gazetteer import Resolution
from stations.units.reading import UnitQuery, WholeUnit, find_unit, list_units, units_changed_at
from stations.units.resolving import resolve_unit

blp = Blueprint("units", __name__, description="行政区划 / administrative units")


@blp.route("/org-units")
@may("unit.read")
@blp.arguments(UnitQuerySchema, location="query")
@blp.response(200, UnitPageSchema)
def units_listed(asked: dict[str, Any]) -> Response:
    """Units below a parent, of a level, or changed since an instant; 304 when no unit changed."""
    tag = units_changed_at(session())
    if request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    units, total = list_units(session(), UnitQuery(**asked))
    return _tagged(jsonify(UnitPageSchema().dump({"units": units, "total": total})), tag)


@blp.route("/org-units/resolve")
@may("unit.read")
@blp.arguments(ResolveQuerySchema, location="query")
@blp.response(200, ResolutionSchema)
def unit_resolved(asked: dict[str, Any]) -> Resolution:
    """The unit that a printed name or code means today, or the candidates a person must choose from."""
    return resolve_unit(session(), asked["name"], asked.get("province"), asked.get("as_of"))


@blp.route("/org-units/<code>")
@may("unit.read")
@blp.response(200, WholeUnitSchema)
def unit_shown(code: str) -> WholeUnit:
    """One unit with the names it had and its frozen counts of villages."""
    return find_unit(session(), code)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
