"""The county's return: sent, accepted or sent back; its export for the ministry's system, and the export's columns."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.downloads import download
from field_app_schema.county_returns import (
    CountyReturnSchema,
    CountyReturnsSchema,
    ReturnDecisionSchema,
    ReturnsQuerySchema,
    ReturnWishSchema,
    UnitQuerySchema,
)
from field_app_schema.return_export import (
    ExportQuerySchema,
    ExportSchema,
    ReturnColumnsSchema,
    ReturnColumnsToldSchema,
)
from field_app_schema.vocab_months import ReturnState
from stations.records.periods import parse_period
from stations.register.ledger.writing_sheet import CSV, XLSX
from stations.sales.returns.columns import Column, replace_columns, tell_columns
from stations.sales.returns.export_files import write_csv, write_json, write_xlsx
from stations.sales.returns.exporting import ExportWish, export_table, month_asked
from stations.sales.returns.listing import list_returns, tell_return
from stations.sales.returns.sending import ReturnWish, decide_return, send_return

blp = Blueprint("county_returns", __name__, description="县汇总 / the county's return")


@blp.route("/county-returns")
@may("return.read")
@blp.arguments(ReturnsQuerySchema, location="query")
@blp.response(200, CountyReturnsSchema)
def county_returns(query: dict[str, Any]) -> dict[str, Any]:
    """The returns below a unit, every version; of a month, with the counties that are waited for."""
    asked = None if query["period"] is None else parse_period(query["period"])
    return list_returns(session(), caller(), query["ou"], asked, now=now())


@blp.route("/county-returns", methods=["POST"])
@may("return.send")
@blp.arguments(ReturnWishSchema)
@blp.response(200, CountyReturnSchema)
def send(wish: dict[str, Any]) -> dict[str, Any]:
    """Send a county's month to the province; a trial only shows what would be sent."""
    asked = ReturnWish(wish["county"], parse_period(wish["period"]), wish["note"], is_trial=wish["dry_run"])
    return tell_return(session(), caller(), send_return(session(), caller(), asked, now=now()))


@blp.route("/county-returns/<int:return_id>/accept", methods=["POST"])
@may("return.decide")
@blp.arguments(ReturnDecisionSchema)
@blp.response(200, CountyReturnSchema)
def accept(told: dict[str, Any], return_id: int) -> dict[str, Any]:
    """Accept a county's return; the month is then locked."""
    decided = decide_return(session(), caller(), return_id, ReturnState.ACCEPTED, told["note"], now=now())
    return tell_return(session(), caller(), decided)


@blp.route("/county-returns/<int:return_id>/return", methods=["POST"])
@may("return.decide")
@blp.arguments(ReturnDecisionSchema)
@blp.response(200, CountyReturnSchema)
def send_back(told: dict[str, Any], return_id: int) -> dict[str, Any]:
    """Send a county's return back, with a word why; the county may then correct and send again."""
    decided = decide_return(session(), caller(), return_id, ReturnState.RETURNED, told["note"], now=now())
    return tell_return(session(), caller(), decided)


@blp.route("/exports/mofcom-monthly")
@may("return.export")
@blp.arguments(ExportQuerySchema, location="query")
@blp.response(200, ExportSchema)
def export(query: dict[str, Any]) -> Response:
    """A month for 农村电子商务和社区商业信息系统, in the office's own columns: JSON, CSV or XLSX."""
    wish = ExportWish(month_asked(query["pe"], now()), query["ou"], query["by"] == "station")
    table = export_table(session(), caller(), wish, now=now())
    form, name = query["format"], f"{table.unit}-{table.period}"
    if form == "json":
        return jsonify(ExportSchema().dump(write_json(table)))
    content = write_xlsx(table) if form == "xlsx" else write_csv(table)
    kind = XLSX if form == "xlsx" else CSV
    return download(content, kind, f"月报-{name}.{form}", f"month-{name}.{form}")


@blp.route("/exports/mofcom-monthly/columns")
@may("return.export")
@blp.arguments(UnitQuerySchema, location="query")
@blp.response(200, ReturnColumnsSchema)
def columns(query: dict[str, Any]) -> dict[str, Any]:
    """The columns of a unit's export: its own, those of the unit above, or those shipped."""
    return tell_columns(session(), caller(), query["ou"])


@blp.route("/exports/mofcom-monthly/columns", methods=["PUT"])
@may("return.export")
@blp.arguments(UnitQuerySchema, location="query")
@blp.arguments(ReturnColumnsToldSchema)
@blp.response(200, ReturnColumnsSchema)
def put_columns(query: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Let the own office's export have these columns; with none, those of the unit above apply again."""
    replace_columns(session(), caller(), query["ou"], [Column(**one) for one in told["columns"]], now=now())
    return tell_columns(session(), caller(), query["ou"])
