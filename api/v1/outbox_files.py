"""A phone's last-resort export, read in by staff."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_smorest import Blueprint

from api.boundary import caller, may, now, sessions
from api.config import Config
from api.outbox_import import OutboxImport
from api.photo_room import photo_store
from api.sent_bytes import spooled
from field_app_schema.outbox_files import OutboxQuerySchema, OutboxReportSchema

blp = Blueprint("outbox_files", __name__, description="手机导出文件 / a phone's export")

# A phone's outbox of five hundred visits with a thousand photos.
MAX_FILE_BYTES = 600_000_000
NDJSON = {"content": {"application/x-ndjson": {"schema": {"type": "string", "format": "binary"}}}}


@blp.route("/outbox-files", methods=["POST"])
@may("outbox.import")
@blp.doc(requestBody={"required": True} | NDJSON)
@blp.arguments(OutboxQuerySchema, location="query")
@blp.response(200, OutboxReportSchema)
def import_outbox_file(query: dict[str, Any]) -> dict[str, Any]:
    """Take in what a phone could only write to a file; a trial first. 导入手机导出的文件(先试)。"""
    config: Config = current_app.extensions["cunzhan_config"]
    with spooled(MAX_FILE_BYTES, config.var_dir) as file:
        wanted = OutboxImport(sessions(), photo_store(), caller(), query["dry_run"], now())
        return wanted.run(file, query["name"])
