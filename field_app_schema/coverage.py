"""Coverage on the wire: the question, the frame that says how villages were counted, the figures, the villages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.coverage_parts import (
    AccessSchema,
    CheckedStationsSchema,
    ClosingSchema,
    PlacedVillagesSchema,
)
from field_app_schema.frames import FrameSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import DatesQuerySchema, code
from field_app_schema.survival import share
from field_app_schema.vocab import Service
from field_app_schema.vocab_network import ConfidenceFloor, CoverageStage, Distance, GapReason

YEARS = validate.Range(1990, 2100)


class CoverageQuerySchema(DatesQuerySchema, Strict):
    """Which unit, day, village list and reading; nothing means the caller's unit, today and the policy's reading."""

    ou = code()
    base_year = fields.Integer(validate=YEARS, metadata={"description": "村庄名单年份 / year of the village list"})
    services = fields.List(fields.Enum(Service, by_value=True), validate=validate.Length(1, len(Service)), metadata={
        "description": "都要有的服务,不写按政策 / all required; without it those of the policy",
    })  # fmt: skip
    confidence = fields.String(
        validate=validate.OneOf(list(ConfidenceFloor)), load_default=ConfidenceFloor.ANY.value,
        metadata={"description": "在营至少有多大把握 / how sure «alive» must be"},
    )  # fmt: skip
    distance = fields.String(validate=validate.OneOf(list(Distance)), load_default=Distance.GREAT_CIRCLE.value)
    poor_year = fields.Integer(validate=YEARS, metadata={"description": "贫困村名单年份 / year of the poverty list"})


class PagedCoverageQuerySchema(CoverageQuerySchema):
    """The same, a page at a time."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=100, validate=validate.Range(1, 2000))


class CoverageVillagesQuerySchema(PagedCoverageQuerySchema):
    """The same, of villages with one reason."""

    reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(list(GapReason)))


class CoverageNoteSchema(Schema):
    """Why a figure is empty, or not as firm as it looks."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class CountedVillagesSchema(Schema):
    """The villages counted, those frozen at import, and the counties where the two differ."""

    counted = fields.Integer(required=True)
    frozen = fields.Integer(required=True, allow_none=True)
    differing = fields.List(fields.String(), required=True)
    counties_without_list = fields.Integer(required=True)


class RequiredServicesSchema(Schema):
    """What a station must give: all of the first and, where there are any, one of the second."""

    all_of = fields.List(fields.String(), required=True)
    any_of = fields.List(fields.String(), required=True)


class CoverageFrameSchema(FrameSchema):
    """The frame of coverage: village list, poverty list, services, distance, and how well places are known."""

    base_year = fields.Integer(required=True, allow_none=True)
    poor_year = fields.Integer(required=True, allow_none=True)
    distance = fields.String(required=True, validate=validate.OneOf(list(Distance)))
    geographic_within = fields.Float(required=True, metadata={"description": "米或分钟,看距离 / metres or minutes"})
    confidence = fields.String(required=True, validate=validate.OneOf(list(ConfidenceFloor)))
    services = fields.Nested(RequiredServicesSchema, required=True)
    placed_share = share("有自己坐标的村占多少 / villages with a place of their own")
    denominator = fields.Nested(CountedVillagesSchema, required=True, allow_none=True)
    roads_sha256 = fields.String(required=True, allow_none=True)
    notes = fields.List(fields.Nested(CoverageNoteSchema), required=True)


class CountedSchema(Schema):
    """So many (or so much weight) of so many; the share is null where there is nothing to cover."""

    covered = fields.Float(required=True)
    of = fields.Float(required=True)
    share = share("covered/of")


class FunnelStepSchema(CountedSchema):
    stage = fields.String(required=True, validate=validate.OneOf(list(CoverageStage)))


class RadiusSchema(CountedSchema):
    """A radius in metres, or in minutes along roads."""

    radius_m = fields.Float()
    radius_min = fields.Float()


class FloorSchema(CountedSchema):
    confidence = fields.String(required=True, validate=validate.OneOf(list(ConfidenceFloor)))


class BoundsSchema(Schema):
    low = share("不明的都不算在营 / the unsure are not alive")
    high = share("不明的都算在营 / the unsure are alive")


class PoorSchema(Schema):
    funnel = fields.List(fields.Nested(FunnelStepSchema), required=True)
    tilt = fields.Float(required=True, allow_none=True)
    interval = fields.Nested(BoundsSchema, required=True)


class PeopleSchema(Schema):
    funnel = fields.List(fields.Nested(FunnelStepSchema), required=True)
    unknown_share = share("人口不明的村 / villages whose people nobody knows")


class PaperSchema(Schema):
    listed_share = share("在册 / listed")
    live_share = share("在营 / alive")
    paper_only = share("差额 / the difference")


class ComparedSchema(Schema):
    """A share beside the target; never passed or failed."""

    of = fields.String(required=True)
    share = share("")
    gap = fields.Float(required=True, allow_none=True, metadata={"description": "share - target"})


class CoverageTargetSchema(Schema):
    value = fields.Float(required=True)
    source = fields.String(required=True)
    compared = fields.List(fields.Nested(ComparedSchema), required=True)


class NamedThingSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class CriticalStationSchema(NamedThingSchema):
    """A station and what would be lost with it."""

    villages = fields.Integer(required=True)
    poor = fields.Integer(required=True)
    people = fields.Float(required=True)


class SinglePointsSchema(Schema):
    villages = fields.Integer(required=True)
    of_stations = fields.Integer(required=True)
    stations = fields.List(fields.Nested(CriticalStationSchema), required=True)


class UnitCoverageSchema(NamedThingSchema):
    """One unit below: its service coverage, and what it was built for."""

    covered = fields.Integer(required=True)
    of = fields.Integer(required=True)
    built_share = share("")
    listed_share = share("")
    evidenced_share = share("")
    hollow_rate = share("")
    gini = fields.Float(required=True, allow_none=True)
    # Last, because it hides the function of its name.
    share = share("服务覆盖率 / service coverage")


class CoverageAnswerSchema(Schema):
    """Every figure of coverage of a unit on a day."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    villages = fields.Integer(required=True)
    stations = fields.Integer(required=True)
    target = fields.Nested(CoverageTargetSchema, required=True)
    distance_unit = fields.String(required=True)
    placed = fields.Nested(PlacedVillagesSchema, required=True)
    funnel = fields.List(fields.Nested(FunnelStepSchema), required=True)
    hollow_rate = share("1 - service/built")
    interval = fields.Nested(BoundsSchema, required=True)
    checked = fields.Nested(CheckedStationsSchema, required=True)
    geographic = fields.List(fields.Nested(RadiusSchema), required=True)
    poor = fields.Nested(PoorSchema, required=True)
    people = fields.Nested(PeopleSchema, required=True)
    floors = fields.List(fields.Nested(FloorSchema), required=True)
    paper = fields.Nested(PaperSchema, required=True)
    access = fields.Nested(AccessSchema, required=True)
    closing = fields.Nested(ClosingSchema, required=True)
    gaps: Any = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    single_points = fields.Nested(SinglePointsSchema, required=True)
    redundant = fields.List(fields.Nested(NamedThingSchema), required=True)
    redundant_count = fields.Integer(required=True)
    units = fields.List(fields.Nested(UnitCoverageSchema), required=True)


class ServingStationSchema(NamedThingSchema):
    """A station that serves the village; `counts`: it is alive under the rules asked for."""

    life = fields.String(required=True)
    confidence = fields.String(required=True)
    is_listed = fields.Boolean(required=True)
    counts = fields.Boolean(required=True)
    services = fields.List(fields.String(), required=True)
    parcels = fields.Integer(required=True)


class CoveredVillageSchema(NamedThingSchema):
    """A village, the stages it reached, the first reason why it lacks something, and who serves it."""

    township = fields.String(required=True)
    township_name = fields.String(required=True)
    county = fields.String(required=True)
    is_poor = fields.Boolean(required=True)
    is_remote = fields.Boolean(required=True)
    people = fields.Integer(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    coord_quality = fields.String(required=True)
    stages: Any = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
    reason = fields.String(required=True, allow_none=True)
    nearest_station = fields.String(required=True, allow_none=True)
    nearest_m = fields.Float(required=True, allow_none=True)
    nearest_min = fields.Float(required=True, allow_none=True)
    stations = fields.List(fields.Nested(ServingStationSchema), required=True)


class CoverageVillagesSchema(Schema):
    """One page of villages by code, and how many there are."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)
    villages = fields.List(fields.Nested(CoveredVillageSchema), required=True)
