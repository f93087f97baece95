"""Alignment of stations and logistics, and delivery days, on the wire."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.coverage import CoverageFrameSchema, NamedThingSchema
from field_app_schema.survival import share
from field_app_schema.vocab_network import LogisticsLevel


def level() -> fields.String:
    """A level of the network."""
    return fields.String(required=True, validate=validate.OneOf(list(LogisticsLevel)))


def days(said: str) -> fields.Float:
    """Days; null where nothing is known, or where it lies with parcels that have not come (see `…_is_open`)."""
    return fields.Float(required=True, allow_none=True, metadata={"description": said})


class LooseSchema(Schema):
    """The many-to-one reading."""

    matched_stations = fields.Integer(required=True)
    matched_nodes = fields.Integer(required=True)
    alignment = share("")


class AlignedLevelSchema(Schema):
    """One level: living stations S, nodes L, pairs M."""

    level = level()
    stations = fields.Integer(required=True)
    nodes = fields.Integer(required=True)
    matched = fields.Integer(required=True)
    f_score = share("2M/(S+L)")
    colour = fields.String(required=True, allow_none=True, validate=validate.OneOf(["green", "amber", "red"]))
    station_match = share("M/S")
    logistics_match = share("M/L")
    colocated = fields.Integer(required=True)
    colocated_share = share("colocated/M")
    orphan_stations = fields.Integer(required=True)
    orphan_nodes = fields.Integer(required=True)
    loose = fields.Nested(LooseSchema, required=True)


class AlignedPairSchema(Schema):
    level = level()
    station = fields.String(required=True)
    station_name = fields.String(required=True)
    node = fields.String(required=True)
    node_name = fields.String(required=True)
    distance_m = fields.Float(required=True, allow_none=True)
    is_colocated = fields.Boolean(required=True)


class OrphanSchema(NamedThingSchema):
    level = level()
    village = fields.String(required=True, allow_none=True)


class ChainSchema(Schema):
    """Villages with an unbroken chain, and at which level the others break."""

    whole = fields.Integer(required=True)
    of = fields.Integer(required=True)
    share = share("")
    broken: Any = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class AlignmentSchema(Schema):
    """Stations against logistics; lists are the first names, `counts` the whole."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    limits: Any = fields.Dict(required=True)
    levels = fields.List(fields.Nested(AlignedLevelSchema), required=True)
    counts: Any = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    pairs = fields.List(fields.Nested(AlignedPairSchema), required=True)
    orphan_stations = fields.List(fields.Nested(OrphanSchema), required=True)
    orphan_nodes = fields.List(fields.Nested(OrphanSchema), required=True)
    chain = fields.Nested(ChainSchema, required=True)


class PaceSchema(Schema):
    """Parcels of the window and their days; percentiles count overdue parcels as the longest."""

    parcels = fields.Integer(required=True)
    arrived = fields.Integer(required=True)
    in_transit = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    on_time = share("到达的里面 / of the arrived")
    km_on_time = share("Kaplan-Meier")
    median_days = days("")
    median_days_is_open = fields.Boolean(required=True)
    p90_days = days("")
    p90_days_is_open = fields.Boolean(required=True)
    village_on_time = share("on time/judged")


class LegSchema(Schema):
    leg = fields.String(required=True)
    parcels = fields.Integer(required=True)
    under_way = fields.Integer(required=True)
    median = days("")
    p90 = days("")
    share_of_days = share("")


class VillageDaysSchema(NamedThingSchema):
    """A village's days; judged from enough parcels on."""

    township = fields.String(required=True)
    township_name = fields.String(required=True)
    is_remote = fields.Boolean(required=True)
    parcels = fields.Integer(required=True)
    median_days = days("")
    median_days_is_open = fields.Boolean(required=True)
    p90_days = days("")
    p90_days_is_open = fields.Boolean(required=True)
    judged = fields.Boolean(required=True)
    late = fields.Boolean(required=True)
    promised_days = days("")


class DeliverySchema(PaceSchema):
    """Delivery of a unit, remote villages apart, and one page of villages, the late first."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    limit_days = fields.Integer(required=True)
    parcels_at_least = fields.Integer(required=True)
    window_days = fields.Integer(required=True)
    villages_judged = fields.Integer(required=True)
    villages_on_time = fields.Integer(required=True)
    villages_late = fields.Integer(required=True)
    remote = fields.Nested(PaceSchema, required=True)
    others = fields.Nested(PaceSchema, required=True)
    legs = fields.List(fields.Nested(LegSchema), required=True)
    slowest_leg = fields.String(required=True, allow_none=True)
    promised_not_observed = fields.List(fields.Nested(NamedThingSchema), required=True)
    promised_not_observed_count = fields.Integer(required=True)
    promise_broken = fields.List(fields.Nested(NamedThingSchema), required=True)
    promise_broken_count = fields.Integer(required=True)
    observed_to_promised = fields.Float(required=True, allow_none=True)
    impossible = fields.Integer(required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)
    villages = fields.List(fields.Nested(VillageDaysSchema), required=True)
