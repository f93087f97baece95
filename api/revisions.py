"""A thing's revision as its ETag: told with every answer, asked back in If-Match before a change."""

from __future__ import annotations

import re

from flask import Response, jsonify, request

from field_app_schema.refusals import Refusal

_TAG = re.compile(r'(?:W/)?"(\d{1,18})"')


def seen_revision() -> int | None:
    """Give the revision that If-Match names, or None for `*`, which means whatever it is now.

    Refuses with IF_MATCH_REQUIRED without the header, CONFLICT_VERSION when it names no revision of ours.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise Refusal("IF_MATCH_REQUIRED")
    if header == "*":
        return None
    match = _TAG.fullmatch(header)
    if match is None:
        raise Refusal("CONFLICT_VERSION")
    return int(match[1])


def seen_or_not() -> int | None:
    """Give the revision that If-Match names, or None without the header, where a change may do without."""
    return seen_revision() if "If-Match" in request.headers else None


def with_revision(body: object, revision: int, status: int = 200) -> Response:
    """Answer a body as JSON with its revision as ETag; it depends on who asks, so only the asker may keep it."""
    response = jsonify(body)
    response.status_code = status
    response.set_etag(str(revision))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Authorization"
    return response


def is_unchanged(revision: int) -> bool:
    """Say whether the asker already holds this revision."""
    return request.if_none_match.contains_weak(str(revision))


def unchanged(revision: int) -> Response:
    """Answer 304."""
    response = Response(status=304)
    response.set_etag(str(revision))
    return response
