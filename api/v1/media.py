"""Photos over HTTP: sent in pieces that go on where they stopped, each named by its SHA-256."""

from __future__ import annotations

from flask import Response, jsonify
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session, sessions
from api.errors import error_body
from api.photo_room import photo_store, staging
from api.sent_bytes import photo_piece, preview_bytes
from db import reading
from field_app_schema.refusals import REFUSALS, Refusal
from field_app_schema.sync import KeptMediumSchema, MediumStatusSchema, PreviewReceiptSchema
from inspections.arriving.arrivals import note_whole
from inspections.photos.previews import check_preview, note_preview, preview_statuses, store_preview
from inspections.photos.receiving import (
    MediumStatus,
    WholeFile,
    check_name,
    find_aside,
    medium_status,
    take_piece,
)
from inspections.quarantine.tables import KeptAside

PREVIEW_TYPES = ("image/jpeg", "image/webp")

blp = Blueprint("media", __name__, description="照片 / photos")


@blp.route("/media/<string:sha256>", methods=["HEAD"])
@may("visit.record")
@blp.response(200, description="`Upload-Offset` says how many bytes the server holds; 0 when none.")
def head_medium(sha256: str) -> Response:
    """Say from which byte a photo goes on. 查询照片续传位置。"""
    status = medium_status(session(), staging(), caller(), check_name(sha256))
    response = Response(status=200, headers={"Cache-Control": "no-store"})
    response.headers["Upload-Offset"] = str(status.received_bytes)
    response.headers["Upload-Complete"] = "?1" if status.complete else "?0"
    return response


@blp.route("/media/<string:sha256>", methods=["PUT"])
@may("visit.record")
@blp.doc(requestBody={"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}})
@blp.response(201, MediumStatusSchema, description="The photo is whole and held for good.")
@blp.alt_response(200, schema=MediumStatusSchema, description="The piece is held for good; more is awaited.")
@blp.alt_response(202, schema=KeptMediumSchema, description="Whole, but not an accepted picture: kept aside.")
def put_medium(sha256: str) -> Response:
    """Take a piece of a photo, or all of it. 接收照片(可分片续传)。"""
    piece, all_came = photo_piece()
    with reading(sessions()) as looking:
        known = medium_status(looking, staging(), caller(), check_name(sha256))
        if known.complete:
            aside = find_aside(looking, sha256)
            return _aside(aside) if aside is not None else _status(known, 200)
    taken = take_piece(staging(), photo_store(), caller().account_id or 0, sha256, piece)
    if not all_came:
        raise Refusal("BODY_MALFORMED", offset=staging().received_bytes(caller().account_id or 0, sha256))
    return _status(taken, 200) if isinstance(taken, MediumStatus) else _note(taken)


@blp.route("/media/<string:sha256>/preview", methods=["PUT"])
@may("visit.record")
@blp.doc(requestBody={"content": {one: {"schema": {"type": "string", "format": "binary"}} for one in PREVIEW_TYPES}})
@blp.response(201, PreviewReceiptSchema)
@blp.alt_response(200, schema=PreviewReceiptSchema, description="It is there already, or the photo itself is.")
def put_preview(sha256: str) -> Response:
    """Take the small picture of a photo that is still on the phone. 接收照片预览。"""
    body = preview_bytes()
    with reading(sessions()) as looking:
        held = preview_statuses(looking, caller(), [check_name(sha256)])[0].held
    if held:
        return _preview_held(sha256, 200)
    check_preview(body)
    store_preview(photo_store(), caller(), sha256, body)
    return _preview_held(sha256, 201 if note_preview(session(), caller(), sha256, len(body), now=now()) else 200)


def _preview_held(sha256: str, status: int) -> Response:
    response = jsonify(PreviewReceiptSchema().dump({"sha256": sha256, "durable": True}))
    response.status_code = status
    return response


def _note(whole: WholeFile) -> Response:
    """Write the row of a whole file; the waiting pieces go only once the row is committed."""
    sender = caller().account_id or 0
    noted = note_whole(session(), caller(), whole, now=now())
    if whole.refusal is not None and whole.refusal.kind.retry:
        # Spoilt on the way: what came is kept, and the phone is told to send it again from its beginning.
        session().commit()
        staging().drop(sender, whole.sha256)
        raise Refusal(whole.refusal.code, offset=0, **whole.refusal.details)
    response = _aside(noted) if isinstance(noted, KeptAside) else _status(noted, 201)
    place = staging()
    response.call_on_close(lambda: place.drop(sender, whole.sha256))
    return response


def _status(status: MediumStatus, code: int) -> Response:
    response = jsonify(MediumStatusSchema().dump(status))
    response.status_code = code
    return response


def _aside(kept: KeptAside) -> Response:
    """Answer that the bytes are held for good, though not as a photo: the phone need not keep or send them again."""
    reason = error_body(REFUSALS[kept.refusal_code], kept.errors, {})
    response = jsonify({"code": "KEPT_ASIDE", "reason": reason, "quarantine_id": kept.id, "durable": True,
                        "sha256": kept.body_sha256, "received_bytes": kept.size_bytes, "complete": True})  # fmt: skip
    response.status_code = 202
    return response
