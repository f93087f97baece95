"""The layers of coverage that the map downloads by URL, a theme each."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_compactly
from api.map_asking import EDITION, shown_datum
from field_app_schema.map_layers import LayerQuerySchema, LayerSchema, NodeCardSchema, VillageCardSchema
from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import MapTheme
from stations.coverage.asking import CoverageQuestion
from stations.coverage.layers.asking import THEMES, network_revision, told_layer
from stations.coverage.layers.cards import node_card, village_card
from stations.policy.definitions import find_definition
from stations.records.days import day_in_china
from web_map.layers import pack_lines, pack_points, pack_rings

blp = Blueprint("map_layers", __name__, description="覆盖地图图层 / layers of the maps of coverage")


@blp.route("/maps/layers/<string:theme>.json")
@may("coverage.read")
@blp.arguments(LayerQuerySchema, location="query")
@blp.response(200, LayerSchema)
def layer_of_a_theme(asked: dict[str, Any], theme: str) -> Response:
    """Villages, stations and nodes of a unit by the classes of a theme, with its headline and rings of units; ETag."""
    if theme not in THEMES:
        raise Refusal("NOT_FOUND")
    study = asked.pop("study")
    question, asking = _question(asked), caller()
    revision = network_revision(session())
    names = (EDITION, "layer", theme, asking.role, asking.unit_path, question, study, day_in_china(now()), revision,
             shown_datum())  # fmt: skip
    return answer_compactly(names, lambda: _layer(MapTheme(theme), question, study, _short(revision)))


@blp.route("/maps/villages/<string:code>")
@may("coverage.read")
@blp.arguments(LayerQuerySchema, location="query")
@blp.response(200, VillageCardSchema)
def one_village(asked: dict[str, Any], code: str) -> dict[str, Any]:
    """One village for a touch on the map: which stages, what it lacks, who serves it, how soon parcels come."""
    return village_card(session(), caller(), code, _question(asked), now=now())


@blp.route("/maps/nodes/<string:code>")
@may("coverage.read")
@blp.arguments(LayerQuerySchema, location="query")
@blp.response(200, NodeCardSchema)
def one_node(asked: dict[str, Any], code: str) -> dict[str, Any]:
    """One logistics node for a touch on the map: whom it serves, and which station it is paired with."""
    return node_card(session(), caller(), code, _question(asked), now=now())


def _question(asked: dict[str, Any]) -> CoverageQuestion:
    services = asked.pop("services", None)
    asked.pop("study", None)
    return CoverageQuestion(
        ou=asked.pop("unit", None), services=None if services is None else tuple(sorted(services)), **asked
    )


def _layer(theme: MapTheme, question: CoverageQuestion, study: int | None, revision: str) -> dict[str, Any]:
    told = told_layer(session(), caller(), theme, question, now=now(), study=study)
    layer, datum = told.layer, shown_datum()
    definition = find_definition(session(), told.definition).definition
    dumped: dict[str, Any] = LayerSchema().dump({
        "theme": theme, "frame": told.frame, "revision": revision, "datum": datum, "definition": told.definition,
        "definition_zh": definition.zh, "definition_en": definition.en, "headline": told.headline,
        "classes": layer.classes, "counts": layer.counts, "n": sum(layer.counts.values()),
        "unplaced": layer.unplaced, "points": [pack_points(points, datum) for points in layer.points],
        "lines": pack_lines(layer.lines, datum), "level": told.level,
        "units": pack_rings(told.rings, told.names, datum), "sites": told.sites,
    })  # fmt: skip
    return dumped


def _short(revision: tuple[int, ...]) -> str:
    return hashlib.sha256(repr(revision).encode()).hexdigest()[:12]
