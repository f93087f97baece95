"""Photos of visits: shown to somebody whose scope holds the visit, and counted as evidence of a station."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.showing import MARKED, THUMB, ShownPhoto, check_photo_name, show_medium, stored
from inspections.photos.store import PhotoStore, marked_key
from inspections.visits.last_visits import last_visits
from inspections.visits.reading import UUID_SIGNS, find_visit
from inspections.visits.tables import Inspection, Photo
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.tables import Station
from stations.register.listing.moves import EvidencePhoto


def show_photo(
    session: Session, store: PhotoStore, caller: Caller, visit_id: str, sha256: str, size: str
) -> ShownPhoto:
    """Give the original, what was made of it without EXIF, or while that is awaited the preview its visitor sent.

    Besides who may read the visit, whoever goes there next sees the small photo of a station's last visit. Refuses with
    INSPECTION_UNKNOWN outside the caller's scope, with PHOTO_UNKNOWN where nothing is there (yet).
    """
    check_photo_name(sha256)
    last = _last_visit(session, caller, visit_id, sha256) if size == THUMB else None
    visit = last or find_visit(session, caller, visit_id)
    named = select(Photo).where(Photo.inspection_id == visit.id, Photo.sha256 == sha256).order_by(Photo.position)
    photo = session.scalars(named).first()
    if photo is None:
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")
    if size != MARKED:
        return show_medium(session, store, sha256, size, sent_by=visit.account_id)
    if photo.marked_at is None:
        raise Refusal("PHOTO_UNKNOWN", reason="mark_pending" if photo.received_at else "not_received")
    return ShownPhoto(stored(store, marked_key(visit.id, sha256)), "image/jpeg", f"{sha256}-{visit.id}-marked",
                      name=f"{day_in_china(visit.captured_at)}-{sha256[:10]}.jpg")  # fmt: skip


def marked_keys(session: Session, hashes: Sequence[str]) -> set[str]:
    """Give the keys of the marked copies of these photos that rows name."""
    rows = session.execute(select(Photo.inspection_id, Photo.sha256).where(Photo.sha256.in_(hashes)))
    return {marked_key(visit_id, sha256) for visit_id, sha256 in rows}


def _last_visit(session: Session, caller: Caller, visit_id: str, sha256: str) -> Inspection | None:
    """Give the visit if it is the last one of a station in the caller's scope and this is the photo shown of it."""
    if not UUID_SIGNS.fullmatch(visit_id.lower()):
        return None
    mine = in_scope(caller, Station.unit_path, Station.id)
    visit = session.scalars(
        select(Inspection).join(Station).where(Inspection.id == visit_id.lower(), mine)
    ).one_or_none()
    if visit is None:
        return None
    last = last_visits(session, [visit.station_id]).get(visit.station_id)
    shown = None if last is None or last.inspection_id != visit.id else last.photo
    return visit if shown is not None and shown.sha256 == sha256 else None


def received_photos(session: Session, station_id: int) -> list[EvidencePhoto]:
    """Give visit and purpose of every photo of the station that is wholly here."""
    rows = session.execute(
        select(Photo.inspection_id, Photo.purpose)
        .join(Inspection, Inspection.id == Photo.inspection_id)
        .where(Inspection.station_id == station_id, Photo.received_at.is_not(None))
        .order_by(Photo.id)
    )
    return [EvidencePhoto(inspection_id, purpose) for inspection_id, purpose in rows]
