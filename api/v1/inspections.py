"""Visits over HTTP: taken in from phones, read by staff, with their photos."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api.boundary import caller, json_body_limit, may, now, session
from api.errors import error_body
from api.photo_room import photo_answer, photo_store
from api.revisions import seen_or_not
from api.sent_bytes import whole_text
from field_app_schema.inspections import InspectionPageSchema, InspectionSchema, PhotoQuerySchema, VisitQuerySchema
from field_app_schema.sync import KeptReceiptSchema, ReceiptSchema
from field_app_schema.visit_returns import NewVisitReturnSchema
from field_app_schema.visits import VISIT_QUESTIONS, VisitSchema, read_visit
from inspections.arriving.taking_in import take_in
from inspections.quarantine.accepting import KeptReceipt
from inspections.review.reading import list_reviewed, read_reviewed
from inspections.review.returning import ReturnWish, return_visit
from inspections.signage.photos.crops import SIGN, show_crop
from inspections.visits.answering import Receipt
from inspections.visits.photos import show_photo
from inspections.visits.reading import VisitLine, VisitPage

blp = Blueprint("inspections", __name__, description="现场检查 / visits")

# The body is documented from its schema but read as bytes: what cannot be parsed must be kept too.
VISIT_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": VisitSchema}}}}


def answer_of(taken: Receipt | KeptReceipt) -> tuple[dict[str, Any], int]:
    """Give the body and the status with which one record is answered."""
    if isinstance(taken, Receipt):
        body: dict[str, Any] = ReceiptSchema().dump(taken)
        return body, 201 if taken.is_new else 200
    return kept_answer(taken)


def kept_answer(taken: KeptReceipt) -> tuple[dict[str, Any], int]:
    """Give the body and the status that say where a record was kept, and why."""
    reason = error_body(taken.reason.kind, taken.reason.errors, taken.reason.details)
    return {"code": "KEPT_ASIDE", "reason": reason, "quarantine_id": taken.quarantine_id, "durable": taken.durable,
            "sha256": taken.sha256}, 202  # fmt: skip


@blp.route("/inspections/<string:inspection_id>", methods=["PUT"])
@may("visit.record")
@blp.doc(**VISIT_BODY)
@blp.response(201, ReceiptSchema)
@blp.alt_response(200, schema=ReceiptSchema, description="The same bytes again: the same receipt.")
@blp.alt_response(202, schema=KeptReceiptSchema, description="Kept aside for a person to settle.")
def put_inspection(inspection_id: str) -> Response:
    """Take in a visit, once, whatever the line does. 接收一次检查记录。"""
    body = whole_text(json_body_limit())
    taken = take_in(session(), caller(), inspection_id, body, read=read_visit, now=now(),
                    user_agent=request.headers.get("User-Agent"))  # fmt: skip
    told, status = answer_of(taken)
    response = jsonify(told)
    response.status_code = status
    return response


@blp.route("/inspections")
@may("visit.read")
@blp.arguments(VisitQuerySchema, location="query")
@blp.response(200, InspectionPageSchema)
def get_inspections(query: dict[str, Any]) -> VisitPage:
    """List visits in scope, newest first. 检查记录列表。"""
    return list_reviewed(session(), caller(), **query)


@blp.route("/inspections/<string:inspection_id>")
@may("visit.read")
@blp.response(200, InspectionSchema)
def get_inspection(inspection_id: str) -> VisitLine:
    """Read one visit. 查看一次检查。"""
    return read_reviewed(session(), caller(), inspection_id)


@blp.route("/inspections/<string:inspection_id>/return", methods=["POST"])
@may("visit.return")
@blp.arguments(NewVisitReturnSchema)
@blp.response(200, InspectionSchema)
def return_to_phone(asked: dict[str, Any], inspection_id: str) -> VisitLine:
    """Send a visit back to its inspector, with what is to be looked at again. 退回检查。"""
    wish = ReturnWish(asked["note"], asked["marks"])
    return_visit(session(), caller(), inspection_id, wish, questions=VISIT_QUESTIONS, now=now(), seen=seen_or_not())
    return read_reviewed(session(), caller(), inspection_id)


@blp.route("/inspections/<string:inspection_id>/photos/<string:sha256>")
@may("photo.read")
@blp.arguments(PhotoQuerySchema, location="query")
@blp.response(200, {"type": "string", "format": "binary"}, content_type="image/*")
def get_photo(query: dict[str, Any], inspection_id: str, sha256: str) -> Response:
    """Show a photo of a visit, small, marked, its sign or as it came; a preview while it is awaited. 查看检查照片。"""
    if query["size"] == SIGN:
        return photo_answer(show_crop(session(), photo_store(), caller(), inspection_id, sha256))
    return photo_answer(show_photo(session(), photo_store(), caller(), inspection_id, sha256, query["size"]))
