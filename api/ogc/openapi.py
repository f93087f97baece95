"""The OpenAPI 3.0 document of these doors, drawn from the same collections that answer."""

from __future__ import annotations

from typing import Any

from api.ogc.answering import GEOJSON, JSON, TYPES, root
from api.ogc.asking import DEFAULT_LIMIT, FORMS, MOST_FEATURES
from api.ogc.collections import COLLECTIONS, Collection
from api.ogc.describing import SCHEMA, said
from api.version import VERSION

_OBJECT: dict[str, Any] = {"type": "object"}
_POINT: dict[str, Any] = {
    "type": "object", "required": ["type", "coordinates"], "nullable": True,
    "properties": {"type": {"type": "string", "enum": ["Point"]},
                   "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}},
}  # fmt: skip


def document() -> dict[str, Any]:
    """Give the document; paths are below the landing page."""
    paths = {
        "/": _get("landing", "Landing page", JSON), "/conformance": _get("conformance", "Conformance classes", JSON),
        "/api": _get("api", "This document", "application/vnd.oai.openapi+json;version=3.0"),
        "/collections": _get("collections", "The collections", JSON),
    }  # fmt: skip
    for collection in COLLECTIONS.values():
        paths |= _paths_of(collection)
    return {
        "openapi": "3.0.3",
        "info": {"title": said("gis.title"), "description": said("gis.description"), "version": VERSION},
        "servers": [{"url": root()}], "paths": paths, "security": [{"key": []}, {"browser": []}],
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer"},
                "browser": {"type": "apiKey", "in": "cookie", "name": "cunzhan_session"},
            },
            "schemas": {
                "exception": {"type": "object", "required": ["code"],
                              "properties": {"code": {"type": "string"}, "description": {"type": "string"}}},
            },
        },
    }  # fmt: skip


def _paths_of(collection: Collection) -> dict[str, Any]:
    name, base = collection.name, f"/collections/{collection.name}"
    one = _get(f"{name}_feature", "One feature", GEOJSON, _feature(collection))
    one["parameters"] = [{"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}]
    page = {
        "type": "object", "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": _feature(collection)},
            "numberMatched": {"type": "integer", "minimum": 0}, "numberReturned": {"type": "integer", "minimum": 0},
            "timeStamp": {"type": "string", "format": "date-time"},
            "links": {"type": "array", "items": _OBJECT},
        },
    }  # fmt: skip
    items = _get(f"{name}_items", said(f"gis.{name}.about"), GEOJSON, page)
    items["get"]["parameters"] = _parameters(collection)
    content = items["get"]["responses"]["200"]["content"]
    content |= {TYPES[form]: {"schema": {"type": "string", "format": "binary"}} for form in ("csv", "xlsx")}
    return {
        base: _get(name, said(f"gis.{name}"), JSON),
        f"{base}/queryables": _get(f"{name}_queryables", "What may be asked by value", SCHEMA),
        f"{base}/items": items, f"{base}/items/{{featureId}}": one,
    }  # fmt: skip


def _feature(collection: Collection) -> dict[str, Any]:
    columns = {column: collection.schema_of(column) | {"nullable": True} for column in collection.columns}
    return {
        "type": "object", "required": ["type", "geometry", "properties"],
        "properties": {"type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string"}, "geometry": _POINT,
                       "properties": {"type": "object", "properties": columns}},
    }  # fmt: skip


def _parameters(collection: Collection) -> list[dict[str, Any]]:
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    whole = {"type": "integer", "minimum": 0, "default": 0}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_FEATURES, "default": DEFAULT_LIMIT}
    told: dict[str, dict[str, Any]] = {
        "f": {"type": "string", "enum": [*FORMS], "default": "json"}, "limit": limit, "offset": whole,
        "after": {"type": "string", "description": "id of the last feature of the page before; `next` links have it"},
        "bbox": numbers, "datetime": {"type": "string"},
        "unit": {"type": "string", "description": "code of an administrative unit"},
    }  # fmt: skip
    parameters = [_parameter(name, schema) for name, schema in told.items()]
    for name in collection.asked:
        schema = collection.schema_of(name)
        several = {"type": "array", "items": schema} if "enum" in schema else schema
        parameters.append(_parameter(name, several))
    return parameters


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "style": "form", "explode": False}


def _get(name: str, summary: str, kind: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    refused = {"description": "refused", "content": {JSON: {"schema": {"$ref": "#/components/schemas/exception"}}}}
    done = {"description": "OK", "content": {kind: {"schema": schema or _OBJECT}}}
    return {"get": {"operationId": name, "summary": summary,
                    "responses": {"200": done, "400": refused, "401": refused, "404": refused}}}  # fmt: skip
