"""Monthly reports: filed by owners or in their place, read with all their versions, month by month."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from api.revisions import seen_revision, with_revision
from field_app_schema.refusals import Refusal
from field_app_schema.sales_reports import (
    MOST_OFFSET_S,
    FilingReceiptSchema,
    ReportFormSchema,
    ReportPageSchema,
    ReportSchema,
    ReportsQuerySchema,
    StationMonthsQuerySchema,
    StationMonthsSchema,
)
from field_app_schema.visits import ClockSchema
from stations.records.days import day_in_china
from stations.records.frames import unit_asked
from stations.records.periods import parse_period, parse_periods
from stations.register.lookup.reading import find_station
from stations.sales.calendar.standing import first_period
from stations.sales.filing.figures import Figures, Filed
from stations.sales.filing.reading import list_reports, read_story
from stations.sales.filing.taking_in import take_in
from stations.sales.review.showing import show_lines, show_months, show_receipt, show_story

blp = Blueprint("sales_reports", __name__, description="月报 / monthly reports")

# Beyond this no database counts on, and nobody turns so many pages.
FARTHEST = 10_000_000
KEY = {"in": "header", "name": "Idempotency-Key", "required": True, "schema": {"type": "string", "format": "uuid"},
       "description": "这次填报的编号,重发不变 / names this filing; the same when it is sent again"}  # fmt: skip
SEEN = {"in": "header", "name": "If-Match", "schema": {"type": "string"},
        "description": "更正时:看到的版本 / to correct: the version that was seen"}  # fmt: skip


@blp.route("/sales-reports/<string:station>/<string:period>", methods=["PUT"], parameters=[KEY, SEEN])
@may("report.file")
@blp.arguments(ReportFormSchema)
@blp.response(200, FilingReceiptSchema, description="重发:与第一次相同 / a repeat: the first answer")
@blp.alt_response(201, schema=FilingReceiptSchema, description="已收 / taken in")
def file_report(form: dict[str, Any], station: str, period: str) -> Response:
    """File a station's month, or correct it with If-Match and a reason; a repeat of the key gets the first answer."""
    told, month = filed(form), parse_period(period)
    taken = take_in(session(), caller(), find_station(session(), caller(), station), month, told, now=now())
    body = FilingReceiptSchema().dump(show_receipt(session(), caller(), taken, now=now()))
    return with_revision(body, taken.version.version, 201 if taken.is_new else 200)


@blp.route("/sales-reports/<string:station>/<string:period>")
@may("report.read")
@blp.response(200, ReportSchema)
def one_report(station: str, period: str) -> Response:
    """A station's month with every version, what was decided, and what you may do; the ETag is its version."""
    story = read_story(session(), caller(), station, parse_period(period), now=now())
    body = show_story(session(), caller(), story, now=now()) | {"as_of": day_in_china(now())}
    return with_revision(ReportSchema().dump(body), story.report.version)


@blp.route("/sales-reports")
@may("report.read")
@blp.arguments(ReportsQuerySchema, location="query")
@blp.response(200, ReportPageSchema)
@blp.paginate(page=1, page_size=100, max_page_size=500)
def reports(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """The reports of a unit, newest month first; an owner sees the own ones."""
    unit, page = unit_asked(session(), caller(), asked.get("ou")), pagination_parameters
    lines, page.item_count = list_reports(
        session(), caller(), unit, periods=parse_periods(asked["period"], now()), state=asked.get("state"),
        offset=min(page.first_item, FARTHEST), limit=page.page_size, now=now(),
    )  # fmt: skip
    shown = show_lines(session(), caller(), lines, now=now())
    return {"reports": shown, "total": page.item_count, "as_of": day_in_china(now())}


@blp.route("/periods")
@may("report.read")
@blp.arguments(StationMonthsQuerySchema, location="query")
@blp.response(200, StationMonthsSchema)
def months(asked: dict[str, str]) -> dict[str, Any]:
    """The months of a station: open or closed and why, until when, and what was filed."""
    station = find_station(session(), caller(), asked["station"])
    begun = first_period(session(), station.unit_path)
    shown = show_months(session(), caller(), station, now=now())
    return {"station": station.code, "first_period": begun, "months": shown, "as_of": day_in_china(now())}


def filed(form: dict[str, Any]) -> Filed:
    """Put the form and the headers of a filing together; refuses with BAD_INPUT without a key."""
    match, sent_at = request.headers.get("If-Match", "").strip(), form.get("sent_at")
    offset: int | None = form.get("clock_offset_s")
    if sent_at is not None:
        offset = round((sent_at - now()) / dt.timedelta(seconds=1))
        offset = max(-MOST_OFFSET_S, min(MOST_OFFSET_S, offset))
    return Filed(
        filing_key(), Figures.named(form), is_nil=form["is_nil"], note=form.get("note") or None,
        reason=(form.get("reason") or "").strip() or None, captured_at=form.get("captured_at"), clock_offset_s=offset,
        clock=ClockSchema().dump(form["clock"]) if form.get("clock") else None,
        seen_version=seen_revision() if match else None, replaces_any=match == "*",
    )  # fmt: skip


def filing_key() -> str:
    """Give the Idempotency-Key in its one spelling; refuses with BAD_INPUT what is not a UUID."""
    try:
        return str(uuid.UUID(request.headers.get("Idempotency-Key", "")))
    except ValueError as error:
        raise Refusal("BAD_INPUT", errors={"Idempotency-Key": ["应为 UUID / must be a UUID"]}) from error
