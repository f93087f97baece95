"""The county's review: accept a report, send it back, accept many at once, file a month by workbook."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.downloads import download
from api.revisions import seen_revision, with_revision
from api.uploads import UploadParser
from field_app_schema.reviews import (
    ALL,
    AcceptManySchema,
    AcceptSummarySchema,
    MonthImportFormSchema,
    MonthImportSchema,
    MonthWorkbookQuerySchema,
    ReturnReportSchema,
    ReviewedReportSchema,
)
from stations.records.frames import unit_asked
from stations.records.periods import parse_period, written
from stations.register.ledger.writing_sheet import XLSX
from stations.sales.review.accepting_many import AcceptSummary, AcceptWish, accept_many
from stations.sales.review.deciding import Decided, Returning, accept_report, permissions, return_report
from stations.sales.workbook.importing import import_month
from stations.sales.workbook.writing import month_workbook

blp = Blueprint("reviews", __name__, description="月报审核 / the county's review of reports")
blp.ARGUMENTS_PARSER = UploadParser()
BINARY = {"type": "string", "format": "binary"}


def answer_of(made: Decided) -> Response:
    """Answer a decided report, with its version as ETag."""
    report = made.report
    body = {
        "station": made.station.code, "period": written(report.period), "version": report.version,
        "state": report.state, "changed_at": report.changed_at,
        "permissions": permissions(caller(), report, made.standing),
    }  # fmt: skip
    return with_revision(ReviewedReportSchema().dump(body), report.version)


@blp.route("/sales-reports/<string:station>/<string:period>/accept", methods=["POST"])
@may("report.review")
@blp.response(200, ReviewedReportSchema)
def accept(station: str, period: str) -> Response:
    """Accept a submitted report; never one's own proxy entry; needs If-Match (the version that was read)."""
    month, seen = parse_period(period), seen_revision()
    return answer_of(accept_report(session(), caller(), station, month, seen, now=now()))


@blp.route("/sales-reports/<string:station>/<string:period>/return", methods=["POST"])
@may("report.review")
@blp.arguments(ReturnReportSchema)
@blp.response(200, ReviewedReportSchema)
def send_back(told: dict[str, Any], station: str, period: str) -> Response:
    """Return a report to its owner with the reason and the fields to look at; needs If-Match."""
    month, seen = parse_period(period), seen_revision()
    why = Returning(told["reason_code"], told["note"], told["fields_marked"])
    return answer_of(return_report(session(), caller(), station, month, seen, why, now=now()))


@blp.route("/sales-reports/bulk-accept", methods=["POST"])
@may("report.review")
@blp.arguments(AcceptManySchema)
@blp.response(200, AcceptSummarySchema)
def bulk_accept(told: dict[str, Any]) -> AcceptSummary:
    """Accept the reports of a unit's month or of named stations; a trial (`dry_run`) answers alike."""
    wish = AcceptWish(
        parse_period(told["period"]), told.get("ou"), told.get("stations", ()), told["atomic_mode"] == ALL,
        told["dry_run"],
    )  # fmt: skip
    return accept_many(session(), caller(), wish, now=now())


@blp.route("/months/<string:period>/workbook")
@may("report.import")
@blp.arguments(MonthWorkbookQuerySchema, location="query")
@blp.response(200, BINARY, content_type=XLSX)
def workbook(asked: dict[str, Any], period: str) -> Response:
    """The county's month to be filled in: its stations, what is filed, and the month before to look at."""
    month, county = parse_period(period), unit_asked(session(), caller(), asked["county"])
    content, name = month_workbook(session(), caller(), county, month, now=now()), f"{county.code}-{period}.xlsx"
    return download(content, XLSX, f"月报-{name}", f"month-{name}")


@blp.route("/months/<string:period>/import", methods=["POST"])
@may("report.import")
@blp.arguments(MonthImportFormSchema, location="files")
@blp.response(200, MonthImportSchema)
def take_workbook(form: dict[str, Any], period: str) -> dict[str, Any]:
    """Try a filled workbook, or import it whole; what stands already is passed over, wrong cells are all named."""
    month, county = parse_period(period), unit_asked(session(), caller(), form["county"])
    content = form["file"].read()
    return import_month(session(), caller(), county, month, content, dry_run=form["dry_run"], now=now())
