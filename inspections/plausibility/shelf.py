"""The shelf of fingerprints of this process, one a database, kept up with the table as rows are added."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from inspections.photos.pictures.prints import KIND
from inspections.photos.tables import PhotoFingerprint
from inspections.plausibility.likeness import Alike, PrintShelf

# Numbers are given before rows are committed: one that was given earlier may come to light later.
_LOOK_BACK = 1000
_AT_ONCE = 50_000


@dataclass
class _Kept:
    shelf: PrintShelf = field(default_factory=PrintShelf)
    # Numbers of the newest rows on it, as far as it looks back.
    recent: set[int] = field(default_factory=set)
    # The last row taken in: where another stands under its number, the table was emptied and begun anew.
    last: tuple[int, str] | None = None


_shelves: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
# A shelf makes room by moving, so nobody may search it meanwhile; a search takes milliseconds.
_turn = threading.Lock()


def alike(session: Session, asked: Mapping[str, bytes], most_bits: int) -> dict[str, list[Alike]]:
    """Give, by SHA-256 of the asked pictures, the other pictures that look the same, the likest first."""
    if not asked:
        return {}
    with _turn:
        shelf = shelf_of(session)
        return {
            sha256: [one for one in shelf.nearest(bits, most_bits) if one.sha256 != sha256]
            for sha256, bits in asked.items()
        }


def shelf_of(session: Session) -> PrintShelf:
    """Give the shelf with every fingerprint that is committed by now; the first call of a process reads them all.

    Not to be called by two threads at once: `alike` takes care of that.
    """
    engine = session.get_bind().engine
    kept = _shelves.get(engine)
    if kept is None or not _still_stands(session, kept):
        kept = _shelves[engine] = _Kept()
    _take_in(session, kept)
    return kept.shelf


def _still_stands(session: Session, kept: _Kept) -> bool:
    if kept.last is None:
        return True
    number, sha256 = kept.last
    return session.scalar(select(PhotoFingerprint.sha256).where(PhotoFingerprint.id == number)) == sha256


def _take_in(session: Session, kept: _Kept) -> None:
    beyond = 0 if kept.last is None else max(0, kept.last[0] - _LOOK_BACK)
    asked = (
        select(PhotoFingerprint.id, PhotoFingerprint.sha256, PhotoFingerprint.bits)
        .where(PhotoFingerprint.kind == KIND).order_by(PhotoFingerprint.id).limit(_AT_ONCE)
    )  # fmt: skip
    while rows := session.execute(asked.where(PhotoFingerprint.id > beyond)).all():
        new = [row for row in rows if row.id not in kept.recent]
        kept.shelf.add([row.sha256 for row in new], [bytes(row.bits) for row in new])
        beyond = rows[-1].id
        if kept.last is None or beyond >= kept.last[0]:
            kept.last = (beyond, rows[-1].sha256)
        kept.recent.update(row.id for row in new)
        kept.recent = {number for number in kept.recent if number > beyond - _LOOK_BACK}
