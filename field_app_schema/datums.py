"""The datum guard on the wire: what each county's coordinates look like, what a repair changes, repairs and undoing."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from field_app_schema.frames import FramedUnitSchema, FrameSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import code, word
from field_app_schema.vocab_network import DatumFault

# Shifted villages are put right by importing the villages; the rest can be mended here.
MENDABLE = [fault.value for fault in DatumFault if fault is not DatumFault.VILLAGES_SHIFTED]


class DatumQuerySchema(Strict):
    """Of which unit, the caller's own without one."""

    ou = code()


class DatumJudgementSchema(Schema):
    """Figures of stations beside their villages; `projections` by datum: 0 nothing, 1 the whole shift is there."""

    verdict = fields.String(required=True)
    stations = fields.Integer(required=True)
    needed = fields.Integer(required=True, metadata={"description": "这样的离散程度需要多少站 / stations it takes"})
    projections = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    shift_m = fields.Integer(required=True)
    typical_m = fields.Integer(required=True)


class SuspectStationSchema(Schema):
    """A station of a finding; `suspicion` where stations must be told one by one."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    batch = fields.String(required=True)
    from_village_m = fields.Integer(required=True, allow_none=True)
    suspicion = fields.Float(required=True, allow_none=True)


class TwoLanguagesSchema(Schema):
    """The same in two languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class DatumFindingSchema(TwoLanguagesSchema):
    """One fault of a county; `batch` names the import where only that one is at fault, `named` the first 200 stations.

    `must_be_named`: nothing tells the stations apart, a repair takes only those that are named.
    """

    fault = word(DatumFault)
    declared = fields.String(required=True, allow_none=True)
    truth = fields.String(required=True, allow_none=True)
    stations = fields.Integer(required=True)
    batch = fields.Nested(TwoLanguagesSchema, required=True, allow_none=True)
    share = fields.Float(required=True, allow_none=True)
    figures = fields.Nested(DatumJudgementSchema, required=True, allow_none=True)
    must_be_named = fields.Boolean(required=True)
    can_be_mended = fields.Boolean(required=True)
    named = fields.List(fields.Nested(SuspectStationSchema), required=True)


class CountyCheckSchema(TwoLanguagesSchema):
    """A county: how many stations have a pair, how many can be compared with their village, what was found."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    stations = fields.Integer(required=True)
    compared = fields.Integer(required=True)
    verdict = fields.String(required=True)
    whole = fields.Dict(keys=fields.String(), values=fields.Nested(DatumJudgementSchema), required=True)
    findings = fields.List(fields.Nested(DatumFindingSchema), required=True)


class DatumCheckSchema(Schema):
    """Every county of a unit, those with findings first."""

    frame = fields.Nested(FrameSchema, required=True)
    stations = fields.Integer(required=True)
    compared = fields.Integer(required=True)
    faulty = fields.Integer(required=True)
    counties = fields.List(fields.Nested(CountyCheckSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class WishedRepairSchema(Strict):
    """Mend one fault in a unit, everywhere the check finds it or only these stations of it; by default only shown."""

    ou = code()
    fault = fields.String(required=True, validate=validate.OneOf(MENDABLE))
    stations = fields.List(code(), allow_none=True, validate=validate.Length(1, 5000))
    dry_run = fields.Boolean(load_default=True)


class HeldPlaceSchema(Schema):
    """A place: CGCS2000 degrees, the pair as it was given, its datum, how good it is."""

    lon = fields.Float(required=True, allow_none=True)
    lat = fields.Float(required=True, allow_none=True)
    lon_raw = fields.Float(required=True, allow_none=True)
    lat_raw = fields.Float(required=True, allow_none=True)
    coord_system = fields.String(required=True, allow_none=True)
    coord_quality = fields.String(required=True)


class MendedStationSchema(Schema):
    """What changes of a station; metres are null where there is nothing to measure from."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    before = fields.Nested(HeldPlaceSchema, required=True)
    after = fields.Nested(HeldPlaceSchema, required=True)
    moved_m = fields.Integer(required=True, allow_none=True)
    from_village_before_m = fields.Integer(required=True, allow_none=True)
    from_village_after_m = fields.Integer(required=True, allow_none=True)


class MendedCountySchema(TwoLanguagesSchema):
    """What changes in a county; `id` names the repair once it is made, `changes` the first 200 stations."""

    id = fields.Integer(required=True, allow_none=True)
    county = fields.String(required=True)
    name = fields.String(required=True)
    stations = fields.Integer(required=True)
    nearer_their_village = fields.Integer(required=True)
    changes = fields.List(fields.Nested(MendedStationSchema), required=True)


class DatumMendedSchema(Schema):
    """What a repair changes, or would change: each county is a repair of its own."""

    unit = fields.String(required=True)
    fault = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    stations = fields.Integer(required=True)
    counties = fields.List(fields.Nested(MendedCountySchema), required=True)


class RepairEvidenceSchema(TwoLanguagesSchema):
    """What a repair rested on."""

    declared = fields.String(required=True)
    truth = fields.String(required=True)
    batch = fields.String(required=True, allow_none=True)
    figures = fields.Nested(DatumJudgementSchema, required=True, allow_none=True)


class DatumRepairSchema(Schema):
    """A repair that was made; `codes` names its first 200 stations."""

    id = fields.Integer(required=True)
    unit = fields.String(required=True)
    name = fields.String(required=True)
    fault = fields.String(required=True)
    stations = fields.Integer(required=True)
    codes = fields.List(fields.String(), required=True)
    evidence = fields.List(fields.Nested(RepairEvidenceSchema), required=True)
    repaired_at = fields.AwareDateTime(required=True)
    repaired_by = fields.String(required=True, allow_none=True)
    undone_at = fields.AwareDateTime(required=True, allow_none=True)
    undone_by = fields.String(required=True, allow_none=True)


class DatumRepairsSchema(Schema):
    """The newest 200 repairs of a unit."""

    unit = fields.Nested(FramedUnitSchema, required=True)
    repairs = fields.List(fields.Nested(DatumRepairSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class DatumWarningSchema(TwoLanguagesSchema):
    """A line beside an import's result: what the guard suspects of a county."""

    county = fields.String(required=True)
    name = fields.String(required=True)
    fault = word(DatumFault)
    stations = fields.Integer(required=True)
