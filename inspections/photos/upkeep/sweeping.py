"""Files that no row names, left by a request or a job that died between file and row: removed, in two steps.

A file that is named is never touched. One that is not, and is old enough that no request can still be about to name
it, is first laid aside under `swept/`; only one that lay there as long again and still is not named is removed. Where a
row has come meanwhile, the file is put back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from db import reading
from inspections.photos.store import (
    PhotoStore,
    StoredFile,
    aside_key,
    photo_key,
    preview_key,
    screen_key,
    thumbnail_key,
)
from inspections.photos.tables import Medium, PhotoPreview

# Far longer than any request or job takes, its repetitions counted.
UNNAMED_FOR = dt.timedelta(days=7)
# An original that came and has no row was acknowledged to nobody; it stays longer all the same, being evidence.
EVIDENCE_UNNAMED_FOR = dt.timedelta(days=30)
SWEPT = "swept/"
_SHA256 = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_HALF_WRITTEN = re.compile(r"\.[0-9a-f]{16}\.part")

# Given photos by their SHA-256, the keys of all files of theirs that rows of one room name.
Namer = Callable[[Session, Sequence[str]], set[str]]


@dataclass
class Swept:
    """What a sweep found: files looked at, of which not ours to judge, laid aside, put back, removed (of which
    originals, and halves of files whose writer died).
    """

    looked_at: int = 0
    strange: int = 0
    laid_aside: int = 0
    put_back: int = 0
    removed: int = 0
    originals_removed: int = 0
    halves_removed: int = 0


def sweep_orphans(
    sessions: sessionmaker[Session], store: PhotoStore, namers: Sequence[Namer], *, now: dt.datetime,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> dict[str, int]:  # fmt: skip
    """Look at every file of the store, portion by portion, and give the counts of `Swept`."""
    swept = Swept()
    for portion in store.list_files():
        named = _named(sessions, namers, portion)
        for file in portion:
            _judge(sessions, store, namers, file, _unswept(file.key) in named, now, swept)
        swept.looked_at += len(portion)
        progress(swept.looked_at, None)
    return asdict(swept)


def media_keys(session: Session, hashes: Sequence[str]) -> set[str]:
    """Give the keys of the originals, of what is made of each, and of the previews that rows name."""
    media = session.scalars(select(Medium.sha256).where(Medium.sha256.in_(hashes))).all()
    previews = select(PhotoPreview.sha256, PhotoPreview.sent_by).where(PhotoPreview.sha256.in_(hashes))
    keys = {preview_key(sha256, sent_by) for sha256, sent_by in session.execute(previews)}
    # Also before its row says that it is made: it is made now, or again tomorrow.
    return keys.union(*([photo_key(one), thumbnail_key(one), screen_key(one)] for one in media))


def _named(sessions: sessionmaker[Session], namers: Sequence[Namer], files: Sequence[StoredFile]) -> set[str]:
    hashes = sorted({found[0] for file in files if (found := _SHA256.search(file.key))})
    with reading(sessions) as session:
        return set().union(*(namer(session, hashes) for namer in namers))


def _judge(
    sessions: sessionmaker[Session], store: PhotoStore, namers: Sequence[Namer], file: StoredFile, is_named: bool,
    now: dt.datetime, swept: Swept,
) -> None:  # fmt: skip
    lies_aside, key = file.key.startswith(SWEPT), _unswept(file.key)
    if is_named:
        if lies_aside:
            store.move(file.key, key)
            swept.put_back += 1
        return
    if _SHA256.search(key) is None:
        swept.strange += 1
        return
    is_half = _HALF_WRITTEN.search(key) is not None
    is_original = not is_half and _is_original(key)
    if file.modified_at >= now - (EVIDENCE_UNNAMED_FOR if is_original else UNNAMED_FOR):
        return
    if lies_aside or is_half:
        if key in _named(sessions, namers, [file]):
            return
        store.remove(file.key)
        swept.removed += 1
        swept.originals_removed += is_original
        swept.halves_removed += is_half
        return
    store.move(file.key, SWEPT + key)
    # Whoever wrote its row between our question and the move has it back at once; whoever does so later, tomorrow.
    if key in _named(sessions, namers, [file]):
        store.move(SWEPT + key, key)
        return
    swept.laid_aside += 1


def _unswept(key: str) -> str:
    return key.removeprefix(SWEPT)


def _is_original(key: str) -> bool:
    """Say whether a key is that of bytes as they came: accepted, or kept aside."""
    sha256 = _SHA256.search(key)
    return sha256 is not None and key in (photo_key(sha256[0]), aside_key(sha256[0]))
