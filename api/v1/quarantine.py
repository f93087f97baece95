"""What was kept aside, over HTTP: seen and settled by officers."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.photo_room import photo_store
from field_app_schema.found_stations import read_found
from field_app_schema.inspections import (
    KeptPageSchema,
    KeptQuerySchema,
    KeptSchema,
    KeptWholeSchema,
    SettlementSchema,
)
from field_app_schema.visits import read_visit
from inspections.arriving.settling import Settlement, settle
from inspections.photos.kept import whole_body
from inspections.quarantine.keeping import FOUND, VISIT
from inspections.quarantine.reading import KeptPage, find_kept_by_id, list_kept
from inspections.quarantine.tables import KeptAside

READERS = {VISIT: read_visit, FOUND: read_found}

blp = Blueprint("quarantine", __name__, description="待处理 / kept aside")


@blp.route("/quarantine")
@may("quarantine.settle")
@blp.arguments(KeptQuerySchema, location="query")
@blp.response(200, KeptPageSchema)
def get_quarantine(query: dict[str, Any]) -> KeptPage:
    """List what phones sent and could not be accepted. 待处理列表。"""
    return list_kept(session(), caller(), **query)


@blp.route("/quarantine/<int:kept_id>")
@may("quarantine.settle")
@blp.response(200, KeptWholeSchema)
def get_kept(kept_id: int) -> KeptAside:
    """Read one with its whole body. 查看一条待处理内容。"""
    return find_kept_by_id(session(), caller(), kept_id)


@blp.route("/quarantine/<int:kept_id>/body")
@may("quarantine.settle")
@blp.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
def get_kept_body(kept_id: int) -> Response:
    """Download the bytes as they came. 下载原始内容。"""
    body = whole_body(session(), photo_store(), caller(), kept_id)
    response = Response(body, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="kept-{kept_id}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blp.route("/quarantine/<int:kept_id>/settlement", methods=["POST"])
@may("quarantine.settle")
@blp.arguments(SettlementSchema)
@blp.response(200, KeptSchema)
def post_settlement(decided: dict[str, Any], kept_id: int) -> KeptAside:
    """Accept with corrections, reject, or mark as superseded; once. 处理一条内容。"""
    return settle(session(), caller(), kept_id, Settlement(**decided), readers=READERS, now=now())
