"""Sync over HTTP: what is missing, and many small records at once."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.photo_room import staging
from api.sent_bytes import whole_text
from api.v1.forms import forms_tag
from api.v1.inspections import answer_of
from field_app_schema.refusals import Refusal
from field_app_schema.sync import (
    BatchReceiptSchema,
    BatchSchema,
    KeptReceiptSchema,
    PlanRequestSchema,
    PlanSchema,
    read_batch,
)
from field_app_schema.visits import read_visit
from inspections.arriving.taking_in import take_in_many
from inspections.changes.changing import has_news
from inspections.changes.planning import plan_records
from inspections.photos.previews import preview_statuses
from inspections.photos.receiving import media_statuses
from inspections.quarantine.accepting import KeptReceipt
from inspections.quarantine.keeping import keep_batch
from inspections.visits.time_signing import signed_now
from stations.sales.review.mine import months_tag

blp = Blueprint("sync", __name__, description="同步 / sync")

MAX_BATCH_BYTES = 5_000_000


@blp.route("/sync/plan", methods=["POST"])
@may("sync.plan")
@blp.arguments(PlanRequestSchema)
@blp.response(200, PlanSchema)
def post_plan(wanted: dict[str, Any]) -> dict[str, Any]:
    """Say what the server lacks, before anything heavy is sent. 查询服务器还缺什么。"""
    statuses = plan_records(session(), [(claim["id"], claim["sha256"]) for claim in wanted["records"]])
    media = media_statuses(session(), staging(), caller(), [claim["sha256"] for claim in wanted["media"]])
    return {
        "server_time": now(), "signed_time": signed_now(session(), caller(), now=now()),
        "records": [{"id": record_id, "status": status} for record_id, status in statuses.items()],
        "media": media, "previews": preview_statuses(session(), caller(), wanted["previews"]), "news": _news(wanted),
    }  # fmt: skip


@blp.route("/sync/records", methods=["POST"])
@may("visit.record")
@blp.doc(requestBody={"required": True, "content": {"application/json": {"schema": BatchSchema}}})
@blp.response(200, BatchReceiptSchema)
@blp.alt_response(202, schema=KeptReceiptSchema, description="Not a batch: kept aside whole.")
def post_records() -> Response:
    """Take in up to fifty visits, each by itself, and answer in their order. 批量接收检查记录。"""
    body = whole_text(MAX_BATCH_BYTES)
    agent = request.headers.get("User-Agent")
    try:
        records = read_batch(body)
    except Refusal as refusal:
        kept = keep_batch(session(), caller(), body, refusal, now=now(), user_agent=agent)
        told, status = answer_of(KeptReceipt(kept.id, kept.body_sha256, refusal))
        return _answer(told, status)
    taken = take_in_many(session(), caller(), records, read=read_visit, now=now(), user_agent=agent)
    answers = [{"status": status} | told for told, status in map(answer_of, taken)]
    return _answer({"receipts": answers}, 200)


def _answer(told: dict[str, Any], status: int) -> Response:
    response = jsonify(told)
    response.status_code = status
    return response


def _news(wanted: dict[str, Any]) -> dict[str, bool]:
    return {
        "forms": wanted["forms"] != forms_tag(),
        "changes": has_news(session(), caller(), wanted["cursor"]),
        "months": _has_new_months(wanted["months"]),
    }


def _has_new_months(held: str | None) -> bool:
    try:
        tag = months_tag(session(), caller(), now=now())
    except Refusal:
        # An owner whose station is out of reach has none; what the phone holds must go up all the same.
        return False
    return tag is not None and held != tag
