"""Receive a photo piece by piece into files, durable before anything is said; its row is `arriving/arrivals.py`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.pictures.looking import MAX_BYTES, Picture, look_at
from inspections.photos.staging import Piece, Staging
from inspections.photos.store import PhotoStore, aside_key, photo_key
from inspections.photos.tables import Medium
from inspections.quarantine.keeping import MEDIUM, find_kept, media_aside
from inspections.quarantine.tables import KeptAside
from stations.people.access import Caller

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class MediumStatus:
    """How much of a photo the server holds, and whether that is all of it, for good."""

    sha256: str
    received_bytes: int
    complete: bool
    durable: bool = True


@dataclass(frozen=True)
class WholeFile:
    """A finished upload whose file is durable in the store: accepted (`picture`), or kept aside (`refusal`)."""

    sha256: str
    size: int
    stored_as: str
    stored_sha256: str
    picture: Picture | None
    refusal: Refusal | None


def check_name(sha256: str) -> str:
    """Give back a SHA-256 in lower-case hex; refuses with BAD_INPUT."""
    if not SHA256.fullmatch(sha256):
        raise Refusal("BAD_INPUT", errors={"sha256": ["应为 64 位小写十六进制 / 64 lower-case hex digits"]})
    return sha256


def check_size(total: int) -> None:
    """Refuse with PHOTO_TOO_LARGE a photo beyond 20 MB, before its bytes are read."""
    if total > MAX_BYTES:
        raise Refusal("PHOTO_TOO_LARGE", limit_bytes=MAX_BYTES)


def medium_status(session: Session, staging: Staging, caller: Caller, sha256: str) -> MediumStatus:
    """Say how far one photo has come."""
    return media_statuses(session, staging, caller, [sha256])[0]


def media_present(session: Session, hashes: Sequence[str]) -> dict[str, int]:
    """Give size in bytes by SHA-256 of those among `hashes` that are whole and accepted."""
    if not hashes:
        return {}
    rows = session.execute(select(Medium.sha256, Medium.size_bytes).where(Medium.sha256.in_(hashes)))
    return dict(rows.all())


def media_statuses(
    session: Session, staging: Staging, caller: Caller, hashes: Sequence[str]
) -> list[MediumStatus]:
    """Say how far photos have come; one kept aside under its own hash counts as held: it need not be sent again."""
    held = media_aside(session, hashes) | media_present(session, hashes)
    sender = caller.account_id or 0
    return [
        MediumStatus(sha256, held.get(sha256) or staging.received_bytes(sender, sha256), complete=sha256 in held)
        for sha256 in hashes
    ]


def find_aside(session: Session, sha256: str) -> KeptAside | None:
    """Give the row of a photo that came whole and unaltered but could not be accepted, nor was taken in since."""
    if session.get(Medium, sha256) is not None:
        return None
    return find_kept(session, MEDIUM, sha256, sha256)


def take_piece(staging: Staging, store: PhotoStore, sender: int, sha256: str, piece: Piece) -> MediumStatus | WholeFile:
    """Put a piece on the disk; with the last one put the whole file into the store. Files only, no database.

    Refuses with PHOTO_OFFSET, PHOTO_TOO_LARGE, STORAGE_FULL.
    """
    check_size(piece.total)
    held = staging.append(sender, sha256, piece)
    if held < piece.total:
        return MediumStatus(sha256, held, complete=False)
    # What came in one piece is not read again: a photo is held in memory once.
    whole = piece.body if len(piece.body) == piece.total else staging.read(sender, sha256)
    return _finish(store, sha256, whole)


def take_whole(store: PhotoStore, sha256: str, body: bytes) -> WholeFile:
    """Put a photo that came in one piece into the store; files only, no database. Refuses like `take_piece`."""
    check_size(len(body))
    return _finish(store, sha256, body)


def _finish(store: PhotoStore, sha256: str, body: bytes) -> WholeFile:
    found = hashlib.sha256(body).hexdigest()
    picture, refusal = None, None
    try:
        if found != sha256:
            raise Refusal("PHOTO_HASH", found=found)
        picture = look_at(body)
    except Refusal as reason:
        # Kept without the frames it came through, which would hold the photo's bytes until some later collection.
        refusal = reason.with_traceback(None)
    key = photo_key(sha256) if picture else aside_key(found)
    store.put_new(key, body)
    return WholeFile(sha256, len(body), key, found, picture, refusal)
