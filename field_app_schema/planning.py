"""Planning on the wire: what delisting would cost, and where the next stations should stand."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.coverage import YEARS, CountedSchema, CoverageFrameSchema
from field_app_schema.coverage_runs import stage
from field_app_schema.frames import FramedUnitSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import code
from field_app_schema.survival import share
from field_app_schema.vocab_network import ConfidenceFloor, Distance, SitingCandidates, SitingWeight, StudyState

FLOORS = validate.OneOf([one.value for one in ConfidenceFloor])
DISTANCES = validate.OneOf([one.value for one in Distance])


class WhatIfSchema(Strict):
    """Which stations would go, from which unit's coverage on which day."""

    remove = fields.List(code(), required=True, validate=validate.Length(1, 5000))
    ou = code()
    as_of = fields.Date()
    base_year = fields.Integer(strict=True, validate=YEARS)
    confidence = fields.String(validate=FLOORS)
    distance = fields.String(validate=DISTANCES)


class StageChangeSchema(Schema):
    """A step of the funnel before and after."""

    stage = stage()
    before = fields.Nested(CountedSchema, required=True)
    after = fields.Nested(CountedSchema, required=True)


class RemovedStationSchema(Schema):
    """A station that would go; `counts` says whether it counts as alive today, so that its going can cost anything."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    village = fields.String(required=True, allow_none=True)
    vitality = fields.String(required=True)
    is_listed = fields.Boolean(required=True)
    counts = fields.Boolean(required=True)


class NamedVillageSchema(Schema):
    """A village by code and name."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class LosingVillageSchema(NamedVillageSchema):
    """A village that would lose service, and the nearest station left that offers it, in the frame's unit."""

    township = fields.String(required=True)
    is_poor = fields.Boolean(required=True)
    people = fields.Integer(required=True, allow_none=True)
    nearest_station = fields.String(required=True, allow_none=True)
    nearest = fields.Float(required=True, allow_none=True, metadata={"description": "米或分钟 / metres or minutes"})


class TargetSchema(Schema):
    """The share that the notices ask for, and which notice."""

    value = fields.Float(required=True)
    source = fields.String(required=True)


class WhatIfAnswerSchema(Schema):
    """What the removal would cost; villages that lose service come poor first, then by people."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    target = fields.Nested(TargetSchema, required=True)
    unit = fields.String(required=True, metadata={"description": "m 或 min / metres or minutes"})
    removed = fields.List(fields.Nested(RemovedStationSchema), required=True)
    lost = fields.Integer(required=True)
    lost_poor = fields.Integer(required=True)
    lost_people = fields.Integer(required=True)
    all = fields.List(fields.Nested(StageChangeSchema), required=True)
    poor = fields.List(fields.Nested(StageChangeSchema), required=True)
    villages = fields.List(fields.Nested(LosingVillageSchema), required=True)
    out_of_reach = fields.List(fields.Nested(NamedVillageSchema), required=True)


class SitingAskedSchema(Strict):
    """How many stations more, how far each reaches, whom to prefer, and where they may stand."""

    ou = code()
    k = fields.Integer(required=True, strict=True, validate=validate.Range(1, 500))
    exact = fields.Boolean(load_default=False, metadata={"description": "求最优解 / prove the best answer"})
    radius_m = fields.Float(validate=validate.Range(100, 50_000), metadata={"description": "直线距离 / great circle"})
    radius_min = fields.Float(validate=validate.Range(1, 240), metadata={"description": "路网分钟 / minutes by road"})
    poor_weight = fields.Float(validate=validate.Range(1, 100))
    weigh = fields.String(validate=validate.OneOf(list(SitingWeight)), load_default=SitingWeight.VILLAGES.value)
    distance = fields.String(validate=DISTANCES, load_default=Distance.GREAT_CIRCLE.value)
    candidates = fields.String(
        validate=validate.OneOf(list(SitingCandidates)), load_default=SitingCandidates.HOSTS.value
    )
    base_year = fields.Integer(strict=True, validate=YEARS)


class SitingBegunSchema(Schema):
    """The study asked for and the job that computes it; `GET /jobs/{job_id}` tells its progress."""

    id = fields.Integer(required=True)
    job_id = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(StudyState)))


class SitingQuerySchema(Strict):
    """Of which unit."""

    ou = code()


class SitingLineSchema(Schema):
    """A study on file."""

    id = fields.Integer(required=True)
    unit = fields.Nested(FramedUnitSchema, required=True)
    as_of = fields.Date(required=True)
    parameters: Any = fields.Dict(keys=fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(StudyState)))
    input_sha256 = fields.String(required=True, allow_none=True)
    code_version = fields.String(required=True)
    asked_by = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class SitingsSchema(Schema):
    """The studies of a unit, newest first."""

    unit = fields.Nested(FramedUnitSchema, required=True)
    studies = fields.List(fields.Nested(SitingLineSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class SupplySchema(Schema):
    """The township's logistics point that would supply a site, and how far it is."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    distance = fields.Float(required=True)


class SiteSchema(NamedVillageSchema):
    """A suggested site and what it adds beyond those before it."""

    rank = fields.Integer(required=True)
    township = fields.String(required=True)
    lon = fields.Float(required=True)
    lat = fields.Float(required=True)
    host = fields.String(required=True, metadata={"description": "logistics host village"})
    gain = fields.Float(required=True, metadata={"description": "加权增量 / weight added"})
    villages = fields.Integer(required=True)
    poor_villages = fields.Integer(required=True)
    people = fields.Integer(required=True)
    covers = fields.List(fields.String(), required=True, metadata={"description": "新覆盖的村 / villages added"})
    supply = fields.Nested(SupplySchema, required=True, allow_none=True)


class SitingProofSchema(Schema):
    """How good the answer is: weight reached, no answer can reach more than `bound`, gap = (bound - weight)/bound."""

    method = fields.String(required=True, validate=validate.OneOf(["greedy", "exact"]))
    weight = fields.Float(required=True)
    bound = fields.Float(required=True)
    gap = share("(bound-weight)/bound")
    is_proven = fields.Boolean(required=True)


class LeastSchema(Schema):
    """How few stations more bring a share of the villages into reach; null where no number does."""

    share = fields.Float(required=True)
    stations = fields.Integer(required=True, allow_none=True)
    bound = fields.Integer(required=True, allow_none=True, metadata={"description": "至少 / at least"})
    is_proven = fields.Boolean(required=True)


class SitingAnswerSchema(Schema):
    """Where the next stations should stand."""

    frame = fields.Nested(CoverageFrameSchema, required=True)
    unit = fields.String(required=True, metadata={"description": "m 或 min / metres or minutes"})
    radius = fields.Float(required=True)
    villages = fields.Integer(required=True)
    covered_before = fields.Integer(required=True)
    covered_after = fields.Integer(required=True)
    poor = fields.Integer(required=True)
    poor_before = fields.Integer(required=True)
    poor_after = fields.Integer(required=True)
    existing = fields.Integer(required=True, metadata={"description": "已有在营站点 / stations that stay"})
    candidates = fields.Integer(required=True)
    candidates_from = fields.String(required=True, validate=validate.OneOf(list(SitingCandidates)))
    sites = fields.List(fields.Nested(SiteSchema), required=True)
    proofs = fields.List(fields.Nested(SitingProofSchema), required=True)
    least = fields.List(fields.Nested(LeastSchema), required=True)
    unreachable = fields.List(fields.Nested(NamedVillageSchema), required=True)
    unreachable_count = fields.Integer(required=True)


class RefusedStudySchema(Schema):
    """Why a study could not be computed."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class SitingSchema(SitingLineSchema):
    """A study with its answer once it is there."""

    answer = fields.Nested(SitingAnswerSchema, required=True, allow_none=True)
    refused = fields.Nested(RefusedStudySchema, required=True, allow_none=True)
