"""Road networks that customers bring: one taken in, those that are kept, one withdrawn."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.sent_bytes import whole_text
from field_app_schema.road_graphs import (
    RoadGraphQuerySchema,
    RoadGraphSchema,
    RoadGraphsQuerySchema,
    RoadGraphsSchema,
    RoadsTakenSchema,
)
from stations.logistics.roads.keeping import check_file, keep_roads, list_roads, one_road_graph, withdraw_roads
from stations.logistics.roads.reading import MOST_BYTES, read_roads

blp = Blueprint("road_graphs", __name__, description="路网 / road networks")
BINARY = {"type": "string", "format": "binary"}


@blp.route("/road-graphs", methods=["POST"])
@may("network.import")
@blp.doc(requestBody={"required": True, "content": {"application/octet-stream": {"schema": BINARY}}})
@blp.arguments(RoadGraphQuerySchema, location="query")
@blp.response(200, RoadsTakenSchema)
def take(asked: dict[str, Any]) -> dict[str, Any]:
    """Try a road file, or keep it: an edge table as CSV or XLSX, or lines as GeoJSON or GPKG, as the body."""
    datum, layer, file = asked.pop("coord_system").value, asked.pop("layer"), asked.pop("file")
    # Read and checked before the transaction opens: a province takes seconds.
    checked = check_file(read_roads(whole_text(MOST_BYTES), layer=layer, coord_system=datum))
    return keep_roads(session(), caller(), checked, file_name=file, now=now(), **asked)


@blp.route("/road-graphs")
@may("network.read")
@blp.arguments(RoadGraphsQuerySchema, location="query")
@blp.response(200, RoadGraphsSchema)
def graphs(asked: dict[str, Any]) -> dict[str, Any]:
    """The road networks of a unit and those below it, newest first."""
    return list_roads(session(), caller(), asked.get("ou"))


@blp.route("/road-graphs/<int:graph_id>")
@may("network.read")
@blp.response(200, RoadGraphSchema)
def graph(graph_id: int) -> dict[str, Any]:
    """One network with its check."""
    return one_road_graph(session(), caller(), graph_id)


@blp.route("/road-graphs/<int:graph_id>/withdraw", methods=["POST"])
@may("network.import")
@blp.response(200, RoadGraphSchema)
def withdraw(graph_id: int) -> dict[str, Any]:
    """Take a network out of use; what was computed on it stays readable."""
    return withdraw_roads(session(), caller(), graph_id, now=now())
