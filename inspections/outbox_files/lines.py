"""Read a phone's export file line by line: pure, and never more than one line in memory.

A file is NDJSON (version 2): a head, then records each followed by its photos, drafts each followed by theirs, an end.
Version 1 was one JSON document; it is read where it is no longer than one line may be.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from field_app_schema.refusals import Refusal

FORMAT, VERSIONS = "cunzhan-outbox", (1, 2)
# A photo of 20 MB in base64 and what is said about it.
LONGEST = 28_000_000
# More than any phone holds; beyond it the file is no export, whatever its lines say.
MOST_LINES, MOST_DAMAGED = 20_000, 200
KINDS = ("visit", "month", "found")
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KNOWN = ("head", "record", "photo", "draft", "unreadable", "end")


@dataclass(frozen=True)
class Thing:
    """One line: its number from 1, its bytes, what it says of itself, and what is wrong with it (`problem`, if any)."""

    line: int
    raw: bytes
    told: dict[str, Any]
    problem: str = ""

    @property
    def what(self) -> str:
        return "damaged" if self.problem else str(self.told["t"])

    @property
    def record_id(self) -> str:
        return str(self.told["record_id" if self.what == "photo" else "id"]).lower()

    @property
    def account_id(self) -> int:
        return int(self.told["account_id"])

    def content(self) -> bytes:
        """Give a record's body or a photo's bytes; refuses with OUTBOX_LINE where they are not what the line says."""
        name = "body_base64" if self.what == "record" else "bytes_base64"
        try:
            body = base64.b64decode(self.told[name], validate=True)
        except (binascii.Error, ValueError) as error:
            raise Refusal("OUTBOX_LINE", errors={"line": [f"base64: {error}"[:200]]}) from error
        if hashlib.sha256(body).hexdigest() != self.told["sha256"]:
            raise Refusal("OUTBOX_LINE", errors={"sha256": ["与内容不符 / not that of the bytes"]})
        return body


@dataclass(frozen=True)
class Survey:
    """A file at one look: when it was made and by which phone, as it says itself, and whether it is all there."""

    version: int | None
    exported_at: str | None
    lines: int
    is_whole: bool


def survey(file: BinaryIO) -> Survey:
    """Look through a file before anything is done with it.

    Refuses with OUTBOX_FILE_UNREADABLE what is no export, of a version not known, too long, or damaged all over.
    """
    head: dict[str, Any] = {}
    known = damaged = lines = 0
    is_whole = False
    for thing in things_of(file):
        lines = max(lines, thing.line)
        known, damaged = known + (not thing.problem), damaged + bool(thing.problem)
        is_whole = thing.what == "end"
        head = thing.told if thing.what == "head" and not head else head
        if head and head.get("version") not in VERSIONS:
            raise Refusal("OUTBOX_FILE_UNREADABLE", why="version", version=str(head.get("version"))[:20])
        if known + damaged > MOST_LINES or damaged > MOST_DAMAGED:
            raise Refusal("OUTBOX_FILE_UNREADABLE", why="too_many_lines" if damaged <= MOST_DAMAGED else "damaged")
    if not known:
        raise Refusal("OUTBOX_FILE_UNREADABLE", why="not_an_export")
    made = head.get("exported_at")
    return Survey(head.get("version"), made[:40] if isinstance(made, str) else None, lines, is_whole and damaged == 0)


def things_of(file: BinaryIO) -> Iterator[Thing]:
    """Give what stands in a file from its beginning, in order; blank lines are passed over."""
    file.seek(0)
    line = 0
    while raw := file.readline(LONGEST + 1):
        line += 1
        if len(raw) > LONGEST:
            _skip_rest(file, raw)
            yield Thing(line, b"", {}, problem="这一行太长 / the line is too long")
        elif text := raw.strip():
            yield from _read(line, text)


def _skip_rest(file: BinaryIO, raw: bytes) -> None:
    while not raw.endswith(b"\n") and (raw := file.readline(1 << 20)):
        pass


def _read(line: int, raw: bytes) -> Iterator[Thing]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        yield Thing(line, raw, {}, problem=f"不是 JSON / not JSON: {error}"[:200])
        return
    if isinstance(told, dict) and told.get("format") == FORMAT and "t" not in told:
        yield from _first_version(line, told)
    else:
        yield _checked(line, raw, told)


def _first_version(line: int, told: dict[str, Any]) -> Iterator[Thing]:
    """Take the one document of version 1 apart into the lines that version 2 would have had."""
    yield Thing(line, b"", {"t": "head", "version": told.get("version"), "exported_at": told.get("exported_at")})
    for name, what in (("records", "record"), ("drafts", "draft")):
        for one in told[name] if isinstance(told.get(name), list) else []:
            photos = one.pop("photos", None) if isinstance(one, dict) else None
            said = {"t": what, "kind": "visit"} | one if isinstance(one, dict) else one
            yield _checked(line, _bytes(said), said)
            for photo in photos if isinstance(photos, list) else []:
                of = {"t": "photo", "record_id": one.get("id")}
                yield _checked(line, _bytes(photo), of | photo if isinstance(photo, dict) else photo)
    yield Thing(line, b"", {"t": "end"})


def _checked(line: int, raw: bytes, told: Any) -> Thing:
    if not isinstance(told, dict) or told.get("t") not in _KNOWN:
        return Thing(line, raw, {}, problem="不认识的内容 / nothing that is known here")
    wrong = [name for name, fits in _WANTED.get(told["t"], {}).items() if not fits(told.get(name))]
    return Thing(line, raw, told, problem=f"有误 / wrong: {', '.join(wrong)}" if wrong else "")


def _bytes(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=True, sort_keys=True).encode()


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_account(value: Any) -> bool:
    return isinstance(value, str | int) and re.fullmatch(r"\d{1,9}", str(value), re.ASCII) is not None


def _is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_kind(value: Any) -> bool:
    return value in KINDS


_OWN = {"id": _is_id, "account_id": _is_account}
_WANTED = {
    "record": _OWN | {"kind": _is_kind, "sha256": _is_sha256, "body_base64": _is_text},
    "photo": {"record_id": _is_id, "sha256": _is_sha256, "bytes_base64": _is_text},
    "draft": _OWN,
    # What the phone itself could not read any more: it names the thing and says why.
    "unreadable": {"id": _is_text, "why": _is_text},
}
