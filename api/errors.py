"""One shape for every «no»: the refusal table mapped to HTTP, and the framework's own errors mapped to the table."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from flask import Flask, Response, jsonify
from flask_smorest import Api
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from field_app_schema.messages import in_both_languages
from field_app_schema.refusals import REFUSALS, Refusal, RefusalKind

log = logging.getLogger("cunzhan")

BY_STATUS = {
    400: "BODY_MALFORMED", 401: "NOT_SIGNED_IN", 403: "NOT_ALLOWED", 404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT_VERSION", 412: "CONFLICT_VERSION", 413: "BODY_TOO_LARGE", 415: "BODY_MALFORMED", 422: "BAD_INPUT",
    428: "IF_MATCH_REQUIRED", 429: "TOO_MANY_REQUESTS",
}  # fmt: skip


def error_body(kind: RefusalKind, errors: dict[str, Any], details: dict[str, Any]) -> dict[str, Any]:
    """Give the one shape of an error answer: code, status, sentences, field errors, hints, details, retry."""
    return {
        "code": kind.code, "status": kind.status, "message": kind.zh, "message_en": kind.en, "errors": errors,
        "hint_zh": kind.hint_zh, "hint_en": kind.hint_en, "details": details, "retry": kind.retry,
    }  # fmt: skip


def refuse(refusal: Refusal) -> Response:
    """Turn a raised refusal into its answer; one that can be retried says when."""
    response = jsonify(error_body(refusal.kind, refusal.errors, refusal.details))
    response.status_code = refusal.kind.status
    if refusal.kind.retry:
        response.headers["Retry-After"] = str(refusal.details.get("retry_after_s", 5))
    return response


def refuse_for_database(error: OperationalError) -> Response:
    """Answer for a database that could not do it now: out of space, or busy; a later try may help."""
    log.exception("the database did not answer", exc_info=error)
    return refuse(Refusal("STORAGE_FULL" if _out_of_space(error) else "BUSY"))


def _out_of_space(error: BaseException | None) -> bool:
    # A full disk makes SQLite roll back by itself, so what arrives may be the savepoint missed after it.
    while error is not None:
        said = str(getattr(error, "orig", error))
        if "is full" in said or "No space left" in said:
            return True
        error = error.__cause__ or error.__context__
    return False


class OneShapeApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """flask-smorest with its errors in our shape; its own handler also drops the `Allow` header of a 405."""

    def handle_http_exception(self, error: HTTPException) -> Response:
        status = error.code or 500
        kind = REFUSALS[BY_STATUS.get(status, "INTERNAL")]
        found: dict[str, Any] = getattr(error, "data", None) or {}
        errors = in_both_languages(found.get("messages", found.get("errors", {})))
        response = jsonify(error_body(kind, errors, {}) | {"status": status})
        response.status_code = status
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response


def install_errors(app: Flask) -> None:
    """Answer refusals, a locked database and the unforeseen; the last keeps its trace in the log under an id."""

    @app.errorhandler(Refusal)
    def on_refusal(refusal: Refusal) -> Response:
        return refuse(refusal)

    @app.errorhandler(OperationalError)
    def on_busy(error: OperationalError) -> Response:
        return refuse_for_database(error)

    @app.errorhandler(Exception)
    def on_unforeseen(error: Exception) -> Response:
        # The last door: whatever was not foreseen is logged whole and answered in the one shape, never as a page.
        incident = uuid.uuid4().hex[:12]
        log.error("incident %s", incident, exc_info=error)
        return refuse(Refusal("INTERNAL", incident=incident))
