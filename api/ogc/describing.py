"""What the doors say of themselves: landing page, conformance, collections and what may be asked of each."""

from __future__ import annotations

from typing import Any

from api.charting import say
from api.ogc.answering import TYPES, link, root
from api.ogc.collections import COLLECTIONS, Collection
from stations.records.days import EARLIEST
from stations.register.features.asking import Box

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
# Only what tests/api/test_ogc.py holds by the words of the abstract test suites.
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
)


def landing() -> dict[str, Any]:
    """Give the landing page."""
    return {
        "title": said("gis.title"), "description": said("gis.description"),
        "links": [
            link("self", "/"), link("service-desc", "/api", OPENAPI), link("conformance", "/conformance"),
            link("data", "/collections"),
        ],
    }  # fmt: skip


def collections_body(boxes: dict[str, Box | None]) -> dict[str, Any]:
    """Give all collections; `boxes` are those around each."""
    listed = [collection_body(COLLECTIONS[name], box) for name, box in boxes.items()]
    return {"links": [link("self", "/collections")], "collections": listed}


def collection_body(collection: Collection, box: Box | None) -> dict[str, Any]:
    """Give one collection with its extent (none where it is empty) and its links."""
    path = f"/collections/{collection.name}"
    links = [link("self", path), link(QUERYABLES, f"{path}/queryables", SCHEMA)]
    links += [
        link("items", f"{path}/items" + ("" if form == "json" else f"?f={form}"), kind) for form, kind in TYPES.items()
    ]
    time = {"interval": [[f"{EARLIEST}T00:00:00Z", None]], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
    space = {"spatial": {"bbox": [box], "crs": CRS84}} if box else {}
    return {
        "id": collection.name, "title": said(f"gis.{collection.name}"),
        "description": said(f"gis.{collection.name}.about"), "itemType": "feature", "crs": [CRS84],
        "extent": space | {"temporal": time}, "links": links,
    }  # fmt: skip


def queryables_body(collection: Collection) -> dict[str, Any]:
    """Give as a JSON Schema what may be asked of a collection by value."""
    asked = {name: {"title": name} | collection.schema_of(name) for name in collection.asked}
    place = {"title": "geometry", "format": "geometry-point", "x-ogc-role": "primary-geometry"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{root()}/collections/{collection.name}/queryables",
        "type": "object", "title": said(f"gis.{collection.name}"), "properties": asked | {"geometry": place},
        "additionalProperties": False,
    }  # fmt: skip


def said(key: str) -> str:
    """Give a word in both languages: a GIS program has one field for both."""
    return f"{say(key, 'zh')} / {say(key, 'en')}"
