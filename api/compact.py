"""Large answers by URL: not sent again while their tag stays the same, and gzipped for who takes it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from flask import Response, request

# Below this a gzipped body saves nothing.
_WORTH_SQUEEZING_BYTES = 1000


def answer_compactly(
    names: tuple[object, ...], build: Callable[[], object | bytes], *, kind: str = "application/json",
    is_packed: bool = False,
) -> Response:  # fmt: skip
    """Answer 304 when the browser holds the edition that `names` name, else build, squeeze and send it.

    `names` must hold all the body depends on: who may see what, the filters, the day, the register's revision.
    What `is_packed` already is sent as it is.
    """
    tag = hashlib.sha256(repr(names).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    built = build()
    body = built if isinstance(built, bytes) else orjson.dumps(built)
    response = Response(body, content_type=kind)
    if not is_packed and len(body) > _WORTH_SQUEEZING_BYTES and request.accept_encodings["gzip"] > 0:
        response.data = gzip.compress(body, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return _tagged(response, tag)


def answer_by_content(built: dict[str, Any]) -> Response:
    """Send what was built, squeezed, or 304 when the browser holds the same: where nothing smaller names its edition.

    The moment of asking is not part of the edition: an answer that differs in `frame.known_at` alone is the same one.
    """
    told = built | {"frame": built["frame"] | {"known_at": None}}
    return answer_compactly((hashlib.sha256(orjson.dumps(told)).hexdigest(),), lambda: built)


def _tagged(response: Response, tag: str) -> Response:
    # Weak: the gzipped and the plain body are the same edition.
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie, Authorization"
    return response
