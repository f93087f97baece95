"""The code on a print, asked by anybody."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint

from api.boundary import may, now, session
from api.photo_room import photo_store
from field_app_schema.verification import CoarseQuerySchema, VerificationSchema
from inspections.verifying.photos import VerifiedPhoto, coarse_picture, verified_photos
from inspections.verifying.rehashing import Rehashing

blp = Blueprint("verification", __name__, description="照片核验 / photos verified")


@blp.route("/public/photos/<string:code>")
@may("anyone")
@blp.response(200, VerificationSchema)
def photos_of_code(code: str) -> dict[str, list[VerifiedPhoto]]:
    """The received photos that a code on a print stands for: where, when, and whether they are unaltered."""
    return {"photos": verified_photos(session(), photo_store(), _rehashing(), code, now=now())}


@blp.route("/public/photos/<string:code>/picture")
@may("anyone")
@blp.arguments(CoarseQuerySchema, location="query")
@blp.response(200, description="A JPEG of at most 96 px a side.", content_type="image/jpeg")
def picture_of_code(asked: dict[str, Any], code: str) -> Response:
    """The photo too coarse to know a person by, to compare a print with."""
    body, tag = coarse_picture(session(), photo_store(), code, asked["sha256"])
    response = Response(body, content_type="image/jpeg")
    response.set_etag(tag)
    # Short: a photo that turns out to show what nobody should see must not go on from caches.
    response.headers["Cache-Control"] = "private, max-age=300"
    response.make_conditional(request)
    return response


def _rehashing() -> Rehashing:
    found: Rehashing = current_app.extensions.setdefault("cunzhan_rehashing", Rehashing())
    return found
