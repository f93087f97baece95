"""The request boundary: one session a request; returning commits, raising rolls back, the answer goes out after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from api.errors import refuse_for_database
from stations.people.access import NOBODY, Caller, require

P = ParamSpec("P")
T = TypeVar("T")


def sessions() -> sessionmaker[Session]:
    """Give the application's session factory."""
    factory: sessionmaker[Session] = current_app.extensions["cunzhan_sessions"]
    return factory


def session() -> Session:
    """Give this request's session, opened at its first use; one that answers GET or HEAD never waits for a writer."""
    if "session" not in g:
        g.session = sessions()()
        if request.method in ("GET", "HEAD", "OPTIONS"):
            g.session.connection(execution_options={"reading": True})
    held: Session = g.session
    return held


def now() -> dt.datetime:
    """Give the instant of this request, the same wherever it is asked for; tests set the clock through the app."""
    if "now" not in g:
        g.now = current_app.extensions["cunzhan_clock"]()
    instant: dt.datetime = g.now
    return instant


def caller() -> Caller:
    """Give who is asking, as sign-in found it."""
    found: Caller = g.get("caller", NOBODY)
    return found


def may(action: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Name the one action of the access table that a route is; a route without it fails the tests."""

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            require(caller(), action)
            return view(*args, **kwargs)

        guarded.access_action = action  # type: ignore[attr-defined]  # read by the access test over the URL map
        return guarded

    return mark


def install_boundary(app: Flask) -> None:
    """Commit after a view that succeeded, roll back after one that did not, before the answer leaves."""

    @app.after_request
    def commit_or_roll_back(response: Response) -> Response:
        held: Session | None = g.get("session")
        if held is not None:
            try:
                if response.status_code < 400:
                    held.commit()
                else:
                    held.rollback()
            except OperationalError as error:
                # A full disk often shows only here: the success that was to be said must not go out.
                held.rollback()
                return refuse_for_database(error)
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        held: Session | None = g.pop("session", None)
        if held is not None:
            held.close()


def json_body_limit() -> int:
    """Give the largest text body that is read, in bytes; photos come in pieces and have their own limit."""
    limit: int = current_app.config["MAX_JSON_BYTES"]
    return limit

