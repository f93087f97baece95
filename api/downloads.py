"""A file as an answer: with a name that every browser understands."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response


def download(content: bytes, mimetype: str, name: str, ascii_name: str) -> Response:
    """Give the bytes to be kept as a file; `ascii_name` is for readers that know no other letters."""
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    return response
