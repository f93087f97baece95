"""Find out who is asking: a phone by its bearer token, a browser by its session cookie."""

from __future__ import annotations

import hmac

from flask import Flask, Response, after_this_request, current_app, g, request

from api.boundary import now, session, sessions
from api.config import Config
from db import reading, writing
from field_app_schema.refusals import Refusal
from stations.people.access import NOBODY, Caller
from stations.people.browsers import NewSession, note_wrong_guess, open_session, take_guess
from stations.people.devices import note_sync
from stations.people.signing_in import SignedInBrowser, caller_of_browser, caller_of_phone

# A page anybody may see must not fail because an old cookie lies about.
SAFE = ("GET", "HEAD", "OPTIONS")
SIGN_IN = ("POST", "/api/v1/session")
SYNC = ("/api/v1/sync", "/api/v1/inspections")


def install_identity(app: Flask) -> None:
    """Set `g.caller` before each request; a browser's change must carry its CSRF token."""

    @app.before_request
    def recognise() -> None:
        # A short look of its own: the request's transaction opens only when its body has been read, so that a phone
        # on a slow line never holds SQLite's write lock while it is still sending.
        g.caller = _caller()

    @app.after_request
    def note_phone(response: Response) -> Response:
        sent = request.method in ("POST", "PUT") and request.path.startswith(SYNC)
        if sent and response.status_code < 400 and "session" in g and g.caller.device_id is not None:
            note_sync(session(), g.caller.device_id, now=now())
        return response


def cookie_name() -> str:
    """Give the name of the session cookie; `__Host-` makes browsers hold it to this host and to HTTPS."""
    return "__Host-cunzhan_session" if _config().cookie_secure else "cunzhan_session"


def session_token() -> str:
    """Give the token in this browser's session cookie, or nothing."""
    return request.cookies.get(cookie_name(), "")


def _give_cookie(new: NewSession) -> None:
    @after_this_request
    def hand_over(response: Response) -> Response:
        # Out of reach of scripts, and not sent along by other sites' forms.
        response.set_cookie(
            cookie_name(), new.token, expires=new.expires_at, httponly=True, samesite="Lax",
            secure=_config().cookie_secure,
        )  # fmt: skip
        return response


def take_cookie_back() -> None:
    """Make the browser forget its session cookie with this answer."""

    @after_this_request
    def forget(response: Response) -> Response:
        response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=_config().cookie_secure)
        return response


def begin_session(username: str, password: str) -> None:
    """Sign somebody in for this answer and those to come, or refuse with SIGN_IN_FAILED or SIGN_IN_PAUSED.

    It holds its own transactions: a wrong guess must stay counted although the answer is a refusal, and the slow check
    of the password must hold none.
    """
    with writing(sessions()) as own:
        guess = take_guess(own, username.strip().lower(), now=now())
    right = guess.is_right(password)
    with writing(sessions()) as own:
        if right:
            new = open_session(own, guess, now=now(), hours=_config().session_hours)
        else:
            note_wrong_guess(own, guess, now=now())
    if not right:
        raise Refusal("SIGN_IN_FAILED")
    _give_cookie(new)
    found = _signed_in(new.token)
    if found is not None:
        g.csrf_token, g.caller = found.csrf_token, found.caller


def _caller() -> Caller:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        with reading(sessions()) as own:
            return caller_of_phone(own, header.removeprefix("Bearer ").strip(), now())
    if not session_token() or (request.method, request.path) == SIGN_IN:
        return NOBODY
    found = _signed_in(session_token())
    if found is None:
        return NOBODY
    g.csrf_token = found.csrf_token
    if request.method not in SAFE and not hmac.compare_digest(_sent_csrf().encode(), found.csrf_token.encode()):
        raise Refusal("CSRF_FAILED")
    return found.caller


def _signed_in(token: str) -> SignedInBrowser | None:
    with reading(sessions()) as own:
        return caller_of_browser(own, token, now())


def _sent_csrf() -> str:
    sent = request.headers.get("X-CSRF-Token")
    return sent if sent is not None else request.form.get("csrf_token", "")


def _config() -> Config:
    config: Config = current_app.extensions["cunzhan_config"]
    return config
