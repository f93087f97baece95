"""Files as they are: the staff pages' own, and the built phone client under /app/."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from api.boundary import may
from api.compact import send_file_compactly
from api.pages.frame import install_refusals, show
from field_app_schema.refusals import Refusal
from web_map.pages import STATIC

files = Blueprint("files", __name__)
install_refusals(files)

PHONE = Path(__file__).resolve().parents[2] / "field_app" / "dist"
PHONE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@files.get("/static/<path:path>")
@may("anyone")
def static_file(path: str) -> Response:
    """One of the staff pages' own files, checked for a newer edition at each use."""
    return _as_it_is(send_file_compactly(STATIC, path))


@files.get("/app")
@may("anyone")
def phone_door() -> AnyResponse:
    """The phone's address with its slash, which its service worker's scope needs."""
    return redirect("/app/")


@files.get("/app/")
@files.get("/app/<path:path>")
@may("anyone")
def phone(path: str = "") -> Response:
    """The built phone client; an address without a file is one of its own screens."""
    if not (PHONE / "index.html").is_file():
        return show("not_built.html", status=503)
    if path.startswith("assets/") and not (PHONE / path).is_file():
        raise Refusal("NOT_FOUND")
    name = path if path and (PHONE / path).is_file() else "index.html"
    response = _as_it_is(send_file_compactly(PHONE, name))
    if name.startswith("assets/"):
        # Named by their content by the build, so they never change.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = PHONE_POLICY
    return response


def _as_it_is(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    return response
