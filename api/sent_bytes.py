"""Read what a phone sends as bytes, before any transaction begins: a slow line must never hold a lock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from flask import request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from field_app_schema.refusals import Refusal
from inspections.photos.disk import FULL
from inspections.photos.previews import MOST_BYTES as PREVIEW_BYTES
from inspections.photos.receiving import check_size
from inspections.photos.staging import Piece

_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")
_CHUNK = 64 * 1024
_SPOOLED_CHUNK = 1024 * 1024


def whole_text(limit_bytes: int) -> bytes:
    """Give the body to the byte; refuses with BODY_TOO_LARGE beyond `limit_bytes`, with BODY_MALFORMED a torn one."""
    request.max_content_length = limit_bytes
    try:
        return _all_of(request.get_data(cache=False))
    except RequestEntityTooLarge as error:
        raise Refusal("BODY_TOO_LARGE", limit_bytes=limit_bytes) from error


def preview_bytes() -> bytes:
    """Give a preview to the byte; refuses with PREVIEW_TOO_LARGE before more is read, BODY_MALFORMED a torn one."""
    request.max_content_length = PREVIEW_BYTES
    try:
        return _all_of(request.get_data(cache=False))
    except RequestEntityTooLarge as error:
        raise Refusal("PREVIEW_TOO_LARGE", limit_bytes=PREVIEW_BYTES) from error


def _all_of(body: bytes) -> bytes:
    # Behind gunicorn a line that breaks looks like the end of the body. What is torn is still whole on the phone, so it
    # is not kept aside.
    if len(body) < (request.content_length or 0):
        raise Refusal("BODY_MALFORMED", errors={"body": ["没有传完 / not all of it came"]})
    return body


@contextmanager
def spooled(limit_bytes: int, folder: Path) -> Iterator[BinaryIO]:
    """Give the body as a file that is gone afterwards, for a body that is too large for the memory.

    Refuses with BODY_TOO_LARGE, BODY_MALFORMED (not all of it came), STORAGE_FULL.
    """
    request.max_content_length = limit_bytes
    if (request.content_length or 0) > limit_bytes:
        raise Refusal("BODY_TOO_LARGE", limit_bytes=limit_bytes)
    with TemporaryFile(dir=folder) as file:
        try:
            while chunk := request.stream.read(_SPOOLED_CHUNK):
                file.write(chunk)
            file.flush()
            if file.tell() < (request.content_length or 0):
                raise Refusal("BODY_MALFORMED", errors={"body": ["没有传完 / not all of it came"]})
        except ClientDisconnected as error:
            raise Refusal("BODY_MALFORMED", errors={"body": ["没有传完 / not all of it came"]}) from error
        except RequestEntityTooLarge as error:
            raise Refusal("BODY_TOO_LARGE", limit_bytes=limit_bytes) from error
        except OSError as error:
            if error.errno in FULL:
                raise Refusal("STORAGE_FULL") from error
            raise
        file.seek(0)
        yield file


def photo_piece() -> tuple[Piece, bool]:
    """Give a piece of a photo, and whether all of it came; what came before a line broke is still good.

    Without Content-Range the body is the whole photo. Refuses with BAD_INPUT and PHOTO_TOO_LARGE.
    """
    first, length, total = _announced()
    check_size(total)
    body = _as_far_as_it_comes(length)
    return Piece(first, total, body), len(body) == length


def _announced() -> tuple[int, int, int]:
    """Give (first, length, total) in bytes."""
    length = request.content_length
    if length is None:
        raise _bad_range("需要 Content-Length / Content-Length is needed")
    given = request.headers.get("Content-Range")
    if given is None:
        return 0, length, length
    found = _RANGE.fullmatch(given)
    if found is None:
        raise _bad_range("应为 bytes 起-止/总数 / write bytes first-last/total")
    first, last, total = map(int, found.groups())
    if not first <= last < total or last - first + 1 != length:
        raise _bad_range("范围与内容长度不符 / the range does not match the body")
    return first, length, total


def _as_far_as_it_comes(length: int) -> bytes:
    # Gives its bytes away without copying them: a photo is held in memory once.
    body = BytesIO()
    try:
        while body.tell() < length and (chunk := request.stream.read(min(_CHUNK, length - body.tell()))):
            body.write(chunk)
    except ClientDisconnected:
        pass
    return body.getvalue()


def _bad_range(said: str) -> Refusal:
    return Refusal("BAD_INPUT", errors={"Content-Range": [said]})
