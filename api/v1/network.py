"""The logistics network: files taken in, templates, and lists of what stands on a day."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.downloads import download
from api.sent_bytes import whole_text
from field_app_schema.network import (
    CouriersSchema,
    NetworkImportQuerySchema,
    NetworkImportsSchema,
    NetworkQuerySchema,
    NetworkTakenSchema,
    NetworkVillagesSchema,
    NodesQuerySchema,
    NodesSchema,
    RoutesSchema,
)
from field_app_schema.vocab_network import NetworkFile
from stations.logistics.listing.asking import NetworkQuestion
from stations.logistics.listing.imports import list_imports
from stations.logistics.listing.network import list_couriers, list_nodes, list_routes
from stations.logistics.listing.villages import list_villages
from stations.logistics.rows.template import NAMES, write_template
from stations.logistics.taking_in.importing import NetworkWish, take_network
from stations.register.ledger.writing_sheet import XLSX

blp = Blueprint("network", __name__, description="三级物流网络 / the logistics network")
BINARY = {"type": "string", "format": "binary"}


@blp.route("/network/imports", methods=["POST"])
@may("network.import")
@blp.doc(requestBody={"required": True, "content": {"application/octet-stream": {"schema": BINARY}}})
@blp.arguments(NetworkImportQuerySchema, location="query")
@blp.response(200, NetworkTakenSchema)
def take(asked: dict[str, Any]) -> dict[str, Any]:
    """Try a file of the network, or import it whole: XLSX, CSV, GeoJSON or GPKG as the body."""
    content = whole_text(current_app.config["MAX_CONTENT_LENGTH"])
    wish = NetworkWish(**asked | {"coord_system": asked["coord_system"].value})
    return take_network(session(), caller(), wish, content, now=now())


@blp.route("/network/imports")
@may("network.read")
@blp.arguments(NetworkQuerySchema, location="query")
@blp.response(200, NetworkImportsSchema)
def imports(asked: dict[str, Any]) -> dict[str, Any]:
    """The files that were taken in, newest first, and how much of the network stands."""
    return list_imports(session(), caller(), NetworkQuestion(**asked), now=now())


@blp.route(f"/network/templates/<any({', '.join(NetworkFile)}):kind>.xlsx")
@may("network.read")
@blp.response(200, BINARY, content_type=XLSX)
def template(kind: str) -> Response:
    """The empty file of a kind with its headings, one example and what each column takes."""
    known = NetworkFile(kind)
    return download(write_template(known), XLSX, f"{NAMES[known]}模板.xlsx", f"network-{known.value}.xlsx")


@blp.route("/network/nodes")
@may("network.read")
@blp.arguments(NodesQuerySchema, location="query")
@blp.response(200, NodesSchema)
def nodes(asked: dict[str, Any]) -> dict[str, Any]:
    """Logistics nodes that stand on a day, with the villages each serves."""
    level = asked.pop("level")
    return list_nodes(session(), caller(), NetworkQuestion(**asked), level=level and level.value, now=now())


@blp.route("/network/routes")
@may("network.read")
@blp.arguments(NetworkQuerySchema, location="query")
@blp.response(200, RoutesSchema)
def routes(asked: dict[str, Any]) -> dict[str, Any]:
    """Routes between nodes that run on a day."""
    return list_routes(session(), caller(), NetworkQuestion(**asked), now=now())


@blp.route("/network/couriers")
@may("network.read")
@blp.arguments(NetworkQuerySchema, location="query")
@blp.response(200, CouriersSchema)
def couriers(asked: dict[str, Any]) -> dict[str, Any]:
    """Courier companies that serve villages on a day."""
    return list_couriers(session(), caller(), NetworkQuestion(**asked), now=now())


@blp.route("/villages")
@may("network.read")
@blp.arguments(NetworkQuerySchema, location="query")
@blp.response(200, NetworkVillagesSchema)
def villages(asked: dict[str, Any]) -> dict[str, Any]:
    """Villages with people, poor lists, place and its quality, and the stations that serve them."""
    return list_villages(session(), caller(), NetworkQuestion(**asked), now=now())
