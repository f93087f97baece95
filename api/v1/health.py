"""Whether the server is up and its database answers; for machines that watch, without signing in."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from api.boundary import may, session
from api.version import VERSION
from db import ping

health = Blueprint("health", __name__)


@health.get("/healthz")
@may("anyone")
def healthz() -> Response:
    """Answer 200 with the version while the database answers; else the refusal BUSY (503)."""
    ping(session())
    return jsonify({"status": "ok", "version": VERSION})
