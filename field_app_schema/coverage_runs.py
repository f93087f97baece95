"""Coverage runs on the wire: what is asked, what is kept with its hash, the same made again, and two runs compared."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.coverage import YEARS
from field_app_schema.fields import Instant
from field_app_schema.frames import FramedUnitSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import code
from field_app_schema.vocab import Service
from field_app_schema.vocab_network import ConfidenceFloor, CoverageStage, Distance


class CoverageRunAskedSchema(Strict):
    """Which unit, day, list of villages and reading; what is left out means the caller's unit, today, and policy."""

    ou = code()
    as_of = fields.Date(metadata={"description": "有效日期(中国) / the day in China"})
    known_at = Instant(metadata={"description": "按该时刻已知,默认现在 / as known at this instant, now by default"})
    base_year = fields.Integer(strict=True, validate=YEARS)
    services = fields.List(fields.Enum(Service, by_value=True), validate=validate.Length(1, len(Service)))
    confidence = fields.String(validate=validate.OneOf(list(ConfidenceFloor)), load_default=ConfidenceFloor.ANY.value)
    distance = fields.String(validate=validate.OneOf(list(Distance)), load_default=Distance.GREAT_CIRCLE.value)
    poor_year = fields.Integer(strict=True, validate=YEARS)


class CoverageRunsQuerySchema(Strict):
    """Of which unit; with `below` of the units in it too."""

    ou = code()
    below = fields.Boolean(load_default=False)


class RunDifferencesQuerySchema(Strict):
    """Which run came before, and which page of the villages."""

    from_id = fields.Integer(required=True, data_key="from", validate=validate.Range(1, 2**31 - 1))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000))
    page_size = fields.Integer(load_default=200, validate=validate.Range(1, 2000))


def stage(said: str = "") -> fields.String:
    """A step of the funnel."""
    return fields.String(required=True, validate=validate.OneOf(list(CoverageStage)), metadata={"description": said})


class CoverageRunLineSchema(Schema):
    """A run on file: what was asked of which input by which code, and how many villages reached each stage."""

    id = fields.Integer(required=True)
    unit = fields.Nested(FramedUnitSchema, required=True)
    as_of = fields.Date(required=True)
    known_at = fields.AwareDateTime(required=True)
    base_year = fields.Integer(required=True)
    parameters: Any = fields.Dict(keys=fields.String(), required=True)
    input_sha256 = fields.String(required=True, metadata={"description": "输入各列的哈希 / hash of all columns"})
    code_version = fields.String(required=True)
    of_run = fields.Integer(required=True, allow_none=True, metadata={"description": "重算自 / made again from"})
    run_at = fields.AwareDateTime(required=True)
    run_by = fields.String(required=True, allow_none=True)
    headline = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "村数和各步村数 / villages, and those of each stage"},
    )


class CoverageRunSchema(CoverageRunLineSchema):
    """A run with its whole report; `report.input` holds the hash of each table of the input."""

    report: Any = fields.Dict(keys=fields.String(), required=True)


class CoverageRunsSchema(Schema):
    """The runs of a unit, newest first."""

    unit = fields.Nested(FramedUnitSchema, required=True)
    runs = fields.List(fields.Nested(CoverageRunLineSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class WasAndNowSchema(Schema):
    """A value of the kept run and of the one made again."""

    was = fields.Raw(required=True, allow_none=True)
    now = fields.Raw(required=True, allow_none=True)


class CoverageRunAgainSchema(Schema):
    """The run made again, and what is no longer the same: code, parameters, or tables of the input."""

    run = fields.Nested(CoverageRunSchema, required=True)
    of = fields.Integer(required=True)
    same_input = fields.Boolean(required=True)
    same_figures = fields.Boolean(required=True)
    code_version = fields.Nested(WasAndNowSchema, required=True)
    parameters: Any = fields.Dict(keys=fields.String(), values=fields.Nested(WasAndNowSchema), required=True)
    tables = fields.List(fields.String(), required=True, metadata={"description": "变了的输入表 / tables that differ"})


class RunCauseSchema(Schema):
    """One fact that differs between the runs; `station` is null where it is about none."""

    code = fields.String(required=True)
    station = fields.String(allow_none=True)
    was = fields.String(allow_none=True)
    now = fields.String(allow_none=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class RunCauseCountSchema(Schema):
    """In how many villages a cause is named."""

    code = fields.String(required=True)
    villages = fields.Integer(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class RunVillageSchema(Schema):
    """How a village came out in a run."""

    stages = fields.List(stage(), required=True)
    reason = fields.String(required=True, allow_none=True)
    nearest_station = fields.String(required=True, allow_none=True)


class RunVillageDifferenceSchema(Schema):
    """A village that came out otherwise, and why."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    is_poor = fields.Boolean(required=True)
    change = fields.String(required=True, metadata={"description": "gained lost mixed other_reason added removed"})
    gained = fields.List(stage(), required=True)
    lost = fields.List(stage(), required=True)
    before = fields.Nested(RunVillageSchema, required=True, allow_none=True)
    after = fields.Nested(RunVillageSchema, required=True, allow_none=True)
    causes = fields.List(fields.Nested(RunCauseSchema), required=True)


class StageSumSchema(Schema):
    """before + gained - lost + added - removed = after, in villages."""

    stage = stage()
    before = fields.Integer(required=True)
    gained = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    added = fields.Integer(required=True)
    removed = fields.Integer(required=True)
    after = fields.Integer(required=True)


class RunDifferencesSchema(Schema):
    """Two runs beside each other; villages poor first, then lost before gained."""

    before = fields.Nested(CoverageRunLineSchema, required=True)
    after = fields.Nested(CoverageRunLineSchema, required=True)
    stages = fields.List(fields.Nested(StageSumSchema), required=True)
    changes = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    causes = fields.List(fields.Nested(RunCauseCountSchema), required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)
    villages = fields.List(fields.Nested(RunVillageDifferenceSchema), required=True)
