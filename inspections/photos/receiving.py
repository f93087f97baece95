"""Receive a photo piece by piece: first the files, durable, then the row, then whoever waits for it.

The order is the promise: staging file fsynced before its offset is told; photo file, rename and folder on the disk
before the row; the row committed before «durable» is said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import jobs
from field_app_schema.refusals import Refusal
from inspections.photos.binding import bind_medium, media_present
from inspections.photos.pictures import MAX_BYTES, Picture, look_at
from inspections.photos.staging import Piece, Staging
from inspections.photos.store import PhotoStore, aside_key, photo_key
from inspections.photos.tables import Medium
from inspections.quarantine.keeping import MEDIUM, Sent, find_kept, keep_aside, media_aside
from inspections.quarantine.tables import KeptAside
from stations.people.access import Caller
from stations.register.revision import next_revision

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
    """Give the row of a photo that came whole and unaltered but could not be accepted."""
    return find_kept(session, MEDIUM, sha256, sha256)


def take_piece(staging: Staging, store: PhotoStore, sender: int, sha256: str, piece: Piece) -> MediumStatus | WholeFile:
    """Put a piece on the disk; with the last one put the whole file into the store. Files only, no database.

    Refuses with PHOTO_OFFSET, PHOTO_TOO_LARGE, STORAGE_FULL.
    """
    check_size(piece.total)
    held = staging.append(sender, sha256, piece)
    if held < piece.total:
        return MediumStatus(sha256, held, complete=False)
    return _finish(store, sha256, staging.read(sender, sha256))


def _finish(store: PhotoStore, sha256: str, body: bytes) -> WholeFile:
    found = hashlib.sha256(body).hexdigest()
    picture, refusal = None, None
    try:
        if found != sha256:
            raise Refusal("PHOTO_HASH", found=found)
        picture = look_at(body)
    except Refusal as reason:
        refusal = reason
    key = photo_key(sha256) if picture else aside_key(found)
    store.put_new(key, body)
    return WholeFile(sha256, len(body), key, found, picture, refusal)


def note_whole(session: Session, caller: Caller, whole: WholeFile, *, now: dt.datetime) -> MediumStatus | KeptAside:
    """Write the row of a file that is in the store, bind it to the photos that wait for it, ask for its thumbnail.

    Two phones that send the same photo at once both succeed.
    """
    if whole.picture is None:
        sent = Sent(MEDIUM, whole.sha256, b"", stored_as=whole.stored_as, stored_sha256=whole.stored_sha256,
                    stored_size=whole.size)  # fmt: skip
        return keep_aside(session, caller, sent, whole.refusal or Refusal("PHOTO_FORMAT"), now=now)
    # Taken first: a record that arrives at the same moment waits here, so that photo and record cannot miss each other.
    next_revision(session)
    medium = Medium(sha256=whole.sha256, size_bytes=whole.size, mime=whole.picture.mime,
                    width_px=whole.picture.width_px, height_px=whole.picture.height_px, stored_at=now,
                    sent_by=caller.account_id)  # fmt: skip
    try:
        with session.begin_nested():
            session.add(medium)
    except IntegrityError:
        # The same photo from elsewhere was quicker, and its row is as good as ours.
        return MediumStatus(whole.sha256, whole.size, complete=True)
    bind_medium(session, whole.sha256, now=now)
    jobs.ask(session, "photo_thumbnail", {"sha256": whole.sha256}, now=now, unique_key=f"thumbnail:{whole.sha256}",
             unit_path=caller.unit_path, asked_by=caller.account_id)  # fmt: skip
    return MediumStatus(whole.sha256, whole.size, complete=True)
