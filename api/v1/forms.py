"""The phone's forms over HTTP."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from flask import Response, request
from flask_smorest import Blueprint

from api.boundary import may
from field_app_schema.drawing import draw_forms
from field_app_schema.forms import FormsSchema

blp = Blueprint("forms", __name__, description="表单 / forms")


@cache
def _drawn() -> tuple[bytes, str]:
    """Give the forms as bytes and their tag; they change only with the program."""
    body = json.dumps(draw_forms(), ensure_ascii=False, separators=(",", ":")).encode()
    return body, hashlib.sha256(body).hexdigest()[:32]


def forms_tag() -> str:
    """Give the tag of the forms, as their ETag says it between its quotes."""
    return _drawn()[1]


@blp.route("/forms")
@may("form.read")
@blp.response(200, FormsSchema)
@blp.alt_response(304, description="Nothing has changed since the tag given in If-None-Match.")
def get_forms() -> Response:
    """Give the forms a phone draws. 手机端表单定义。"""
    body, tag = _drawn()
    response = Response(body, content_type="application/json; charset=utf-8")
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
