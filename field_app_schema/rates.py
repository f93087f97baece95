"""Reporting rates on the wire: how many of the owed months were reported, by month, unit or station."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import Instant, PlainText
from field_app_schema.frames import FrameSchema
from field_app_schema.stations import code

PERIODS = "月份,如 202606、2026Q2、LAST_12_MONTHS / months, as 202606, 2026Q2 or LAST_12_MONTHS"


def months(**more: Any) -> PlainText:
    """Months as DHIS2 writes them; what they mean is refused with PERIOD_UNKNOWN by the rooms."""
    return PlainText(validate=validate.Length(1, 400), metadata={"description": PERIODS}, **more)


class RatesQuerySchema(Schema):
    """Which unit (by default one's own), which months, one row for each of what, and known when."""

    ou = code()
    pe = months(load_default="LAST_12_MONTHS")
    by = PlainText(load_default="period", validate=validate.OneOf(["period", "unit", "station"]))
    known_at = Instant(metadata={"description": "按该时刻已知的情况 / as known at this instant"})


class RateSchema(Schema):
    """The figures of one month, unit or station.

    expected = owed - excused = actual + missing + outstanding; actual = on_time + late_sync + late, and by source;
    actual_on_time = on_time + late_sync. A returned report is counted in actual. A share of nothing is null.
    """

    unit = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    station = fields.String(required=True, allow_none=True)
    period = fields.String(required=True, allow_none=True)
    owed = fields.Integer(required=True)
    expected = fields.Integer(required=True)
    excused = fields.Integer(required=True)
    excused_by = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    actual = fields.Integer(required=True)
    actual_on_time = fields.Integer(required=True)
    rate = fields.Float(required=True, allow_none=True)
    rate_on_time = fields.Float(required=True, allow_none=True)
    on_time = fields.Integer(required=True)
    late_sync = fields.Integer(required=True)
    late = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    outstanding = fields.Integer(required=True, metadata={"description": "未到期未报 / not filed, not yet due"})
    returned = fields.Integer(required=True, metadata={"description": "已报、退回更正中 / received, being corrected"})
    nil = fields.Integer(required=True)
    proxy = fields.Integer(required=True)
    proxy_share = fields.Float(required=True, allow_none=True)
    feed = fields.Integer(required=True, metadata={"description": "自动报送(含免报) / by feed, excused ones too"})
    beyond = fields.Integer(required=True, metadata={"description": "不应报而报 / reported though not expected"})
    sources = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class RatesSchema(Schema):
    """One page of rows, the total over all rows, and how many there are."""

    frame = fields.Nested(FrameSchema, required=True)
    rows = fields.List(fields.Nested(RateSchema), required=True)
    total = fields.Nested(RateSchema, required=True)
    count = fields.Integer(required=True)
