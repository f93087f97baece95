"""Monthly reports on the wire: the form, the receipt, a report with its versions, the months of a station."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marshmallow import Schema, fields, post_dump, validate

from field_app_schema.fields import Instant, PlainText, Yuan
from field_app_schema.money import MOST_PARCELS
from field_app_schema.stations import code, word
from field_app_schema.visits import ClockSchema, Strict
from field_app_schema.vocab_months import ExcuseReason, ReportField, ReportSource, ReportState, Timeliness
from field_app_schema.words.sales_reports import WORDS

FILED_STATES = (ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED)
# Phone clocks are wrong by decades at worst; the column holds no more.
MOST_OFFSET_S = 2_000_000_000


def _money(asked: int) -> Yuan:
    return Yuan(allow_none=True, metadata={"type": "string", "description": "元,如 12000.00 / yuan", "asked": asked})


def _pieces(asked: int) -> fields.Integer:
    return fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(0, MOST_PARCELS), metadata={"asked": asked}
    )


class ReportFormSchema(Strict):
    """The whole form (F4): a figure, zero too, or nil; `reason` when it corrects what was filed before.

    `captured_at` by the phone's clock, with `sent_at` by the same clock at the moment of sending (or the offset of
    that clock in seconds, phone minus server); all left out where no phone is used.
    """

    online_sales_out = _money(2)
    purchase_agency_amount = _money(4)
    upstream_sales = _money(3)
    parcels_in = _pieces(5)
    parcels_out = _pieces(6)
    is_nil = fields.Boolean(load_default=False, metadata={"asked": 1})
    note = PlainText(allow_none=True, validate=validate.Length(max=500), metadata={"asked": 7})
    reason = PlainText(allow_none=True, validate=validate.Length(max=500))
    captured_at = Instant(allow_none=True)
    sent_at = Instant(allow_none=True)
    # What the phone knew of the time when the month was filled in; evidence, never a condition.
    clock = fields.Nested(ClockSchema, allow_none=True)
    clock_offset_s = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(-MOST_OFFSET_S, MOST_OFFSET_S)
    )


class ReportFiguresSchema(Schema):
    """The figures as filed, money as decimal strings in 元, null where nothing was filled in."""

    online_sales_out = fields.String(required=True, allow_none=True)
    purchase_agency_amount = fields.String(required=True, allow_none=True)
    upstream_sales = fields.String(required=True, allow_none=True)
    parcels_in = fields.Integer(required=True, allow_none=True)
    parcels_out = fields.Integer(required=True, allow_none=True)
    is_nil = fields.Boolean(required=True)
    source = word(ReportSource)


class ReportRightsSchema(Schema):
    """What the asker may do with the month now."""

    may_submit = fields.Boolean(required=True)
    may_correct = fields.Boolean(required=True)
    may_accept = fields.Boolean(required=True)
    may_return = fields.Boolean(required=True)
    may_excuse = fields.Boolean(required=True)
    may_unlock = fields.Boolean(required=True)


class FigureHintSchema(Schema):
    """A figure that would be usual if it were `factor` times smaller or greater; a question, not a refusal."""

    field = word(ReportField)
    code = fields.String(required=True, validate=validate.OneOf(["unit_slip", "x100", "x10"]))
    factor = fields.Integer(required=True)
    direction = fields.String(required=True, validate=validate.OneOf(["too_large", "too_small"]))
    usual = fields.String(required=True)
    perhaps = fields.String(required=True)
    zh = fields.Function(lambda hint: WORDS[f"figure_hint.{hint['code']}"][0], metadata={"type": "string"})
    en = fields.Function(lambda hint: WORDS[f"figure_hint.{hint['code']}"][1], metadata={"type": "string"})


class ReportVersionSchema(ReportFiguresSchema):
    """One filing, as sent; `captured_in_future` marks a phone's clock that ran ahead."""

    version = fields.Integer(required=True)
    note = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    timeliness = word(Timeliness)
    captured_at = fields.AwareDateTime(required=True)
    received_at = fields.AwareDateTime(required=True)
    clock_offset_s = fields.Integer(required=True, allow_none=True)
    captured_in_future = fields.Boolean(required=True)
    entered_by = fields.String(required=True, allow_none=True)


class FilingReceiptSchema(ReportVersionSchema):
    """What a filing is answered, the first time and whenever it is repeated; 201 when it made a version."""

    station = fields.String(required=True)
    period = fields.String(required=True)
    state = word(ReportState)
    hints = fields.List(fields.Nested(FigureHintSchema), required=True)
    permissions = fields.Nested(ReportRightsSchema, required=True)


class ReportStateChangeSchema(Schema):
    """One change of a report's state; `fields` are those the county asks to look at."""

    at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
    from_state = fields.String(required=True, allow_none=True)
    to_state = word(ReportState)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    marked = fields.List(fields.String(), required=True, data_key="fields")
    by = fields.String(required=True, allow_none=True)


class ReportLineSchema(ReportFiguresSchema):
    """Where a station's month stands: `state` of the report, `period_state` as clock and locks let it be seen."""

    station = fields.String(required=True)
    station_name = fields.String(required=True)
    period = fields.String(required=True)
    version = fields.Integer(required=True)
    state = word(ReportState)
    period_state = word(ReportState)
    timeliness = word(Timeliness)
    is_expected = fields.Boolean(required=True)
    excuse = fields.String(required=True, allow_none=True)
    first_received_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)
    permissions = fields.Nested(ReportRightsSchema, required=True)


class ReportSchema(ReportLineSchema):
    """A report with everything that was filed and decided; the ETag is its version."""

    note = fields.String(required=True, allow_none=True)
    versions = fields.List(fields.Nested(ReportVersionSchema), required=True)
    changes = fields.List(fields.Nested(ReportStateChangeSchema), required=True)
    hints = fields.List(fields.Nested(FigureHintSchema), required=True)
    as_of = fields.Date(required=True)


class ReportsQuerySchema(Schema):
    """Which reports: of a unit, of months as in LAST_3_MONTHS, in one state."""

    ou = code()
    period = PlainText(load_default="LAST_MONTH", validate=validate.Length(1, 200))
    state = fields.String(validate=validate.OneOf([one.value for one in FILED_STATES]))


class ReportPageSchema(Schema):
    reports = fields.List(fields.Nested(ReportLineSchema), required=True)
    total = fields.Integer(required=True)
    as_of = fields.Date(required=True)


class StationMonthsQuerySchema(Schema):
    station = code(required=True)


class StationMonthSchema(Schema):
    """One month of a station: `state` as its owner meets it, why, until when, and what was filed (null: nothing)."""

    period = fields.String(required=True)
    state = word(ReportState)
    why = fields.String(required=True)
    why_zh = fields.String()
    why_en = fields.String()
    excuse = fields.String(required=True, allow_none=True, validate=validate.OneOf([one.value for one in ExcuseReason]))
    is_expected = fields.Boolean(required=True)
    timeliness = word(Timeliness, allow_none=True)
    opens_at = fields.AwareDateTime(required=True)
    asked_by = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    locks_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True, allow_none=True)
    report_state = fields.String(required=True, allow_none=True)
    figures = fields.Nested(ReportFiguresSchema, required=True, allow_none=True)
    permissions = fields.Nested(ReportRightsSchema, required=True)

    @post_dump
    def say_why(self, month: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Put the sentence for `why` in, with its days."""
        zh, en = WORDS[f"month_why.{month['why']}"]
        days = {
            name: _last_day(month[f"{name}_{end}"]) for name, end in (("asked", "by"), ("due", "at"), ("locks", "at"))
        }
        opens = f"{dt.datetime.fromisoformat(month['opens_at']):%m-%d}"
        return month | {"why_zh": zh.format(opens=opens, **days), "why_en": en.format(opens=opens, **days)}


class StationMonthsSchema(Schema):
    """The running month and the last twelve, newest first; none before the county collects reports."""

    station = fields.String(required=True)
    first_period = fields.String(
        required=True, allow_none=True, metadata={"description": "本县从哪个月开始报 / the county's first month"}
    )
    months = fields.List(fields.Nested(StationMonthSchema), required=True)
    as_of = fields.Date(required=True)


class MonthReturnSchema(Schema):
    """Why the county sent a month back, and the figures it asks to look at."""

    at = fields.AwareDateTime(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    marked = fields.List(fields.String(), required=True, data_key="fields")


class MyMonthSchema(StationMonthSchema):
    """A month as its owner's phone keeps it; `returned` stands only while the month waits to be mended."""

    note = fields.String(required=True, allow_none=True)
    returned = fields.Nested(MonthReturnSchema, required=True, allow_none=True)


class MyStationSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class MyMonthsSchema(Schema):
    """Everything the owner's one screen needs, newest month first; `tag` goes back in the plan."""

    station = fields.Nested(MyStationSchema, required=True)
    first_period = fields.String(required=True, allow_none=True)
    months = fields.List(fields.Nested(MyMonthSchema), required=True)
    tag = fields.String(required=True)
    as_of = fields.Date(required=True)


def _last_day(ends: str) -> str:
    """Write the last day before an exclusive end; deadlines are instants of China's clock, so its day is meant."""
    return f"{dt.datetime.fromisoformat(ends) - dt.timedelta(seconds=1):%m-%d}"
