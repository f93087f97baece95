"""The month at a glance, the county's return, and its export on the wire."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from field_app_schema.fields import PlainText
from field_app_schema.frames import FrameSchema
from field_app_schema.stations import code
from field_app_schema.visits import Strict
from field_app_schema.vocab_months import ReturnState


def period(**options: Any) -> fields.String:
    """A month as it is written: «202606»."""
    return PlainText(validate=validate.Length(equal=6), metadata={"description": "月份 / month, 202606"}, **options)


class UnitQuerySchema(Strict):
    ou = code(load_default=None, metadata={"description": "单位,默认本单位 / unit, the caller's own unless given"})


class ReturnsQuerySchema(UnitQuerySchema):
    period = period(load_default=None)


class CoverageSchema(Schema):
    """How many stations stand behind a figure; expected = with_figures + nil + missing + outstanding."""

    expected = fields.Integer(required=True)
    reported = fields.Integer(required=True)
    with_figures = fields.Integer(required=True)
    nil = fields.Integer(required=True)
    missing = fields.Integer(required=True, metadata={"description": "到期未报 / nothing came and the day is past"})
    outstanding = fields.Integer(required=True, metadata={"description": "未到期未报 / nothing came yet"})
    late = fields.Integer(required=True)
    excused = fields.Integer(required=True)
    feed = fields.Integer(required=True)
    feed_silent = fields.Integer(required=True)
    beyond = fields.Integer(required=True, metadata={"description": "免报而报 / reported without owing"})
    accepted = fields.Integer(required=True)
    unaccepted = fields.Integer(required=True)
    line_zh = fields.String(required=True)
    line_en = fields.String(required=True)
    missing_stations = fields.List(fields.String())
    unaccepted_stations = fields.List(fields.String())


class SumsSchema(Schema):
    """Sums of `reports` reports, money in 元 as decimal strings; null where no report gave the figure."""

    reports = fields.Integer(required=True)
    online_sales_out = fields.String(required=True, allow_none=True)
    purchase_agency_amount = fields.String(required=True, allow_none=True)
    upstream_sales = fields.String(required=True, allow_none=True)
    parcels_in = fields.Integer(required=True, allow_none=True)
    parcels_out = fields.Integer(required=True, allow_none=True)


class ListedStationSchema(Schema):
    """A station in a list of the month; telephone and head only for staff."""

    station = fields.String(required=True)
    name = fields.String(required=True)
    head_name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    township = fields.String(required=True, allow_none=True)


class ReturnInBriefSchema(Schema):
    id = fields.Integer(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(ReturnState)))
    timeliness = fields.String(required=True)
    sent_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_note = fields.String(required=True, allow_none=True)


class CountyMonthSchema(Schema):
    """One county of a wider unit's month."""

    county = fields.String(required=True)
    name = fields.String(required=True)
    coverage = fields.Nested(CoverageSchema, required=True)
    county_return = fields.Nested(ReturnInBriefSchema, required=True, allow_none=True)


class ReturnPermissionsSchema(Schema):
    may_send = fields.Boolean(required=True)
    may_accept = fields.Boolean(required=True)
    may_return = fields.Boolean(required=True)


def _stations() -> fields.List[Any]:
    return fields.List(fields.Nested(ListedStationSchema), required=True, allow_none=True)


class MonthSchema(Schema):
    """A unit's month; the lists are null above a county where more stations owe than anybody rings."""

    frame = fields.Nested(FrameSchema, required=True)
    period = fields.String(required=True)
    opens_at = fields.AwareDateTime(required=True)
    asked_by = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    locks_at = fields.AwareDateTime(required=True)
    is_past_due = fields.Boolean(required=True)
    coverage = fields.Nested(CoverageSchema, required=True)
    totals = fields.Nested(SumsSchema, required=True, metadata={"description": "采纳的与自动报送的 / accepted, feeds"})
    totals_by_form = fields.Nested(SumsSchema, required=True)
    totals_by_feed = fields.Nested(SumsSchema, required=True)
    totals_unaccepted = fields.Nested(
        SumsSchema, required=True, metadata={"description": "已报未采纳,不在合计内 / not accepted, in no total"}
    )
    missing = _stations()
    late = _stations()
    returned = _stations()
    awaiting = _stations()
    excused = _stations()
    counties = fields.List(fields.Nested(CountyMonthSchema), required=True, allow_none=True)
    county_return = fields.Nested(ReturnInBriefSchema, required=True, allow_none=True)
    permissions = fields.Nested(ReturnPermissionsSchema, required=True)


class ReturnWishSchema(Strict):
    """Which county's month is sent; a trial (`dry_run`) shows what would be sent."""

    county = code(required=True)
    period = period(required=True)
    note = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    dry_run = fields.Boolean(load_default=False)


class ReturnDecisionSchema(Strict):
    note = PlainText(load_default=None, allow_none=True, validate=validate.Length(max=2000))


class ReturnFiguresSchema(Schema):
    """total = accepted + feed; what was not accepted stands beside it."""

    total = fields.Nested(SumsSchema, required=True)
    accepted = fields.Nested(SumsSchema, required=True)
    feed = fields.Nested(SumsSchema, required=True)
    unaccepted = fields.Nested(SumsSchema, required=True)


class CountyReturnSchema(ReturnInBriefSchema):
    """A county's month as sent; `id` is null in a trial."""

    id = fields.Integer(required=True, allow_none=True)
    county = fields.String(required=True)
    county_name = fields.String(required=True)
    period = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    coverage = fields.Nested(CoverageSchema, required=True)
    figures = fields.Nested(ReturnFiguresSchema, required=True)
    permissions = fields.Nested(ReturnPermissionsSchema, required=True)


class WaitedForSchema(Schema):
    county = fields.String(required=True)
    name = fields.String(required=True)


class CountyReturnsSchema(Schema):
    frame = fields.Nested(FrameSchema, required=True)
    returns = fields.List(fields.Nested(CountyReturnSchema), required=True)
    count = fields.Integer(required=True)
    waited_for = fields.List(fields.Nested(WaitedForSchema), required=True)
