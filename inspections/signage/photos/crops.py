"""The piece of a photo on which a sign was read, shown to whoever may see the photo."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.showing import ShownPhoto, check_photo_name, stored
from inspections.photos.store import PhotoStore, crop_key
from inspections.signage.readings import newest_reading
from inspections.signage.tables import SignReading
from inspections.visits.reading import find_visit
from inspections.visits.tables import Photo
from stations.people.access import Caller

SIGN = "sign"


def show_crop(session: Session, store: PhotoStore, caller: Caller, visit_id: str, sha256: str) -> ShownPhoto:
    """Give the crop of the newest reading; until a new engine has made its own, the one before.

    Refuses with INSPECTION_UNKNOWN outside the caller's scope, with PHOTO_UNKNOWN where nothing was read (yet) or no
    sign was found.
    """
    check_photo_name(sha256)
    visit = find_visit(session, caller, visit_id)
    named = select(Photo.id).where(Photo.inspection_id == visit.id, Photo.sha256 == sha256)
    if session.scalars(named).first() is None:
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")
    newest = newest_reading(session, sha256)
    if newest is None or newest.crop_at is None:
        raise Refusal("PHOTO_UNKNOWN", reason="not_read" if newest is None else "no_sign_found")
    return _shown(store, newest)


def _shown(store: PhotoStore, read: SignReading) -> ShownPhoto:
    key = crop_key(read.sha256, read.engine)
    # A better engine crops anew: the tag is of this reading.
    return ShownPhoto(stored(store, key), "image/webp", f"{read.sha256}-sign-{read.id}", may_change=True)
