"""The ledger: its template, a file taken in, what came of it, and the ledger of a day given out."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.downloads import download
from api.uploads import UploadParser
from field_app_schema.ledgers import (
    LedgerExportQuerySchema,
    LedgerFormSchema,
    LedgerImportSchema,
    LedgerJobQuerySchema,
    LedgerTakenSchema,
)
from stations.logistics.datums.warning import warn_of_ledger
from stations.register.ledger.exporting import ledger_table
from stations.register.ledger.running import LedgerWish, find_import, take_ledger
from stations.register.ledger.tables import LedgerImport
from stations.register.ledger.writing_sheet import CSV, XLSX, write_csv, write_template, write_xlsx

blp = Blueprint("ledgers", __name__, description="台账 / the station ledger")
blp.ARGUMENTS_PARSER = UploadParser()
BINARY = {"type": "string", "format": "binary"}


@blp.route("/ledgers/template.xlsx")
@may("station.read")
@blp.response(200, BINARY, content_type=XLSX)
def template() -> Response:
    """The empty ledger with its headers, one example and the words that are known."""
    return download(write_template(), XLSX, "台账模板.xlsx", "ledger-template.xlsx")


@blp.route("/ledgers", methods=["POST"])
@may("ledger.import")
@blp.arguments(LedgerFormSchema, location="files")
@blp.arguments(LedgerJobQuerySchema, location="query")
@blp.response(200, LedgerTakenSchema)
@blp.alt_response(202, schema=LedgerTakenSchema, description="后台处理 / asked for as a job")
def take(form: dict[str, Any], query: dict[str, Any]) -> Response:
    """Try a ledger file, or import it; long files become a job."""
    file, datum = form.pop("file"), form.pop("coord_system").value
    asked = LedgerWish(**form, coord_system=datum, as_job=query["as_job"] or None)
    taken = take_ledger(session(), caller(), file.filename or "", file.read(), asked, now=now(), guard=warn_of_ledger)
    response = jsonify(LedgerTakenSchema().dump(taken))
    response.status_code = 200 if taken.job_id is None else 202
    return response


@blp.route("/ledgers/<int:import_id>")
@may("ledger.import")
@blp.response(200, LedgerImportSchema)
def kept_import(import_id: int) -> LedgerImport:
    """One kept import: its file's hash, how it was read, and the result once there is one."""
    return find_import(session(), caller(), import_id)


@blp.route("/exports/ledger")
@may("ledger.export")
@blp.arguments(LedgerExportQuerySchema, location="query")
@blp.response(200, BINARY, content_type=XLSX)
def export(query: dict[str, Any]) -> Response:
    """The ledger of a unit as of a day and as known at an instant, as XLSX or CSV."""
    form, unit = query.pop("format"), query.pop("county") or caller().unit_code
    table = ledger_table(session(), caller(), unit_code=unit, now=now(), **query)
    content = write_xlsx(table) if form == "xlsx" else write_csv(table)
    name = f"{unit}-{table.as_of}.{form}"
    return download(content, XLSX if form == "xlsx" else CSV, f"台账-{name}", f"ledger-{name}")
