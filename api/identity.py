"""Find out who is asking: a phone by its bearer token, a browser by its session cookie."""

from __future__ import annotations

from flask import Flask, g, request

from api.boundary import now, session
from field_app_schema.refusals import Refusal
from stations.people.access import NOBODY, Caller
from stations.people.signing_in import caller_of_browser, caller_of_phone

COOKIE = "cunzhan_session"
# A page anybody may see must not fail because an old cookie lies about.
SAFE = ("GET", "HEAD", "OPTIONS")


def install_identity(app: Flask) -> None:
    """Set `g.caller` before each request; a browser's change must carry its CSRF token."""

    @app.before_request
    def recognise() -> None:
        g.caller = _caller()


def _caller() -> Caller:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return caller_of_phone(session(), header.removeprefix("Bearer ").strip(), now())
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return NOBODY
    found = caller_of_browser(session(), cookie, now())
    if found is None:
        return NOBODY
    g.csrf_token = found.csrf_token
    if request.method not in SAFE and request.headers.get("X-CSRF-Token", request.form.get("csrf_token")) != (
        found.csrf_token
    ):
        raise Refusal("CSRF_FAILED")
    return found.caller
