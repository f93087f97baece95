"""The whole bytes of what was kept aside, also where they are a photo's and lie in the store."""

from __future__ import annotations

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.store import PhotoStore
from inspections.quarantine.reading import find_kept_by_id
from stations.people.access import Caller


def whole_body(session: Session, store: PhotoStore, caller: Caller, kept_id: int) -> bytes:
    """Give the bytes as they came, a photo's from the store; refuses with NOT_FOUND."""
    kept = find_kept_by_id(session, caller, kept_id)
    body = kept.body if kept.stored_as is None else store.get(kept.stored_as)
    if body is None:
        raise Refusal("NOT_FOUND")
    return body
