"""Photos of visits: shown to somebody whose scope holds the visit, and counted as evidence of a station."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.store import PhotoStore, photo_key, thumbnail_key
from inspections.photos.tables import Medium
from inspections.visits.reading import find_visit
from inspections.visits.tables import Inspection, Photo
from stations.people.access import Caller
from stations.register.listing.moves import EvidencePhoto


@dataclass(frozen=True)
class ShownPhoto:
    """Bytes to show, their type, and a tag that never changes for them."""

    body: bytes
    mime: str
    tag: str


def show_photo(
    session: Session, store: PhotoStore, caller: Caller, visit_id: str, sha256: str, *, small: bool
) -> ShownPhoto:
    """Give the original, or the small one without EXIF.

    Refuses with INSPECTION_UNKNOWN outside the caller's scope, with PHOTO_UNKNOWN where nothing is there (yet).
    """
    visit = find_visit(session, caller, visit_id)
    named = select(Photo.id).where(Photo.inspection_id == visit.id, Photo.sha256 == sha256)
    medium = session.get(Medium, sha256) if session.scalars(named).first() is not None else None
    if medium is None:
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")
    if small and medium.thumbnail_at is None:
        raise Refusal("PHOTO_UNKNOWN", reason=medium.refused_code or "thumbnail_pending")
    body = store.get(thumbnail_key(sha256) if small else photo_key(sha256))
    if body is None:
        raise Refusal("PHOTO_UNKNOWN", reason="file_missing")
    return ShownPhoto(body, "image/webp" if small else medium.mime, f"{sha256}-{'thumb' if small else 'full'}")


def received_photos(session: Session, station_id: int) -> list[EvidencePhoto]:
    """Give visit and purpose of every photo of the station that is wholly here."""
    rows = session.execute(
        select(Photo.inspection_id, Photo.purpose)
        .join(Inspection, Inspection.id == Photo.inspection_id)
        .where(Inspection.station_id == station_id, Photo.received_at.is_not(None))
        .order_by(Photo.id)
    )
    return [EvidencePhoto(inspection_id, purpose) for inspection_id, purpose in rows]
