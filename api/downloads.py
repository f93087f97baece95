"""A file as an answer: with a name that every browser understands."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response


def download(content: bytes, mimetype: str, name: str, ascii_name: str) -> Response:
    """Give the bytes to be kept as a file; `ascii_name` is for readers that know no other letters."""
    return _as_file(Response(content, content_type=mimetype), name, ascii_name)


def download_pieces(pieces: Iterator[bytes], mimetype: str, name: str, ascii_name: str) -> Response:
    """Give the same in pieces, as they come; whatever can fail must have happened before the first."""
    return _as_file(Response(pieces, content_type=mimetype), name, ascii_name)


def _as_file(response: Response, name: str, ascii_name: str) -> Response:
    response.headers["Content-Disposition"] = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    return response
