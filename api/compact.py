"""Large answers by URL: not sent again while their tag stays the same, and gzipped for who takes it."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import orjson
from flask import Response, request, send_from_directory
from werkzeug.security import safe_join

# Below this a gzipped body saves nothing.
_WORTH_SQUEEZING_BYTES = 1000
_TEXTS = {".js", ".css", ".svg", ".json", ".html", ".webmanifest", ".map"}


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
    return _tagged(response if is_packed else squeezed(response), tag)


def answer_once(told: object) -> Response:
    """Send an answer that nobody need keep, for nobody asks the same twice; gzipped for who takes it."""
    response = squeezed(Response(orjson.dumps(told), content_type="application/json"))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def squeezed(response: Response) -> Response:
    """Give the answer gzipped, if it is long enough and the asker takes it."""
    if len(response.data) > _WORTH_SQUEEZING_BYTES and request.accept_encodings["gzip"] > 0:
        response.data = gzip.compress(response.data, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def send_file_compactly(folder: Path, name: str) -> Response:
    """Send one of our own files, 304 when the browser holds it, texts gzipped once for who takes it; 404 without it."""
    path = safe_join(str(folder), name)
    file = Path(path or folder)
    if file.suffix not in _TEXTS or "Range" in request.headers or not file.is_file():
        return send_from_directory(folder, name, etag=True, max_age=None)
    known, takes_gzip = file.stat(), request.accept_encodings["gzip"] > 0
    body = _gzipped(file, known.st_mtime_ns, known.st_size) if takes_gzip else file.read_bytes()
    response = Response(body, mimetype=guess_type(file.name)[0] or "text/plain")
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.last_modified = dt.datetime.fromtimestamp(int(known.st_mtime), dt.UTC)
    response.set_etag(f"{known.st_mtime_ns:x}-{known.st_size:x}", weak=True)
    response.make_conditional(request)
    return response


@lru_cache(maxsize=512)
def _gzipped(file: Path, _mtime_ns: int, _size: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)


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
