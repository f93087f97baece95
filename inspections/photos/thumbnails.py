"""Make the small picture of a photo, later and elsewhere: done twice it does no harm, and failing it blocks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.small import make_small
from inspections.photos.store import PhotoStore, photo_key, thumbnail_key
from inspections.photos.tables import Medium


def make_thumbnail(
    sessions: sessionmaker[Session], store: PhotoStore, payload: dict[str, Any], *, now: dt.datetime,
    tell: Callable[[Session, str], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Make the thumbnail of `payload["sha256"]`; a picture that cannot be decoded is marked with `refused_code`.

    `tell` hears, in the same transaction, of a photo that can be shown from now on. Raises FileNotFoundError when the
    photo is not in the store, so that the job is tried again.
    """
    sha256 = str(payload["sha256"])
    with reading(sessions) as session:
        medium = session.get(Medium, sha256)
        if medium is None or medium.thumbnail_at is not None or medium.refused_code is not None:
            return {"made": False}
    body = store.get(photo_key(sha256))
    if body is None:
        raise FileNotFoundError(photo_key(sha256))
    refused_code = None
    try:
        store.put_new(thumbnail_key(sha256), make_small(body))
    except Refusal as refusal:
        if refusal.kind.retry:
            raise
        refused_code = refusal.code
    with writing(sessions) as session:
        if tell is not None and refused_code is None:
            tell(session, sha256)
        medium = session.get_one(Medium, sha256)
        medium.refused_code = refused_code
        medium.thumbnail_at = None if refused_code else now
    return {"made": refused_code is None}
