"""The layers of coverage on the wire: points of a class each, lines between pairs, rings of units, and the headline."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.coverage import YEARS, CoverageFrameSchema, CoveredVillageSchema
from field_app_schema.coverage_network import VillageDaysSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import DatesQuerySchema, code
from field_app_schema.vocab import Service, UnitLevel
from field_app_schema.vocab_network import ConfidenceFloor, Distance, MapTheme


class LayerQuerySchema(DatesQuerySchema, Strict):
    """The filters of a map of coverage, by the names that addresses of maps use."""

    unit = code()
    base_year = fields.Integer(validate=YEARS)
    services = fields.List(fields.Enum(Service, by_value=True), validate=validate.Length(1, len(Service)))
    confidence = fields.String(validate=validate.OneOf(list(ConfidenceFloor)), load_default=ConfidenceFloor.ANY.value)
    distance = fields.String(validate=validate.OneOf(list(Distance)), load_default=Distance.GREAT_CIRCLE.value)
    poor_year = fields.Integer(validate=YEARS)
    study = fields.Integer(
        load_default=None, validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "选址研究编号,不写用最新的 / a siting study, the newest by default"},
    )  # fmt: skip


class LayerPointsSchema(Schema):
    """Points of one kind: steps of 1e-5 degree, a digit of class each, and the keys that cards are asked by."""

    what = fields.String(required=True, validate=validate.OneOf(["villages", "stations", "nodes", "sites"]))
    x = fields.List(fields.Integer(), required=True)
    y = fields.List(fields.Integer(), required=True)
    s = fields.String(required=True)
    key = fields.List(fields.String(), required=True)


class LayerRingSchema(Schema):
    """A unit: how many points of each class, and the share of the good ones; null where there is none to judge."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    n = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    good = fields.Integer(required=True)
    judged = fields.Integer(required=True, metadata={"description": "share = good / judged"})
    share = fields.Float(required=True, allow_none=True)


class SiteSupplySchema(Schema):
    """The township point nearest to a suggested site."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    distance = fields.Float(required=True)


class LayerSiteSchema(Schema):
    """A suggested site, for the card of a touch; keys of the points of kind «sites» number these."""

    rank = fields.Integer(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    host = fields.String(required=True, allow_none=True)
    villages = fields.Integer(required=True)
    poor_villages = fields.Integer(required=True)
    people = fields.Integer(required=True)
    supply = fields.Nested(SiteSupplySchema, required=True, allow_none=True)


class LayerSchema(Schema):
    """A theme of the map with its frame; the headline's keys depend on the theme."""

    theme = fields.Enum(MapTheme, by_value=True, required=True)
    frame = fields.Nested(CoverageFrameSchema, required=True)
    revision = fields.String(required=True, metadata={"description": "数据变了就变 / changes when the facts do"})
    datum = fields.String(required=True)
    definition = fields.String(required=True, metadata={"description": "见 /definitions / see /definitions"})
    definition_zh = fields.String(required=True)
    definition_en = fields.String(required=True)
    headline: Any = fields.Dict(keys=fields.String(), required=True)
    classes = fields.List(fields.String(), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    n = fields.Integer(required=True)
    unplaced = fields.Integer(required=True)
    points = fields.List(fields.Nested(LayerPointsSchema), required=True)
    lines = fields.List(fields.List(fields.Float()), required=True, metadata={"description": "lon, lat, lon, lat"})
    level = fields.Enum(UnitLevel, by_value=True, required=True)
    units = fields.List(fields.Nested(LayerRingSchema), required=True)
    sites = fields.List(fields.Nested(LayerSiteSchema), required=True)


class VillageCardSchema(Schema):
    """A village for a touch on the map, with the days of its parcels and the level at which its chain breaks."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    village = fields.Nested(CoveredVillageSchema, required=True)
    days = fields.Nested(VillageDaysSchema, required=True)
    chain_broken_at = fields.String(required=True, allow_none=True)


class NodePairSchema(Schema):
    """The station that a node is paired with."""

    station = fields.String(required=True)
    name = fields.String(required=True)
    distance_m = fields.Float(required=True, allow_none=True)
    is_colocated = fields.Boolean(required=True)


class NodeCardSchema(Schema):
    """A logistics node for a touch on the map."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True)
    operator = fields.String(required=True, allow_none=True)
    promised_days = fields.Float(required=True, allow_none=True)
    village = fields.String(required=True, allow_none=True)
    villages_served = fields.List(fields.String(), required=True)
    pair = fields.Nested(NodePairSchema, required=True, allow_none=True)
    is_orphan = fields.Boolean(required=True)
