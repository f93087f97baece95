"""Survival on the wire: figures with both denominators, curves, vitality by month, quarters as published."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.frames import FramedUnitSchema, FrameSchema
from field_app_schema.station_changes import Strict
from field_app_schema.stations import DatesQuerySchema, code

GROUPINGS = ("operator", "host_type", "subsidy", "sunset", "cohort")


def share(said: str) -> fields.Float:
    """A share between 0 and 1, null where its denominator is nothing."""
    return fields.Float(required=True, allow_none=True, metadata={"description": said})


class SurvivalQuerySchema(DatesQuerySchema, Strict):
    """Of which unit, day, instant and cohort; `by` names the groupings wanted, all of them without it."""

    ou = code()
    cohort = fields.String(
        validate=validate.Length(4, 7),
        metadata={"description": "验收年、季或月 / year, quarter or month of acceptance: 2019, 2019Q2, 201906"},
    )
    by = fields.List(fields.String(validate=validate.OneOf(GROUPINGS)), validate=validate.Length(max=len(GROUPINGS)))


class HeadlineSchema(Schema):
    """The counts and shares of F3."""

    built = fields.Integer(required=True, metadata={"description": "B:截至该日通过验收 / accepted by the day"})
    listed = fields.Integer(required=True, metadata={"description": "L:在册(在营、暂停)/ active or suspended"})
    alive = fields.Integer(required=True, metadata={"description": "A:在营或功能弱化 / alive or weak"})
    known_dead = fields.Integer(required=True, metadata={"description": "K0:确认停业或已摘牌 / dead or delisted"})
    unsure = fields.Integer(required=True, metadata={"description": "U:其余 / the rest"})
    share_built = share("A/B")
    share_listed = share("A/L,摘牌会抬高它 / delisting raises it")
    low = share("A/B")
    high = share("(B-K0)/B")
    unknown_share = share("U/B")
    by_vitality = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class MilestoneSchema(Schema):
    """So many months after acceptance: what is known of those accepted that long ago, and what the curves say."""

    months = fields.Integer(required=True)
    eligible = fields.Integer(required=True)
    at_risk = fields.Integer(required=True)
    alive = fields.Integer(required=True)
    known_dead = fields.Integer(required=True)
    unsure = fields.Integer(required=True)
    low = share("alive/eligible")
    high = share("(eligible-known_dead)/eligible")
    unknown_share = share("unsure/eligible")
    earliest = fields.Float()
    latest = fields.Float()
    turnbull = fields.List(fields.Float(), metadata={"description": "[low, high]"})


class GroupSchema(HeadlineSchema):
    """The same figures for one group; «unknown» is a group of its own."""

    key = fields.String(required=True)
    milestones = fields.List(fields.Nested(MilestoneSchema), required=True)
    median_months_to_last_alive = fields.Float(required=True, allow_none=True)


class DelistingEffectSchema(Schema):
    """What leaving the list alone does to the share."""

    share_built = share("A/B")
    share_listed = share("A/L")
    percentage_points = fields.Float(required=True, allow_none=True)
    delisted = fields.Integer(required=True)
    stations = fields.List(fields.String(), required=True)


def steps(said: str) -> fields.List[Any]:
    """Steps of a curve; each holds until the next."""
    row: fields.List[Any] = fields.List(fields.Float())
    return fields.List(row, required=True, metadata={"description": said})


class CurveSchema(Schema):
    """Shares still alive by months since acceptance; deaths known only to lie in a gap."""

    earliest = steps("[months, share]:死在间隔之始 / death at the gap's start")
    latest = steps("[months, share]:死在间隔之末 / death at the gap's end")
    turnbull = steps("[months, low, high]")
    turnbull_gap = fields.Float(required=True, allow_none=True)



class SurvivalAnswerSchema(Schema):
    """Survival of a unit on a day."""

    frame = fields.Nested(FrameSchema, required=True)
    cohort = fields.String(required=True, allow_none=True)
    headline = fields.Nested(HeadlineSchema, required=True)
    delisting_effect = fields.Nested(DelistingEffectSchema, required=True)
    groups = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(GroupSchema)), required=True)
    curve = fields.Nested(CurveSchema, required=True)
    milestones = fields.List(fields.Nested(MilestoneSchema), required=True)
    median_months_to_last_alive = fields.Float(required=True, allow_none=True)


class HistoryQuerySchema(Strict):
    """Of which unit and months; `known` «then»: as was answered at the time."""

    ou = code()
    pe = fields.String(load_default="LAST_12_MONTHS", validate=validate.Length(4, 200))
    known = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(["now", "then"]))


class HistoryFrameSchema(FrameSchema):
    """The frame of vitality over time: `known` says whether today's knowledge or that of the time is told."""

    known = fields.String(required=True)


class HistoryMonthSchema(Schema):
    """The states on the last day of a month."""

    period = fields.String(required=True)
    as_of = fields.Date(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    built = fields.Integer(required=True)
    unknown_share = share("U/B")
    without_answer = fields.Integer(required=True)


class HistorySchema(Schema):
    """Vitality over time."""

    frame = fields.Nested(HistoryFrameSchema, required=True)
    months = fields.List(fields.Nested(HistoryMonthSchema), required=True)


class TakeSnapshotSchema(Strict):
    """Freeze a quarter of a unit, the caller's own without one."""

    ou = code()
    quarter = fields.String(required=True, validate=validate.Length(6, 6), metadata={"description": "2026Q3"})


class SnapshotsQuerySchema(Strict):
    """Of which unit; with `below` of the units in it too."""

    ou = code()
    below = fields.Boolean(load_default=False)


class SnapshotLineSchema(Schema):
    """A quarter on file."""

    id = fields.Integer(required=True)
    unit = fields.Nested(FramedUnitSchema, required=True)
    quarter = fields.String(required=True)
    as_of = fields.Date(required=True)
    taken_at = fields.AwareDateTime(required=True)
    taken_by = fields.String(required=True, allow_none=True)
    rule_version = fields.String(required=True)
    headline = fields.Nested(HeadlineSchema)


class SnapshotsSchema(Schema):
    """The quarters on file of a unit, newest first."""

    unit = fields.Nested(FramedUnitSchema, required=True)
    snapshots = fields.List(fields.Nested(SnapshotLineSchema), required=True)
    permissions = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class SnapshotSchema(SnapshotLineSchema):
    """A quarter as it was published; `published` has the shape of the survival answer of its day."""

    published: fields.Dict = fields.Dict(required=True)


class SumSchema(Schema):
    """published + difference = now."""

    published = fields.Integer(required=True)
    difference = fields.Integer(required=True)
    now = fields.Integer(required=True)


class CountedAsSchema(Schema):
    """What a station was counted as."""

    listing_status = fields.String(required=True)
    vitality = fields.String(required=True)
    confidence = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)


class CauseSchema(Schema):
    """Why: recorded_since, withdrawn_since, changed_since (with the facts), rule_changed, unit_changed."""

    code = fields.String(required=True)
    facts = fields.List(fields.String(), required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class StationDifferenceSchema(Schema):
    """One station counted otherwise now; null before or after: not counted."""

    station = fields.String(required=True)
    before = fields.Nested(CountedAsSchema, required=True, allow_none=True)
    after = fields.Nested(CountedAsSchema, required=True, allow_none=True)
    adds = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    why = fields.List(fields.Nested(CauseSchema), required=True)


class DifferencesSchema(Schema):
    """A published quarter beside the same day as it is known now."""

    frame = fields.Nested(FrameSchema, required=True)
    snapshot = fields.Integer(required=True)
    quarter = fields.String(required=True)
    taken_at = fields.AwareDateTime(required=True)
    rule_version_published = fields.String(required=True)
    published = fields.Nested(HeadlineSchema, required=True)
    now = fields.Nested(HeadlineSchema, required=True)
    sums: Any = fields.Dict(keys=fields.String(), values=fields.Nested(SumSchema), required=True)
    stations = fields.List(fields.Nested(StationDifferenceSchema), required=True)
