"""Staff signing in and out of a browser, and who somebody is."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_smorest import Blueprint

from api.boundary import caller, may, session
from api.identity import begin_session, session_token, take_cookie_back
from field_app_schema.people import SessionSchema, SignInSchema
from stations.people.browsers import close_session
from stations.people.profile import permissions_of, read_person

blp = Blueprint("session", __name__, description="登录 / signing in")


@blp.route("/session")
@may("self.read")
@blp.response(200, SessionSchema)
def read_session() -> dict[str, Any]:
    """Who am I, and what may I do."""
    person = read_person(session(), caller().account_id)
    return {"account": person, "permissions": permissions_of(caller()), "csrf_token": g.get("csrf_token")}


@blp.route("/session", methods=["POST"])
@may("anyone")
@blp.arguments(SignInSchema)
@blp.response(200, SessionSchema)
def sign_in(asked: dict[str, str]) -> dict[str, Any]:
    """Sign in with a password; sets the session cookie. After five wrong ones each further try must wait longer."""
    begin_session(asked["username"], asked["password"])
    person = read_person(session(), caller().account_id)
    return {"account": person, "permissions": permissions_of(caller()), "csrf_token": g.get("csrf_token")}


@blp.route("/session", methods=["DELETE"])
@may("self.read")
@blp.response(204)
def sign_out() -> None:
    """Sign this browser out."""
    close_session(session(), session_token())
    take_cookie_back()
