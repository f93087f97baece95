"""Where else a visit's pictures were used: the same file, the same original, or one that looks the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.photos.pictures.prints import BYTES_PER_PART
from inspections.photos.tables import PhotoFingerprint
from inspections.plausibility.grounds.facts import Use
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy
from inspections.plausibility.shelf import alike
from inspections.visits.tables import Inspection, Photo
from stations.records.days import day_in_china
from stations.records.tables import Station

BITS_PER_PART = BYTES_PER_PART * 8
# The likest are enough.
_MOST_ALIKE = 50


def uses_of(
    session: Session, visit: Inspection, photos: Collection[Photo], own: set[str], policy: PlausibilityPolicy
) -> dict[str, list[Use]]:
    """Give by SHA-256 the uses in other visits than `own` (this one, and those it corrects or is corrected by)."""
    found: dict[str, list[Use]] = defaultdict(list)
    hashes = {photo.sha256 for photo in photos}
    originals = {original: photo.sha256 for photo in photos if (original := _original(photo)) is not None}
    for row in _rows(session, own, Photo.sha256.in_(hashes | originals.keys())):
        if row.sha256 in hashes:
            found[row.sha256].append(_use(visit, row))
        if row.sha256 in originals:
            found[originals[row.sha256]].append(_use(visit, row, by="original"))
    # What a file was made from is asked of the same person only: there is no index on what phones say, and others'
    # copies are found by their looks.
    said = Photo.capture["original_sha256"].as_string()
    mine = Inspection.account_id == visit.account_id
    for row in _rows(session, own, mine, said.in_(hashes | originals.keys())):
        original = str(row.capture["original_sha256"])
        # It may be sent here as it was, or be the original of one of these too.
        for sha256 in ({original} & hashes | {originals.get(original, row.sha256)}) - {row.sha256}:
            found[sha256].append(_use(visit, row, by="original"))
    for sha256, likes in _alike(session, hashes, policy).items():
        for row in _rows(session, own, Photo.sha256.in_(likes)):
            found[sha256].append(_use(visit, row, by="likeness", bits=likes[row.sha256]))
    return found


def _alike(session: Session, hashes: set[str], policy: PlausibilityPolicy) -> dict[str, dict[str, int]]:
    prints = session.execute(
        select(PhotoFingerprint.sha256, PhotoFingerprint.bits).where(PhotoFingerprint.sha256.in_(hashes))
    )
    asked = {sha256: bytes(bits) for sha256, bits in prints if _is_telling(bytes(bits))}
    found = alike(session, asked, policy.like_most_bits)
    return {sha256: {one.sha256: one.distance for one in ones[:_MOST_ALIKE]} for sha256, ones in found.items()}


def _is_telling(bits: bytes) -> bool:
    """Say whether a picture shows anything: half of its bits are set then, while one grey wall is like any other."""
    ones = int.from_bytes(bits[:BYTES_PER_PART]).bit_count()
    return BITS_PER_PART // 4 <= ones <= BITS_PER_PART * 3 // 4


def _rows(session: Session, own: set[str], *where: Any) -> Iterable[Any]:
    return session.execute(
        select(Photo.sha256, Photo.capture, Inspection.id, Inspection.station_id, Inspection.account_id,
               Inspection.captured_at, Inspection.received_at, Station.code)
        .join(Inspection, Inspection.id == Photo.inspection_id)
        .join(Station, Station.id == Inspection.station_id)
        .where(Inspection.id.not_in(own), *where)
    )  # fmt: skip


def _use(visit: Inspection, row: Any, *, by: str = "file", bits: int = 0) -> Use:
    # What came first is told by the server's clock; of two in one sending, by what they claim.
    first = (row.received_at, row.captured_at, row.id) < (visit.received_at, visit.captured_at, visit.id)
    return Use(row.id, row.code, row.station_id == visit.station_id, row.account_id == visit.account_id, first,
               day_in_china(row.captured_at), bits, by)  # fmt: skip


def _original(photo: Photo) -> str | None:
    told = (photo.capture or {}).get("original_sha256")
    return told if isinstance(told, str) else None
