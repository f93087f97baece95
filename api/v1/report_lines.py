"""Months by a short line of text over HTTP: the county types in what an owner sent by SMS."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.errors import error_body
from field_app_schema.report_lines import LinesToldSchema, ReportLinesSchema, count_by_status
from stations.sales.lines.filing import LineTold, file_lines

blp = Blueprint("report_lines", __name__, description="短信月报 / months by text line")


@blp.route("/report-lines", methods=["POST"])
@may("report.import")
@blp.arguments(ReportLinesSchema)
@blp.response(200, LinesToldSchema)
def file_text(asked: dict[str, Any]) -> dict[str, Any]:
    """Read lines such as «JY001 202006 销12000 件35», show what they say, and file them in the owners' place."""
    dry_run = asked["dry_run"]
    lines = file_lines(session(), caller(), asked["text"], asked["station"], dry_run=dry_run, now=now())
    return {"dry_run": dry_run, "lines": [_told(line) for line in lines], "counts": count_by_status(lines)}


def _told(line: LineTold) -> dict[str, Any]:
    read, refusal = line.read, line.refusal
    figures = None if read is None else read.figures.on_the_wire() | {"is_nil": read.is_nil}
    reason = None if read is None else read.reason
    body = None if refusal is None else error_body(refusal.kind, refusal.errors, refusal.details)
    return {
        "line": line.line, "status": line.status, "station": line.station,
        "station_name": line.station_name, "period": line.period, "figures": figures, "reason": reason,
        "refusal": body,
    }  # fmt: skip
