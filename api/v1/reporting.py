"""Around the months: when reporting begins, which months are excused, who may file a locked one."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from field_app_schema.reporting import (
    AroundMonthsQuerySchema,
    ExcusePageSchema,
    ExcuseQuerySchema,
    ExcusesSchema,
    LeavePageSchema,
    LeaveSchema,
    NewExcuseSchema,
    NewLeaveSchema,
    NewStartSchema,
    StartSchema,
    StartsSchema,
)
from field_app_schema.vocab_months import ExcuseReason
from stations.records.frames import unit_asked
from stations.records.periods import parse_period, parse_periods
from stations.register.lookup.reading import find_station
from stations.sales.calendar.beginning import Start, begin, list_starts
from stations.sales.calendar.excusing import excuse, list_excuses, withdraw
from stations.sales.calendar.unlocking import Leave, grant, list_leaves, revoke

blp = Blueprint("reporting", __name__, description="月报的起点、免报和补报许可 / beginnings, excuses, lock exceptions")

# Beyond this no database counts on, and nobody turns so many pages.
FARTHEST = 10_000_000
PAGED = {"page": 1, "page_size": 100, "max_page_size": 500}


@blp.route("/reporting-starts", methods=["POST"])
@may("reporting.begin")
@blp.arguments(NewStartSchema)
@blp.response(201, StartSchema)
def begin_collecting(told: dict[str, str]) -> Start:
    """Let a county collect reports from a month on; again with an earlier month moves it back, never later."""
    return begin(session(), caller(), told["unit_code"], parse_period(told["first_period"]), now=now())


@blp.route("/reporting-starts")
@may("report.read")
@blp.response(200, StartsSchema)
def starts() -> dict[str, Any]:
    """The counties of my area that collect reports, and from which month on."""
    return {"starts": list_starts(session(), caller())}


@blp.route("/period-excuses", methods=["POST"])
@may("report.excuse")
@blp.arguments(NewExcuseSchema)
@blp.response(201, ExcusesSchema)
def excuse_months(told: dict[str, Any]) -> dict[str, Any]:
    """Excuse a month of some stations, all or none; it leaves the denominator with its reason."""
    codes, month = sorted(set(told["stations"])), parse_period(told["period"])
    reason = ExcuseReason(told["reason_code"])
    return {"excuses": excuse(session(), caller(), codes, month, reason, told.get("note"), now=now())}


@blp.route("/period-excuses")
@may("report.read")
@blp.arguments(ExcuseQuerySchema, location="query")
@blp.response(200, ExcusePageSchema)
@blp.paginate(**PAGED)
def excuses(asked: dict[str, str], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """The excuses of a unit, withdrawn ones too, newest first."""
    unit, page = unit_asked(session(), caller(), asked.get("ou")), pagination_parameters
    months = parse_periods(asked["period"], now()) if "period" in asked else None
    first = min(page.first_item, FARTHEST)
    found, total = list_excuses(session(), caller(), unit, periods=months, offset=first, limit=page.page_size)
    page.item_count = total
    return {"excuses": found, "total": total}


@blp.route("/period-excuses/<int:excuse_id>", methods=["DELETE"])
@may("report.excuse")
@blp.response(204)
def withdraw_excuse(excuse_id: int) -> None:
    """Take an excuse back: the month is owed again; the row stays."""
    withdraw(session(), caller(), excuse_id, now=now())


@blp.route("/lock-exceptions", methods=["POST"])
@may("report.unlock")
@blp.arguments(NewLeaveSchema)
@blp.response(201, LeaveSchema)
def grant_exception(told: dict[str, Any]) -> Leave:
    """Give leave to file a locked month, for a unit or one station, for at most 90 days."""
    station = find_station(session(), caller(), told["station"]) if "station" in told else None
    unit = unit_asked(session(), caller(), told["unit_code"]) if "unit_code" in told else None
    month, until = parse_period(told["period"]), told["expires_at"]
    return grant(session(), caller(), unit, station, month, reason=told["reason"], expires_at=until, now=now())


@blp.route("/lock-exceptions")
@may("report.read")
@blp.arguments(AroundMonthsQuerySchema, location="query")
@blp.response(200, LeavePageSchema)
@blp.paginate(**PAGED)
def exceptions(asked: dict[str, str], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """The lock exceptions that concern my area, newest first, with those that ended."""
    page, months = pagination_parameters, parse_periods(asked["period"], now()) if "period" in asked else None
    first = min(page.first_item, FARTHEST)
    found, total = list_leaves(session(), caller(), periods=months, now=now(), offset=first, limit=page.page_size)
    page.item_count = total
    return {"exceptions": found, "total": total}


@blp.route("/lock-exceptions/<int:exception_id>", methods=["DELETE"])
@may("report.unlock")
@blp.response(204)
def revoke_exception(exception_id: int) -> None:
    """Take leave back; what was filed under it stands."""
    revoke(session(), caller(), exception_id, now=now())
